/**
 * Occurrences from half a minute before they sound until everything about them is written: the tickets.
 *
 * @module
 */
import type { Clock } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import { type Epoch, epoch, type Instant, until } from "../../base/units.js";
import type { OccurrenceId, ReceiverId } from "../../domain/ids.js";
import { isFinal, type Result, type Ticket, type TicketId } from "../../domain/ticket.js";
import { resultStateOf } from "../../protocol/journal-results.js";
import { type JournalLine, occurrenceOf } from "../../protocol/messages.js";
import type { AsRunLog, Records } from "./ports.js";

/** After its end a ticket waits this long for reports of connected receivers. */
const REPORTS_DUE_MS = 60_000;
/** An interrupted item may end this much later than planned; then it is closed whatever is known. */
const PATIENCE_MS = 3_600_000;
/** Closed tickets are remembered this long, so that a restart does not plan them again. */
const REMEMBERED_MS = 2 * 24 * 3_600_000;

export interface TicketsParts {
  readonly records: Records<TicketId, Ticket>;
  readonly asRun: AsRunLog;
  readonly isConnected: (receiver: ReceiverId) => boolean;
  /** Civil time; waiting goes by `clock`, which no step moves. */
  readonly now: () => Epoch;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
}

export interface Tickets {
  /**
   * Keeps the ticket; on disk when the promise resolves. What a ticket says that exists already is left as it is; only
   * receivers that were paired since then join it.
   */
  freeze(ticket: Ticket): Promise<void>;
  /**
   * Those of the receivers for which the occurrence is not frozen yet. What is frozen, or over, stays as it is for them: a
   * plan that moves it afterwards must not have it sound, or be written down, once more.
   */
  lacking(occurrence: OccurrenceId, receivers: readonly ReceiverId[]): readonly ReceiverId[];
  isFrozen(id: TicketId): boolean;
  /** Those whose last word is not written yet. */
  open(): readonly Ticket[];
  /** The open tickets of an occurrence. */
  of(occurrence: OccurrenceId): readonly Ticket[];
  /** Takes over what a receiver reported. */
  heard(receiver: ReceiverId, lines: readonly JournalLine[]): void;
  /** Sets a result that the server itself knows, as for a recall. */
  settle(id: TicketId, receiver: ReceiverId, result: Result): void;
  /** Closes what is over, forgets what is old, and brings new results to disk. Call it about once a second. */
  sweep(): void;
}

