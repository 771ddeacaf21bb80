/**
 * The as-run log: what was heard where, what was not and why, and what the server did. Append-only, every line chained to
 * the one before by its hash, on disk when the call returns (R6, R7).
 *
 * @module
 */
import type Database from "libsql";
import type { Clock } from "../../base/clock.js";
import { Fault } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import { type AreaId, type OccurrenceId, occurrenceIdSchema, type ReceiverId } from "../../domain/ids.js";
import type { EventLine, LogCheck, LogFormat, LogQuery } from "../../domain/log-line.js";
import type { HeldResult, ResultQuery, Settled, SettlingLine } from "../../domain/result.js";
import { isFinal, type Result } from "../../domain/ticket.js";
import { type HeardLine, resultStateOf } from "../../protocol/journal-results.js";
import { logFault, openLogFile } from "./log-file.js";
import { openJournals } from "./log-journals.js";
import { type ChainedLine, canonical, hashAfter, type LogBody, NO_HASH } from "./log-line.js";
import { exportLines, linesOf, readLines, verifyLines } from "./log-reading.js";
import { readResults, resultsIn } from "./log-results.js";
import { openSettlements } from "./log-settlements.js";
import { putByReserve, RESERVE_BYTES, withReserve } from "./reserve.js";

export interface AsRunLogOptions {
  /** Such as `config/log.db` in the station's folder. */
  readonly path: string;
  /** Space put by for a full disk; {@link RESERVE_BYTES} when left out, 0 for none. */
  readonly reserveBytes?: number;
  readonly clock: Pick<Clock, "date">;
  readonly log: Log;
}

/** Lines of one receiver's journal. */
export interface Heard {
  readonly receiver: ReceiverId;
  readonly area: AreaId;
  readonly journal: string;
  readonly lines: readonly HeardLine[];
}

export interface AsRunLog {
  /** Writes one line, or several in one go. @throws Fault "unavailable" when the disk refuses; nothing is written then */
  event(line: EventLine): void;
  events(lines: readonly EventLine[]): void;
  /**
   * Takes over lines of a receiver's journal, each once however often it is sent.
   * @param lines at most as many as one report holds
   * @returns up to where the journal is known without gaps: what may be acknowledged
   */
  heard(receiver: ReceiverId, area: AreaId, journal: string, lines: readonly HeardLine[]): number;
  /** The same for reports of several receivers, in one write: a thousand may report in the same second. */
  heardAll(reports: readonly Heard[]): number[];
  reportedUpTo(receiver: ReceiverId, journal: string): number;
  /**
   * Gives up lines that the receiver no longer holds, because a newer log than this one, now lost, had acknowledged them;
   * else it would send the later ones for ever. Only for when its first report after a greeting begins behind a gap. The
   * log tells of it.
   * @param seq first line that the receiver still holds
   */
  acceptGap(receiver: ReceiverId, area: AreaId, journal: string, seq: number): void;
  /** Lines in the order in which they were written, at most `limit`; the next page begins after the last one's `n`. */
  page(query: LogQuery, limit: number): Promise<ChainedLine[]>;
  /** What became of an occurrence at each receiver, as the receivers themselves said. */
  resultsOf(occurrence: OccurrenceId): ReadonlyMap<ReceiverId, Result>;
  /** Writes results that are not written yet, each once; what a receiver says later takes their place. One write for all. */
  settle(lines: readonly SettlingLine[]): void;
  /** The results that are written of an occurrence. */
  settledAt(occurrence: OccurrenceId): ReadonlyMap<ReceiverId, Settled>;
  /** Writes a line unless one was written under the same key, also by an earlier run. Returns whether it was written. */
  eventOnce(key: string, line: EventLine): boolean;
  /** The results that hold, in the order in which they were written; the next page begins after the last one's line. */
  results(query: ResultQuery, limit: number): HeldResult[];
  /** When a receiver was last heard of, civil milliseconds. */
  lastSignOf(receiver: ReceiverId): number | undefined;
  /** When each receiver last sounded by its own account, civil milliseconds. */
  lastSounds(): ReadonlyMap<ReceiverId, number>;
  verify(): Promise<LogCheck>;
  export(format: LogFormat, query: LogQuery): AsyncGenerator<string>;
  /** Number and hash of the last line. */
  head(): { readonly n: number; readonly hash: string };
  close(): void;
}

