/**
 * What comes in from receivers: they greet, report what they do, what they hold and what they heard.
 *
 * @module
 */

import type { Clock } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import { type Epoch, ms, toMicros } from "../../base/units.js";
import type { ReceiverId } from "../../domain/ids.js";
import type { LineKind } from "../../domain/line-words.js";
import {
  type HelloBody,
  type JournalLine,
  occurrenceOf,
  type ReceiverMessage,
  type StateBody,
} from "../../protocol/messages.js";
import type { Signed } from "../../protocol/orders.js";
import { createComings } from "./comings.js";
import type { DayCopies } from "./day-copies.js";
import type { Mutes } from "./mutes.js";
import type { OrderDesk } from "./order-desk.js";
import type { AsRunLog, Heard, KeptStop, Records, Wire } from "./ports.js";
import type { ProgrammeBook } from "./programme-book.js";
import type { ReceiverRecords } from "./receiver-records.js";
import type { ReceiverWatch } from "./receiver-watch.js";
import type { Registry } from "./registry.js";
import { standingStops } from "./stopping.js";
import type { Tickets } from "./tickets.js";
import { unreachedAt } from "./unreached.js";
import type { Updates } from "./updates.js";
import type { WhoStopped } from "./who-stopped.js";

/** Reports that come within this time are written together: a write costs the same for one line and for many. */
const GATHER = ms(20);
/** Journal lines in one write; measured, 200 take 6 ms. */
const LINES_AT_ONCE = 300;

/** Ends that are found out late: what counts is when it was last heard. Every other end comes from its side, and is heard. */
const FOUND_OUT_LATE: ReadonlySet<string> = new Set(["silent", "too-slow"]);

export interface ReceptionParts {
  readonly registry: Registry;
  readonly receivers: ReceiverRecords;
  readonly book: ProgrammeBook;
  readonly tickets: Tickets;
  readonly watch: Pick<ReceiverWatch, "touch" | "said" | "heard">;
  readonly desk: OrderDesk;
  readonly mutes: Pick<Mutes, "met" | "obeyed">;
  readonly updates: Pick<Updates, "reported" | "answered" | "met">;
  readonly dayCopies: Pick<DayCopies, "greeted" | "ready" | "told" | "gone">;
  readonly stops: Records<string, KeptStop>;
  readonly whoStopped: WhoStopped;
  readonly asRun: AsRunLog;
  readonly wire: Wire;
  readonly clock: Clock;
  readonly log: Log;
  readonly now: () => Epoch;
  /** Clips that every receiver should hold at all times, such as those of emergencies. */
  readonly pinned: () => Parameters<Wire["wantClips"]>[1];
  /** What is about to sound or sounds, and this receiver may need to be fed with. */
  readonly onReady: (receiver: ReceiverId) => void;
  /** The key that signs now, and what a receiver that comes back must be told of keys, in order. */
  readonly orderKeys: () => { readonly active: string; readonly notices: readonly Signed[] };
  /** Its connection is gone. */
  readonly onGone: (receiver: ReceiverId) => void;
  readonly onChange: (receiver: ReceiverId) => void;
}

export interface Reception {
  /** The receiver has proved who it is. Returns up to where its journal is known. */
  hello(receiver: ReceiverId, body: HelloBody): { readonly reported: number };
  /** Its welcome is on the way; now it may be given orders. */
  ready(receiver: ReceiverId): void;
  message(receiver: ReceiverId, message: ReceiverMessage): void;
  /** It gave a sign of life and said nothing. */
  alive(receiver: ReceiverId): void;
  gone(receiver: ReceiverId, why: string): void;
  /** A device that claims to be it was not let in. */
  turnedAway(receiver: ReceiverId, why: string): void;
  /** Writes who came, went and refused since the last call, in one go: ten thousand may come back at once. */
  flush(): void;
}

