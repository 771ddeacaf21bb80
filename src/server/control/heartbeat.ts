/**
 * What happens once a second: what is due is frozen and carried to those who need it, and what is over is written down.
 * Nothing here waits for a plan: it goes by the last one.
 *
 * @module
 */
import { reasonOf } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import type { Epoch, Ms } from "../../base/units.js";
import type { ReceiverId } from "../../domain/ids.js";
import type { RundownLine } from "../../domain/rundown.js";
import type { Ticket } from "../../domain/ticket.js";
import { type BytesOf, type PeopleBehind, ticketOf } from "./cues.js";
import type { AsRunLog } from "./ports.js";
import type { Tickets } from "./tickets.js";
import type { Timetable } from "./timetable.js";

/** An occurrence is frozen this long before it sounds. */
export const FREEZE_AHEAD_MS = 30_000;
/**
 * While an edit is being planned, what it may change is frozen only this long before it sounds: long enough for everybody
 * to get it, and short enough for the plan of a city to be done first.
 */
const FREEZE_BEHIND_MS = 15_000;

export interface HeartbeatParts {
  readonly timetable: Pick<Timetable, "rundown" | "isBehind" | "refresh" | "since">;
  readonly tickets: Tickets;
  readonly bytesOf: BytesOf;
  readonly peopleBehind: PeopleBehind;
  readonly asRun: AsRunLog;
  readonly now: () => Epoch;
  /** Brings an open ticket to these receivers, or to all its receivers: see the delivery. */
  readonly deliver: (ticket: Ticket, receivers?: readonly ReceiverId[]) => void;
  /** When the station was last known to be alive before this run: nothing may stay without a result since then (R7). */
  readonly aliveUntil: Epoch;
  readonly log: Log;
}

export interface Heartbeat {
  /** One beat; beats never overlap. `since` is the time since the last, longer after a stall. */
  beat(since: Ms): Promise<void>;
}

export function createHeartbeat(parts: HeartbeatParts): Heartbeat {
  const { timetable, tickets, bytesOf, asRun, now, deliver, aliveUntil, log } = parts;
  /** Lines that need no more. */
  const settled = new WeakSet<RundownLine>();
  const lookBack = createLookBack(timetable, { aliveUntil, log });
  /**
   * Up to here everything has been frozen in its time. What an edit puts there afterwards never was to sound: no report may
   * count it as missed. What a stall or a step of the clock skips over lies behind it, and counts.
   */
  let watchedUntil: Epoch = aliveUntil;
  let running = false;

  const writeDropped = (line: RundownLine, receivers: readonly ReceiverId[]) => {
    const { occurrence, reason, title, class: of, explanation } = line;
    const told = { kind: "occurrence.dropped" as const, occurrence, class: of, why: reason };
    const detail = { title, class: of, planned: line.planned, words: explanation };
    if (receivers.length > 0) asRun.settle([{ ...told, detail, state: "missed", receivers }]);
    else asRun.eventOnce(`dropped ${occurrence} ${reason}`, { ...told, detail: { ...detail, receivers } });
  };
  const freeze = async (line: RundownLine) => {
    const receivers = tickets.lacking(line.occurrence, line.receivers);
    if (receivers.length > 0 || line.receivers.length === 0) {
      if (line.fate === "dropped") writeDropped(line, receivers);
      else await tickets.freeze(ticketOf({ ...line, receivers }, bytesOf, parts.peopleBehind));
    }
    settled.add(line);
  };
  const freezeDue = async () => {
    const present = now();
    const until = present + (timetable.isBehind() ? FREEZE_BEHIND_MS : FREEZE_AHEAD_MS);
    const isDue = (line: RundownLine) =>
      (line.fate === "dropped" ? line.planned : line.start) <= until &&
      Math.max(line.end, line.notAfter) > watchedUntil &&
      !settled.has(line);
    const back = lookBack.lines();
    const rundown = timetable.rundown();
    const lines = [...(back ?? []), ...(rundown?.lines ?? [])].filter(isDue);
    // Together, so that the disk is asked once.
    await Promise.all(lines.map(freeze));
    if (!back || !rundown) return;
    lookBack.done();
    watchedUntil = present;
  };
  return {
    async beat(since) {
      if (running) return;
      running = true;
      try {
        if (since > 5_000) log.warn("beat.late", { ms: Math.round(since) });
        void timetable.refresh();
        await freezeDue();
        for (const ticket of tickets.open()) deliver(ticket);
        tickets.sweep();
      } finally {
        running = false;
      }
    },
  };
}

/** What fell into the time in which the station was down, which may reach over midnight. */
function createLookBack(
  timetable: HeartbeatParts["timetable"],
  { aliveUntil, log }: Pick<HeartbeatParts, "aliveUntil" | "log">,
) {
  let state: "not-asked" | "asked" = "not-asked";
  let found: readonly RundownLine[] | undefined;
  const ask = async () => {
    state = "asked";
    try {
      found = (await timetable.since(aliveUntil)).lines;
    } catch (thrown) {
      log.error("plan.failed", { reason: reasonOf(thrown), thrown });
      state = "not-asked";
    }
  };
  return {
    /** Nothing until it is known, which takes a plan; empty after {@link done}. */
    lines(): readonly RundownLine[] | undefined {
      if (state === "not-asked") void ask();
      return found;
    },
    /** Everything of it that is due has been frozen; what comes later is in the rundown. */
    done() {
      found = [];
    },
  };
}