/** @throws Fault "unavailable" when the file cannot be opened */
export function openAsRunLog({ path, clock, log, reserveBytes = RESERVE_BYTES }: AsRunLogOptions): AsRunLog {
  const stamp = new Date(clock.date()).toISOString().replace(/[:.]/g, "-");
  const database = openLogFile(path, stamp, log);
  const reserve = putByReserve(`${path}.reserve`, reserveBytes, log);
  let head = headOf(database);
  const journals = openJournals(database);
  const settlements = openSettlements(database);
  const lastSign = database.prepare(
    `SELECT at FROM line WHERE receiver = ? AND (journal IS NOT NULL OR kind IN ('receiver.connected', 'receiver.gone'))
     ORDER BY n DESC LIMIT 1`,
  );
  const insert = database.prepare(
    "INSERT INTO line (n, at, kind, receiver, area, occurrence, journal, seq, body, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const insertAnnouncement = database.prepare("INSERT INTO line_announcement (announcement, n) VALUES (?, ?)");

  function append(line: Omit<LogBody, "n" | "writtenAt">): void {
    const body: LogBody = { ...line, n: head.n + 1, writtenAt: Math.round(clock.date()) };
    const text = canonical(body);
    const hash = hashAfter(head.hash, text);
    const { n, at, kind, receiver, area, occurrence, journal, seq } = body;
    insert.run([n, at, kind, ...[receiver, area, occurrence, journal, seq].map((part) => part ?? null), text, hash]);
    for (const announcement of new Set(body.announcements)) insertAnnouncement.run([announcement, n]);
    head = { n, hash };
  }

  function transaction(work: () => void): void {
    const before = head;
    try {
      database.exec("BEGIN IMMEDIATE");
      work();
      database.exec("COMMIT");
    } catch (error) {
      head = before;
      if (database.inTransaction) database.exec("ROLLBACK");
      throw error;
    }
  }

  /** All lines or none. */
  function together(work: () => void): void {
    // The library ends the whole process when a closed file is used.
    if (!database.open) throw new Fault("unavailable", CLOSED, { reason: "closing" });
    try {
      withReserve(reserve, () => transaction(work));
    } catch (error) {
      throw logFault(error, path);
    }
  }

  const events = (lines: readonly EventLine[]) => {
    if (lines.length === 0) return;
    const at = Math.round(clock.date());
    together(() => {
      for (const line of lines) append({ ...line, at, source: "server" });
    });
  };

  const isNew = ({ receiver, journal }: Heard, { seq }: HeardLine) =>
    seq > journals.upTo(receiver, journal) && !journals.holds(receiver, journal, seq);
  const take = (report: Heard) => {
    const fresh = new Map(report.lines.filter((line) => isNew(report, line)).map((line) => [line.seq, line]));
    for (const line of fresh.values()) {
      const body = heardBody(line, report);
      append(body);
      const { occurrence } = body;
      const state = resultStateOf(line.event, line.why);
      if (state === undefined) continue;
      if (state === "sounding" || state === "played") settlements.sounded(report.receiver, body.at);
      if (occurrence !== undefined && isFinal(state))
        settlements.settle({ occurrence, receiver: report.receiver }, head.n, { state, said: true });
    }
    if (fresh.size > 0) journals.advance(report.receiver, report.journal);
  };
  const heardAll = (reports: readonly Heard[]): number[] => {
    if (reports.some((report) => report.lines.some((line) => isNew(report, line)))) {
      together(() => {
        for (const report of reports) take(report);
      });
    }
    return reports.map(({ receiver, journal }) => journals.upTo(receiver, journal));
  };

  const settleOne = ({ state, receivers, ...line }: SettlingLine, at: number) => {
    const { occurrence } = line;
    const fresh = receivers.filter((one) => settlements.isOpen({ occurrence, receiver: one }));
    const [receiver] = fresh;
    if (receiver === undefined) return;
    const about = line.receiver === undefined ? { state, receivers: fresh } : { state };
    append({ ...line, detail: { ...line.detail, ...about }, at, source: "server" });
    for (const one of fresh) settlements.settle({ occurrence, receiver: one }, head.n, { state, said: false });
  };

  return {
    event: (line) => events([line]),
    events,
    heard: (receiver, area, journal, lines) => heardAll([{ receiver, area, journal, lines }])[0] ?? 0,
    heardAll,
    reportedUpTo: journals.upTo,
    acceptGap(receiver, area, journal, seq) {
      const known = journals.upTo(receiver, journal);
      if (seq <= known + 1) return;
      together(() => {
        const detail = { journal, from: known + 1, upTo: seq - 1 };
        append({ kind: "journal.gap", receiver, area, detail, at: Math.round(clock.date()), source: "server" });
        journals.skipTo(receiver, journal, seq);
      });
    },
    page: (query, limit) => readLines(database, query, limit),
    resultsOf: (occurrence) => resultsIn(linesOf(database, occurrence)),
    settle(lines) {
      if (lines.length === 0) return;
      const at = Math.round(clock.date());
      together(() => {
        for (const line of lines) settleOne(line, at);
      });
    },
    settledAt: settlements.settledAt,
    eventOnce(key, line) {
      let isWritten = false;
      together(() => {
        isWritten = settlements.isFirst(key);
        if (isWritten) append({ ...line, at: Math.round(clock.date()), source: "server" });
      });
      return isWritten;
    },
    results: (query, limit) => readResults(database, query, limit),
    lastSignOf: (receiver) => (lastSign.all([receiver]) as { at: number }[])[0]?.at,
    lastSounds: settlements.lastSounds,
    verify: () => verifyLines(database),
    export: (format, query) => exportLines(database, format, query),
    head: () => head,
    close: () => {
      if (database.open) database.close();
    },
  };
}

const CLOSED = {
  vi: "Đài đang tắt nên chưa ghi được vào nhật ký. Hãy làm lại khi đài chạy lại.",
  en: "The station is shutting down, so nothing could be written into the log. Do it again when it runs.",
};

function headOf(database: Database.Database): { n: number; hash: string } {
  const [last] = database.prepare("SELECT n, hash FROM line ORDER BY n DESC LIMIT 1").all() as {
    n: number;
    hash: string;
  }[];
  return last === undefined ? { n: 0, hash: NO_HASH } : { n: last.n, hash: last.hash };
}

function heardBody(
  line: HeardLine,
  { receiver, area, journal }: Omit<Heard, "lines">,
): Omit<LogBody, "n" | "writtenAt"> {
  const { event, at, dueAt, seq, cue, class: of, announcements, heardMs, why, by, ...detail } = line;
  return {
    ...{ receiver, area, journal },
    source: "receiver",
    kind: event,
    at: Math.round(at / 1000),
    seq,
    cue,
    occurrence: occurrenceIdSchema.safeParse(cue).data,
    class: of,
    announcements,
    heardMs,
    why,
    by,
    dueAt: dueAt === undefined ? undefined : Math.round(dueAt / 1000),
    detail: { ...detail, atUs: at },
  };
}