export function createTickets({ records, asRun, isConnected, now, clock, log }: TicketsParts): Tickets {
  const changed = new Set<TicketId>();
  /** Being written off; a second sweep must not write their results twice. */
  const closing = new Set<TicketId>();
  const open = () => records.all().filter((ticket) => !ticket.closed);
  const of = (occurrence: OccurrenceId) => open().filter((ticket) => ticket.occurrence === occurrence);
  const keep = (ticket: Ticket) =>
    records.put(ticket).catch((thrown: unknown) => log.error("ticket.not-kept", { ticket: ticket.id, thrown }));

  const settle = (id: TicketId, receiver: ReceiverId, result: Result) => {
    const ticket = records.get(id);
    if (!ticket || ticket.closed) return;
    ticket.results[receiver] = result;
    changed.add(id);
  };

  const close = async (ticket: Ticket) => {
    if (closing.has(ticket.id)) return;
    closing.add(ticket.id);
    const results = Object.fromEntries(
      ticket.receivers.map((receiver) => [receiver, lastWord(ticket.results[receiver], isConnected(receiver))]),
    );
    asRun.event({
      kind: "occurrence.closed",
      occurrence: ticket.occurrence,
      by: ticket.by,
      detail: { title: ticket.title, class: ticket.class, planned: ticket.planned, start: ticket.start, results },
    });
    changed.delete(ticket.id);
    await keep({ ...ticket, closed: true, items: [], results: {} });
    closing.delete(ticket.id);
    frozenAt.delete(ticket.id);
  };

  /** What receivers told just before the last run ended is in the log, though the ticket may not have heard of it. */
  const recall = () => {
    for (const ticket of open()) {
      const told = asRun.resultsOf(ticket.occurrence);
      for (const receiver of ticket.receivers) {
        const result = told.get(receiver);
        if (result && !isFinal(ticket.results[receiver]?.state ?? "due")) settle(ticket.id, receiver, result);
      }
    }
  };
  recall();

  const begun = clock.now();
  /** Those of this run. */
  const frozenAt = new Map<TicketId, Instant>();
  const isOver = (ticket: Ticket): boolean => {
    // After a restart, or a step of the clock over its time, the receivers need a moment to come back and tell.
    const since = Math.min(now() - ticket.end, until(frozenAt.get(ticket.id) ?? begun, clock.now()));
    if (since < 0) return false;
    const states = ticket.receivers.map((receiver) => ticket.results[receiver]?.state ?? "due");
    if (states.every(isFinal) || since > PATIENCE_MS) return true;
    const held = states.some((state) => state === "interrupted" || state === "sounding");
    return since > REPORTS_DUE_MS && !held;
  };

  return {
    async freeze(ticket) {
      const frozen = records.get(ticket.id);
      if (!frozen) {
        frozenAt.set(ticket.id, clock.now());
        return void (await records.put(ticket));
      }
      if (frozen.closed) return undefined;
      const joining = ticket.receivers.filter((receiver) => !frozen.receivers.includes(receiver));
      if (joining.length === 0) return undefined;
      const results = { ...frozen.results };
      for (const receiver of joining) results[receiver] = { state: "due" };
      await records.put({ ...frozen, receivers: [...frozen.receivers, ...joining], results });
      return undefined;
    },
    lacking(occurrence, receivers) {
      const frozen = records.all().filter((ticket) => ticket.occurrence === occurrence);
      if (frozen.length === 0) return receivers;
      const holders = new Set(frozen.flatMap((ticket) => ticket.receivers));
      return receivers.filter((receiver) => !holders.has(receiver));
    },
    isFrozen: (id) => records.get(id) !== undefined,
    open,
    of,
    heard(receiver, lines) {
      for (const line of lines) {
        const occurrence = occurrenceOf(line.cue);
        for (const ticket of occurrence ? of(occurrence) : []) {
          if (ticket.receivers.includes(receiver))
            settle(ticket.id, receiver, resultOf(line, ticket.results[receiver]));
        }
      }
    },
    settle,
    sweep() {
      for (const ticket of records.all()) {
        if (ticket.closed && now() - ticket.end > REMEMBERED_MS) {
          records
            .delete(ticket.id)
            .catch((thrown: unknown) => log.error("ticket.not-kept", { ticket: ticket.id, thrown }));
        } else if (!ticket.closed && isOver(ticket)) void close(ticket);
      }
      for (const id of changed) {
        const ticket = records.get(id);
        if (ticket) void keep(ticket);
      }
      changed.clear();
    },
  };
}

/** What the server writes when a receiver has not said how it ended. */
function lastWord(result: Result | undefined, connected: boolean): Result {
  if (result && isFinal(result.state)) return result;
  if (result && result.state !== "due") return { ...result, state: "cut", why: "no-report" };
  return connected ? { state: "missed", why: "no-report" } : { state: "unknown", why: "not-connected" };
}

function resultOf(line: JournalLine, before: Result | undefined): Result {
  const state = resultStateOf(line.event);
  const at = epoch(line.at / 1000);
  return {
    ...before,
    state,
    ...(line.why === undefined ? {} : { why: line.why }),
    ...(state === "sounding" && before?.startedAt === undefined ? { startedAt: at } : {}),
    ...(isFinal(state) ? { endedAt: at } : {}),
    ...(line.from === undefined ? {} : { from: line.from }),
  };
}
