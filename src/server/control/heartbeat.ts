/**
 * What happens once a second: the plan is kept fresh, what is due is frozen and carried to those who need it, and what is
 * over is written down.
 *
 * @module
 */

import type { Log } from "../../base/log.js";
import type { Epoch, Ms } from "../../base/units.js";
import type { ReceiverId } from "../../domain/ids.js";
import type { Receiver } from "../../domain/receiver.js";
import type { Rundown, RundownLine } from "../../domain/rundown.js";
import { type Ticket, ticketId } from "../../domain/ticket.js";
import { type BytesOf, ticketOf } from "./cues.js";
import type { AsRunLog } from "./ports.js";
import type { ProgrammeBook } from "./programme-book.js";
import type { Tickets } from "./tickets.js";
import type { Timetable } from "./timetable.js";

/** An occurrence is frozen this long before it sounds. */
export const FREEZE_AHEAD_MS = 30_000;
/** Dropped lines are remembered this long, so that each is written once. */
const DROPPED_MEMORY_MS = 24 * 3_600_000;

export interface HeartbeatParts {
  readonly timetable: Timetable;
  readonly book: ProgrammeBook;
  readonly tickets: Tickets;
  readonly receivers: () => readonly Receiver[];
  readonly bytesOf: BytesOf;
  readonly asRun: AsRunLog;
  readonly now: () => Epoch;
  /** Brings an open ticket to these receivers, or to all its receivers: see the delivery. */
  readonly deliver: (ticket: Ticket, receivers?: readonly ReceiverId[]) => void;
  readonly onPlanned: () => void;
  /** When the station was last known to be alive before this run: nothing may stay without a result since then (R7). */
  readonly aliveUntil: Epoch;
  readonly log: Log;
}

export interface Heartbeat {
  /** One beat; beats never overlap. `since` is the time since the last, longer after a stall. */
  beat(since: Ms): Promise<void>;
}

export function createHeartbeat(parts: HeartbeatParts): Heartbeat {
  const { timetable, book, tickets, receivers, bytesOf, asRun, now, deliver, onPlanned, aliveUntil, log } = parts;
  /** Dropped lines that are written already, by ticket id, with the time of writing. */
  const written = new Map<string, number>();
  let running = false;
  let caughtUp = false;

  const freeze = async (line: RundownLine) => {
    const ticket = ticketOf(line, bytesOf);
    if (line.fate !== "dropped") return tickets.freeze(ticket);
    if (written.has(ticket.id)) return;
    written.set(ticket.id, now());
    asRun.event({
      kind: "occurrence.dropped",
      occurrence: line.occurrence,
      why: line.reason,
      detail: { title: line.title, class: line.class, receivers: line.receivers, words: line.explanation },
    });
  };

  /** The first beat looks back over the time in which the station was down, which may reach over midnight. */
  const rundown = (): Rundown => {
    if (caughtUp) return timetable.rundown();
    caughtUp = true;
    return timetable.since(aliveUntil);
  };
  const freezeDue = async () => {
    const until = now() + FREEZE_AHEAD_MS;
    const due = rundown().lines.filter((line) => {
      const at = line.fate === "dropped" ? line.planned : line.start;
      if (at > until || tickets.covers(ticketId(line.occurrence, line.start), line.receivers)) return false;
      return line.end > aliveUntil;
    });
    for (const line of due) await freeze(line);
  };

  const forget = () => {
    for (const [id, at] of written) if (now() - at > DROPPED_MEMORY_MS) written.delete(id);
  };

  return {
    async beat(since) {
      if (running) return;
      running = true;
      try {
        if (since > 5_000) log.warn("beat.late", { ms: Math.round(since) });
        const planned = timetable.refresh();
        await freezeDue();
        if (planned) {
          await book.refresh(timetable.rundown(), receivers(), tickets.open());
          onPlanned();
        }
        for (const ticket of tickets.open()) deliver(ticket);
        tickets.sweep();
        forget();
      } finally {
        running = false;
      }
    },
  };
}
