/**
 * Occurrences from half a minute before they sound until everything about them is written: the tickets.
 *
 * @module
 */
import type { Clock } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import { type Epoch, epoch, type Instant, until } from "../../base/units.js";
import type { Announcement } from "../../domain/announcement.js";
import type { AnnouncementId, AreaId, OccurrenceId, ReceiverId } from "../../domain/ids.js";
import { lastWord, type SettlingLine, type Silence } from "../../domain/result.js";
import { isFinal, type Result, type Ticket, type TicketId } from "../../domain/ticket.js";
import { type HeardLine, resultStateOf } from "../../protocol/journal-results.js";
import { occurrenceOf } from "../../protocol/messages.js";
import type { Breathe } from "./breath.js";
import type { AsRunLog, Records } from "./ports.js";
import { contentOf } from "./ticket-content.js";

/** After its end, and the last instant at which it may begin, a ticket waits this long for reports of connected receivers. */
const REPORTS_DUE_MS = 60_000;
/** An interrupted item may end this much later than planned; then it is closed whatever is known. */
const PATIENCE_MS = 3_600_000;
/** Results in one write: about 10 ms. */
const RESULTS_AT_ONCE = 300;
/** Closed tickets are remembered this long, so that a restart does not plan them again. */
const REMEMBERED_MS = 2 * 24 * 3_600_000;

export interface TicketsParts {
  readonly records: Records<TicketId, Ticket>;
  readonly asRun: AsRunLog;
  readonly isConnected: (receiver: ReceiverId) => boolean;
  /** When a receiver was last heard of, also by an earlier run. */
  readonly lastSeen: (receiver: ReceiverId) => number | undefined;
  readonly areaOf: (receiver: ReceiverId) => AreaId | undefined;
  readonly announcementOf: (id: AnnouncementId) => Announcement | undefined;
  /** The stop by a person that reaches a ticket at a receiver. */
  readonly stopOf: (ticket: Ticket, receiver: ReceiverId) => Silence["stop"];
  readonly breathe: Breathe;
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
  heard(receiver: ReceiverId, lines: readonly HeardLine[]): void;
  /** It ends earlier than it might have, civil milliseconds. */
  endAt(id: TicketId, end: number): void;
  /** Sets a result that the server itself knows, as for a recall. */
  settle(id: TicketId, receiver: ReceiverId, result: Result): void;
  /** Closes what is over, forgets what is old, and brings new results to disk. Call it about once a second. */
  sweep(): void;
}

