/**
 * Looks after the receivers: who has changed is looked at within seconds, everybody within a minute, and what is found becomes
 * alarms. Nothing is held for a receiver that is well.
 *
 * @module
 */
import { type Epoch, epoch, toMicros } from "../../base/units.js";
import {
  type Condition,
  conditionOf,
  LINK_LOST_MS,
  SILENT_AFTER_MS,
  type Trouble,
  UNTRUSTED_MS,
} from "../../domain/condition.js";
import type { ReceiverId } from "../../domain/ids.js";
import { isAwaited, type Ticket, type TicketId } from "../../domain/ticket.js";
import { NOT_HEARD_AFTER_MS } from "../../protocol/limits.js";
import type { JournalLine } from "../../protocol/messages.js";
import type { AlarmBook } from "./alarm-book.js";
import type { ProgrammeBook } from "./programme-book.js";
import type { ReceiverRecord, ReceiverRecords } from "./receiver-records.js";
import type { LiveReceiver, Registry } from "./registry.js";
import type { Tickets } from "./tickets.js";

/** Everybody is looked at within this many beats of one second. */
const ROUND = 25;
/** Receivers looked at in one beat, at most: some 15 ms when all of them have an alarm to write. */
const AT_ONCE = 500;
/** Clips that are due within this time should be there. */
const CLIPS_AHEAD_MS = 3_600_000;
/** Clips that have just been planned need some time to come. */
const FETCHING_MS = 60_000;
/** A meter that heard nothing of what sounded for so long has said so. */
const METER_SAYS_MS = NOT_HEARD_AFTER_MS + 5_000;
/** Soundings remembered of which a meter heard nothing, for each receiver. */
const MOST_UNHEARD = 32;

export interface ReceiverWatchParts {
  readonly receivers: ReceiverRecords;
  readonly registry: Registry;
  readonly book: Pick<ProgrammeBook, "cuesOf">;
  readonly tickets: Pick<Tickets, "open">;
  readonly alarms: AlarmBook;
  readonly now: () => Epoch;
  /** Its condition may have changed. */
  readonly onChange: (receiver: ReceiverId) => void;
}

/** What of a line of a journal says how its receiver is. */
type HeardLine = Pick<JournalLine, "event" | "cue" | "why" | "heardMs">;

export type ReceiverWatch = ReturnType<typeof createReceiverWatch>;