export function createReception(parts: ReceptionParts): Reception {
  const { registry, receivers, book, tickets, desk, stops, asRun, wire, clock, log, now, onChange } = parts;
  const comings = createComings({ asRun, now, log });
  /** Reports that wait to be written. */
  const reports: Heard[] = [];
  /** Receivers whose first report since their greeting has not come yet. */
  const greeted = new Set<ReceiverId>();
  const areaOf = (receiver: ReceiverId) => receivers.get(receiver)?.area;
  const note = (receiver: ReceiverId, kind: LineKind, why?: string, detail?: object) => {
    comings.note({ kind, receiver, area: areaOf(receiver), why, detail });
  };

  const takeState = (receiver: ReceiverId, body: StateBody) => {
    const wasTrusted = registry.get(receiver)?.state?.clock === "trusted";
    registry.state(receiver, body);
    parts.watch.said(receiver);
    if (wasTrusted || body.clock !== "trusted") return;
    parts.mutes.met(receiver, body.muted);
    parts.onReady(receiver);
  };
  /** Who muted or stopped it, where a person did. */
  const personBehind = (receiver: ReceiverId, line: JournalLine): string | undefined => {
    if (line.event === "muted") return receivers.get(receiver)?.muted?.by;
    if (line.why !== "stopped" && line.why !== "recalled") return undefined;
    const { cue, announcements = [], at, dueAt = at } = line;
    return parts.whoStopped({ receiver, area: areaOf(receiver), cue, announcements, dueAt, until: at })?.by;
  };
  const unreachedBy = (receiver: ReceiverId, line: JournalLine) => {
    const occurrence = line.event === "cut" ? occurrenceOf(line.cue) : undefined;
    const ticket = occurrence && tickets.of(occurrence).find(({ receivers: all }) => all.includes(receiver));
    return ticket ? unreachedAt(line, ticket) : [];
  };
  const report = (receiver: ReceiverId, { journal, lines }: Extract<ReceiverMessage, { t: "report" }>["p"]) => {
    const area = areaOf(receiver);
    if (area === undefined) return;
    const [first] = lines;
    // After a greeting a receiver begins with the oldest line that it holds. What it does not hold was acknowledged by a log
    // that is lost, as after an older backup was restored.
    if (first && greeted.delete(receiver)) asRun.acceptGap(receiver, area, journal, first.seq);
    const told = lines.map((line) => {
      const [by, unreached] = [personBehind(receiver, line), unreachedBy(receiver, line)];
      return { ...line, ...(by === undefined ? {} : { by }), ...(unreached.length === 0 ? {} : { unreached }) };
    });
    if (reports.push({ receiver, area, journal, lines: told }) === 1) clock.after(GATHER, takeReports);
  };
  /** Writes what has been reported in one go, a bounded piece at a time, and acknowledges it. */
  const takeReports = () => {
    const piece = reports.splice(0, pieceOf(reports));
    if (reports.length > 0) clock.after(GATHER, takeReports);
    try {
      const known = piece.map(({ receiver, journal }) => asRun.reportedUpTo(receiver, journal));
      const upTo = asRun.heardAll(piece);
      for (const [index, { receiver, journal, lines }] of piece.entries()) {
        // Lines that come again must not undo what later ones have told.
        const fresh = lines.filter(({ seq }) => seq > (known[index] ?? 0));
        tickets.heard(receiver, fresh);
        parts.watch.heard(receiver, fresh);
        wire.acknowledge(receiver, journal, upTo[index] ?? 0);
      }
    } catch (thrown) {
      // Nothing was acknowledged, so the receivers keep their lines and send them again.
      log.error("reports.not-kept", { reports: piece.length, thrown });
    }
  };

  const refusedProgramme = (receiver: ReceiverId, { revision, why }: { revision: number; why: string }) => {
    registry.refused(receiver, { what: "programme", why });
    note(receiver, "programme.refused", why, { revision });
  };
  /** A receiver that knows none of the keys that hold obeys nobody, whatever it is sent. */
  const trusts = (receiver: ReceiverId, keys: readonly string[]) => {
    const isOurs = keys.includes(parts.orderKeys().active);
    if (registry.trusts(receiver, isOurs) && !isOurs) note(receiver, "receiver.must-be-paired-again", "unknown-key");
  };

  return {
    hello(receiver, body) {
      registry.hello(receiver, body);
      parts.updates.met(receiver);
      greeted.add(receiver);
      parts.dayCopies.greeted(receiver, body.day);
      const { software, away } = body;
      note(receiver, "receiver.connected", away?.why, { software, ...(away && { awayMs: away.forMs }) });
      onChange(receiver);
      return { reported: asRun.reportedUpTo(receiver, body.journal) };
    },
    ready(receiver) {
      // Before any order: it may be signed with a key that the receiver is told of only now.
      wire.tellKeys([receiver], parts.orderKeys().notices);
      for (const stop of standingStops(stops, { receiver, now: toMicros(now()) }))
        desk
          .resend(stop, [receiver])
          .catch((thrown: unknown) => log.error("stop.not-resent", { order: stop.id, receiver, thrown }));
      book.offer(receiver);
      wire.wantClips(receiver, parts.pinned());
      parts.dayCopies.ready(receiver);
    },
    message(receiver, message) {
      registry.alive(receiver);
      switch (message.t) {
        case "state":
          takeState(receiver, message.p);
          onChange(receiver);
          return;
        case "clips":
          registry.clips(receiver, message.p.have, message.p.failed);
          parts.watch.touch(receiver);
          parts.onReady(receiver);
          onChange(receiver);
          return;
        case "holds":
          registry.holds(receiver, message.p.programmeRevision);
          if (message.p.refused) refusedProgramme(receiver, message.p.refused);
          onChange(receiver);
          return;
        case "trusts":
          trusts(receiver, message.p.keys);
          onChange(receiver);
          return;
        case "report":
          report(receiver, message.p);
          return;
        case "days":
          parts.dayCopies.told(receiver, message.p);
          return;
        case "update":
          parts.updates.reported(receiver, message.p);
          return;
        case "ack":
          desk.answered(receiver, message.p.order, message.p.ok, message.p.why);
          if (message.p.ok) parts.mutes.obeyed(receiver, message.p.order);
          // Who comes back is told of every stop, wherever that was for: not to be meant is no trouble then.
          if (!message.p.ok && !(message.p.why === "audience" && stops.get(message.p.order))) {
            parts.updates.answered(receiver, message.p.order, message.p.why);
            note(receiver, "order.refused", message.p.why, { order: message.p.order });
            registry.refused(receiver, { what: "order", why: message.p.why ?? "" });
            onChange(receiver);
          }
          return;
        default:
          // Greeting and clock are answered where the sockets are.
          return;
      }
    },
    alive: registry.alive,
    gone(receiver, why) {
      if (!FOUND_OUT_LATE.has(why)) registry.alive(receiver);
      registry.gone(receiver);
      greeted.delete(receiver);
      parts.dayCopies.gone(receiver);
      parts.onGone(receiver);
      parts.watch.touch(receiver);
      note(receiver, "receiver.gone", why);
      onChange(receiver);
    },
    turnedAway(receiver, why) {
      // Whoever waits for a confirmation is shown as such; and strangers name whom they like.
      if (why === "unconfirmed" || receivers.get(receiver) === undefined) return;
      if (!registry.turnAway(receiver, why)) return;
      note(receiver, "receiver.turned-away", why);
      onChange(receiver);
    },
    flush: comings.flush,
  };
}

/** How many of the waiting reports make one write: at least one, and about {@link LINES_AT_ONCE} lines. */
function pieceOf(reports: readonly Heard[]): number {
  let lines = 0;
  for (const [index, report] of reports.entries()) {
    lines += report.lines.length;
    if (lines >= LINES_AT_ONCE) return index + 1;
  }
  return reports.length;
}