export function createTickets(parts: TicketsParts): Tickets {
  const { records, asRun, isConnected, now, clock, log } = parts;
  const changed = new Set<TicketId>();
  /** Being written off; a second sweep must not write their results twice. */
  const closing = new Set<TicketId>();
  const open = () => records.all().filter((ticket) => !ticket.closed);
  /** Those that may be open: at a stop of a city every loudspeaker asks for its own in the same second. */
  const byOccurrence = new Map<OccurrenceId, Set<TicketId>>();
  const index = ({ id, occurrence }: Ticket) =>
    byOccurrence.set(occurrence, (byOccurrence.get(occurrence) ?? new Set()).add(id));
  open().forEach(index);
  const openOf = (occurrence: OccurrenceId) =>
    [...(byOccurrence.get(occurrence) ?? [])].flatMap((id) => {
      const ticket = records.get(id);
      return ticket && !ticket.closed ? [ticket] : [];
    });
  const keep = (ticket: Ticket) =>
    records.put(ticket).catch((thrown: unknown) => log.error("ticket.not-kept", { ticket: ticket.id, thrown }));

  const settle = (id: TicketId, receiver: ReceiverId, result: Result) => {
    const ticket = records.get(id);
    if (!ticket || ticket.closed) return;
    ticket.results[receiver] = result;
    changed.add(id);
  };

  const lineFor = (ticket: Ticket, receiver: ReceiverId): SettlingLine => {
    const { state, why, by, ...known } = lastWord(ticket.results[receiver], {
      connected: isConnected(receiver),
      lastSeen: parts.lastSeen(receiver),
      stop: parts.stopOf(ticket, receiver),
    });
    const { occurrence, title, planned, start, class: of } = ticket;
    const about = { kind: "result" as const, occurrence, receiver, area: parts.areaOf(receiver), class: of };
    return { ...about, state, why, by, receivers: [receiver], detail: { title, planned, start, ...known } };
  };
  /** Writes what nobody has said. A run that is stopped in between leaves the rest to the next one. */
  const writeResults = async (ticket: Ticket) => {
    const settled = asRun.settledAt(ticket.occurrence);
    const silent = ticket.receivers.filter((receiver) => !settled.has(receiver));
    for (let from = 0; from < silent.length; from += RESULTS_AT_ONCE) {
      asRun.settle(silent.slice(from, from + RESULTS_AT_ONCE).map((receiver) => lineFor(ticket, receiver)));
      await parts.breathe();
    }
  };
  const close = async (ticket: Ticket) => {
    if (closing.has(ticket.id)) return;
    closing.add(ticket.id);
    try {
      await writeResults(ticket);
      const latest = records.get(ticket.id);
      // Somebody has joined meanwhile: the next sweep writes that result, too.
      if (!latest || latest.receivers.length > ticket.receivers.length) return;
      const { occurrence, title, planned, start, class: of, by } = ticket;
      const results = countOf(ticket, asRun.settledAt(occurrence));
      const { content = contentOf(ticket, parts.announcementOf) } = ticket;
      const detail = { title, class: of, planned, start, results, content };
      const line = { kind: "occurrence.closed" as const, occurrence, by, detail };
      asRun.eventOnce(`closed ${ticket.id}`, line);
      changed.delete(ticket.id);
      const { content: _told, ...rest } = ticket;
      await keep({ ...rest, closed: true, items: [], results: {} });
      frozenAt.delete(ticket.id);
      if (openOf(occurrence).length === 0) byOccurrence.delete(occurrence);
    } catch (thrown) {
      log.error("ticket.not-closed", { ticket: ticket.id, thrown });
    } finally {
      closing.delete(ticket.id);
    }
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
    const running = until(frozenAt.get(ticket.id) ?? begun, clock.now());
    const since = (instant: number) => Math.min(now() - instant, running);
    if (since(ticket.end) < 0) return false;
    const states = ticket.receivers.map((receiver) => ticket.results[receiver]?.state ?? "due");
    if (states.every(isFinal)) return true;
    const overFor = since(Math.max(ticket.end, ticket.notAfter));
    if (overFor > PATIENCE_MS) return true;
    const held = states.some((state) => state === "interrupted" || state === "sounding");
    return overFor > REPORTS_DUE_MS && !held;
  };

  return {
    async freeze(ticket) {
      const frozen = records.get(ticket.id);
      if (!frozen) {
        frozenAt.set(ticket.id, clock.now());
        index(ticket);
        return void (await records.put({ ...ticket, content: contentOf(ticket, parts.announcementOf) }));
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
    of: openOf,
    heard(receiver, lines) {
      for (const line of lines) {
        const occurrence = occurrenceOf(line.cue);
        for (const ticket of occurrence === undefined ? [] : openOf(occurrence)) {
          const result = resultOf(line, ticket.results[receiver]);
          if (result && ticket.receivers.includes(receiver)) settle(ticket.id, receiver, result);
        }
      }
    },
    endAt(id, end) {
      const ticket = records.get(id);
      if (!ticket || ticket.closed || end >= ticket.end) return;
      void keep({ ...ticket, end, notAfter: Math.min(ticket.notAfter, end) });
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

/** How many receivers came out how. */
function countOf(ticket: Ticket, settled: ReturnType<AsRunLog["settledAt"]>): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const receiver of ticket.receivers) {
    const state = settled.get(receiver)?.state;
    if (state !== undefined) counts[state] = (counts[state] ?? 0) + 1;
  }
  return counts;
}

function resultOf(line: HeardLine, before: Result | undefined): Result | undefined {
  const state = resultStateOf(line.event, line.why);
  if (state === undefined) return undefined;
  const at = epoch(line.at / 1000);
  return {
    ...before,
    state,
    ...(line.why === undefined ? {} : { why: line.why }),
    ...(line.by === undefined ? {} : { by: line.by }),
    ...(state === "sounding" && before?.startedAt === undefined ? { startedAt: at } : {}),
    ...(isFinal(state) ? { endedAt: at } : {}),
    ...(line.from === undefined ? {} : { from: line.from }),
  };
}