export function createReceiverWatch(parts: ReceiverWatchParts) {
  const { receivers, registry, book, tickets, alarms, now, onChange } = parts;
  const listeningSince = now();
  /** Who is to be looked at, and not before when. */
  const due = new Map<ReceiverId, number>();
  /** Tickets at which it has been looked who is silent. */
  const checked = new Set<TicketId>();
  /** Since when a receiver lacks clips: only those that do. */
  const lacking = new Map<ReceiverId, number>();
  /** Those of this round who have not had their turn, and how many of them have it in a beat. */
  let round: readonly ReceiverId[] = [];
  let turn = 1;

  /** Who has been met since the server started. */
  const met = new Set<ReceiverId>();
  /** What an earlier run knew of one only stands in its alarms: that it starts anew makes no loudspeaker sound. */
  const recall = (receiver: ReceiverId, live: LiveReceiver) => {
    if (met.has(receiver)) return;
    met.add(receiver);
    const sinceOf = (trouble: Trouble) => {
      const alarm = alarms.viewOf(receiver, trouble);
      return alarm && epoch(Date.parse(alarm.since));
    };
    live.silentSince ??= sinceOf("silent-while-ordered");
    live.unorderedAt ??= sinceOf("sound-without-order");
  };
  const touch = (receiver: ReceiverId, inMs = 0) => {
    const at = now() + inMs;
    due.set(receiver, Math.min(at, due.get(receiver) ?? at));
  };
  const conditionNow = (record: ReceiverRecord): Condition => conditionOf(signsOf(record));
  const signsOf = ({ id, disabled, device, quarantine }: ReceiverRecord) => {
    const live = registry.get(id);
    return {
      // Written out: this runs some hundred times a second.
      now: now(),
      listeningSince,
      excluded: disabled,
      paired: device !== undefined,
      quarantined: quarantine !== undefined,
      connected: live?.connected ?? false,
      lastSeen: live?.lastSeen ?? 0,
      said: live?.state,
      untrustedSince: live?.untrustedSince,
      diskFreeBytes: live?.health?.diskFreeBytes,
      diskTotalBytes: live?.health?.diskTotalBytes,
      lacksClips: live?.lacksClips ?? false,
      silentSince: live?.silentSince,
      unorderedAt: live?.unorderedAt,
      testUntil: live?.testUntil,
    };
  };
  const lacks = (id: ReceiverId, { connected, have }: LiveReceiver): boolean => {
    if (!connected || have === undefined) return false;
    const [from, until] = [toMicros(now()), toMicros(epoch(now() + CLIPS_AHEAD_MS))];
    for (const cue of book.cuesOf(id)) {
      if (cue.at >= until) return false;
      if (cue.at >= from && cue.items.some(({ sha256 }) => !have.has(sha256))) return true;
    }
    return false;
  };
  const noteClips = (id: ReceiverId, live: LiveReceiver) => {
    if (!lacks(id, live)) lacking.delete(id);
    else if (!lacking.has(id)) {
      lacking.set(id, now());
      touch(id, FETCHING_MS);
    }
    const since = lacking.get(id);
    live.lacksClips = since !== undefined && now() - since >= FETCHING_MS;
  };
  /** What is not yet a trouble may become one by lasting. */
  const lookAgain = (id: ReceiverId, live: LiveReceiver | undefined) => {
    if (!live) return;
    const since = live.connected ? live.untrustedSince : live.lastSeen;
    const lasts = live.connected ? UNTRUSTED_MS : LINK_LOST_MS;
    if (since !== undefined && now() - since < lasts) touch(id, since + lasts - now());
  };
  const look = (id: ReceiverId) => {
    const record = receivers.get(id);
    const live = registry.get(id);
    if (!record) return alarms.dismiss(id);
    if (live) noteClips(id, live);
    const { state, troubles } = conditionNow(record);
    if (state === "disabled") return alarms.dismiss(id);
    lookAgain(id, live);
    if (troubles.length === 0 && !alarms.has(id)) return undefined;
    alarms.see(id, record.area, troubles);
    onChange(id);
    return undefined;
  };

  /** Whether a receiver should sound a ticket, could, and neither does nor says why. */
  const isSilent = (ticket: Ticket, id: ReceiverId): boolean => {
    const live = registry.get(id);
    if (!live?.connected || live.connectedAt > ticket.start || !isAwaited(ticket, id)) return false;
    if ((ticket.results[id]?.state ?? "due") !== "due") return false;
    if (live.state === undefined || live.state.clock !== "trusted" || live.state.muted) return false;
    return !live.state.now.some(({ cue }) => cue === ticket.occurrence);
  };
  const checkTickets = () => {
    const open = tickets.open();
    for (const ticket of open) {
      if (checked.has(ticket.id) || now() < ticket.start + SILENT_AFTER_MS) continue;
      checked.add(ticket.id);
      for (const id of ticket.receivers) {
        const live = registry.get(id);
        if (!live || !isSilent(ticket, id)) continue;
        live.silentSince ??= epoch(ticket.start);
        touch(id);
      }
    }
    if (checked.size > 2 * open.length + 100) {
      const ids = new Set(open.map(({ id }) => id));
      for (const id of checked) if (!ids.has(id)) checked.delete(id);
    }
  };
  const takeDue = (): ReceiverId[] => {
    const taken: ReceiverId[] = [];
    for (const [id, at] of due) {
      if (at > now()) continue;
      due.delete(id);
      if (taken.push(id) === AT_ONCE) break;
    }
    return taken;
  };
  const takeTurn = (): readonly ReceiverId[] => {
    if (round.length === 0) {
      round = receivers.all().map(({ id }) => id);
      turn = Math.ceil(round.length / ROUND);
    }
    const taken = round.slice(0, turn);
    round = round.slice(turn);
    return taken;
  };

  return {
    condition: conditionNow,
    /** Something about it has changed. */
    touch,
    /** It has said how it is. Ten thousand say so every two seconds while they sound; mostly there is nothing to look at. */
    said(receiver: ReceiverId) {
      const live = registry.get(receiver);
      if (live) recall(receiver, live);
      const isOdd = live?.state?.sink === "failed" || live?.untrustedSince !== undefined;
      if (isOdd || alarms.has(receiver)) touch(receiver);
    },
    /** What its journal tells of how it is. */
    heard(receiver: ReceiverId, lines: readonly HeardLine[]) {
      const live = registry.get(receiver);
      if (!live) return;
      recall(receiver, live);
      for (const line of lines) if (takeLine(live, line, now())) touch(receiver);
    },
    /** One beat, about once a second. */
    beat() {
      checkTickets();
      for (const id of new Set([...takeDue(), ...takeTurn()])) look(id);
      void alarms.flush();
    },
  };
}

/** Takes to heart what a line says. Returns whether it says anything of how the receiver is. */
function takeLine(live: LiveReceiver, { event, cue, why, heardMs = 0 }: HeardLine, now: Epoch): boolean {
  // From when it is known here, not from when it sounded: it may have been away.
  if (event === "unordered") live.unorderedAt = now;
  else if (event === "failed" && why === "not-heard") {
    live.silentSince ??= now;
    if ((live.unheard?.size ?? 0) >= MOST_UNHEARD) live.unheard = undefined;
    live.unheard = (live.unheard ?? new Set()).add(cue);
  } else if (live.unheard) {
    // It begins and ends like others, for it does its part: only what a meter could have missed and did not shows that it is heard.
    if (event !== "finished" || live.unheard.has(cue) || heardMs < METER_SAYS_MS) return false;
    live.unheard = undefined;
    live.silentSince = undefined;
  } else if (event === "started" || event === "resumed" || event === "finished") live.silentSince = undefined;
  else return false;
  return true;
}
