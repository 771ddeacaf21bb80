/**
 * The as-run log: what was heard where, what was not and why, and what the server did. Append-only, every line chained to
 * the one before by its hash, on disk when the call returns (R6, R7).
 *
 * @module
 */
import type { Clock } from "../../base/clock.js";
import { Fault } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import type { AnnouncementId, AreaId, OccurrenceId, ReceiverId } from "../../domain/ids.js";
import type { LineKind } from "../../domain/line-words.js";
import type { EventLine, LogCheck, LogFormat, LogQuery, OldWords, WordsOf } from "../../domain/log-line.js";
import type { HeldResult, ResultQuery, Settled, SettlingLine } from "../../domain/result.js";
import type { Result } from "../../domain/ticket.js";
import type { HeardLine } from "../../protocol/journal-results.js";
import type { Hearing } from "./log-announcements.js";
import { type PreparedEvent, prepareEvent } from "./log-body.js";
import type { Witness } from "./log-check.js";
import { DAY_CLOSED, type DaySeal, type Days } from "./log-days.js";
import { logFault, openLogFile } from "./log-file.js";
import { type Heard, heardBody } from "./log-heard.js";
import { JOURNAL_GAP } from "./log-journals.js";
import { type ChainedLine, canonical, hashAfter, type LogBody, type ToldLine } from "./log-line.js";
import type { Mended } from "./log-mend.js";
import { openPersonalTexts, WORDS_ERASED, withBeside } from "./log-personal.js";
import { exportLines, headOf, linesAbout, linesOf, readLines, verifyLines } from "./log-reading.js";
import { readResults, resultsIn } from "./log-results.js";
import { openWays } from "./log-ways.js";
import { putByReserve, RESERVE_BYTES, withReserve } from "./reserve.js";

export type { Heard } from "./log-heard.js";
export type { Mended } from "./log-mend.js";

export interface AsRunLogOptions {
  /** Such as `config/log.db` in the station's folder. */
  readonly path: string;
  /** Space put by for a full disk; {@link RESERVE_BYTES} when left out, 0 for none. */
  readonly reserveBytes?: number;
  readonly clock: Pick<Clock, "date">;
  readonly log: Log;
}

/** A station writes the kinds of lines that have words; the store itself takes any. */
export interface AsRunLog<Kind extends string = LineKind> {
  /** Writes one line, or several in one go. @throws Fault "unavailable" when the disk refuses; nothing is written then */
  event(line: EventLine<Kind>): void;
  events(lines: readonly EventLine<Kind>[]): void;
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
  /** Notes from which documents announcements come, for lines of before that was noted with each of them. */
  noteSources(announcements: readonly { readonly id: AnnouncementId; readonly source?: string | undefined }[]): void;
  /** Lines in the order in which they were written, at most `limit`; the next page begins after the last one's `n`. */
  page(query: LogQuery, limit: number): Promise<ToldLine[]>;
  /** What became of an occurrence at each receiver, as the receivers themselves said. */
  resultsOf(occurrence: OccurrenceId): ReadonlyMap<ReceiverId, Result>;
  /** Writes results that are not written yet, each once; what a receiver says later takes their place. One write for all. */
  settle(lines: readonly SettlingLine<Kind>[]): void;
  /** The results that are written of an occurrence. */
  settledAt(occurrence: OccurrenceId): ReadonlyMap<ReceiverId, Settled>;
  /** Writes a line unless one was written under the same key, also by an earlier run. Returns whether it was written. */
  eventOnce(key: string, line: EventLine<Kind>): boolean;
  /** The results that hold, in the order in which they were written; the next page begins after the last one's line. */
  results(query: ResultQuery, limit: number): HeldResult[];
  /** When a receiver was last heard of, civil milliseconds. */
  lastSignOf(receiver: ReceiverId): number | undefined;
  /** When each receiver last sounded by its own account, civil milliseconds. */
  lastSounds(): ReadonlyMap<ReceiverId, number>;
  /** When an announcement was begun last at any receiver by its own account, civil milliseconds. */
  lastHeard(id: AnnouncementId): number | undefined;
  /** Where and when it was begun, by the receivers' own account; where it was first comes first. */
  hearings(id: AnnouncementId): readonly Hearing[];
  /** Receivers of whose sounding of it since then (civil milliseconds) nothing is known. */
  untold(id: AnnouncementId, since: number): readonly ReceiverId[];
  /** What people did with it, oldest first, after the line of that number. */
  historyOf(id: AnnouncementId, after: number, limit: number): ChainedLine[];
  /** @param witness what others hold of the log */
  verify(witness?: Witness): Promise<LogCheck>;
  /** Erases words that may hold personal data, for good, and writes that it was done. Returns the lines that they were of. */
  eraseWords(of: WordsOf | OldWords, act: Pick<EventLine, "by" | "why">): number[];
  /** What was done when the log was opened and found damaged. */
  readonly mended?: Mended;
  /** The closed days, and what is to be closed. */
  readonly days: Omit<Days, "note">;
  /** Closes a day by its signed head. @throws Fault "unavailable" when the disk refuses */
  closeDay(seal: DaySeal): void;
  export(format: LogFormat, query: LogQuery): AsyncGenerator<string>;
  /** Number and hash of the last line. */
  head(): { readonly n: number; readonly hash: string };
  /** When its first line was written, civil milliseconds; `undefined` while there is none. */
  beganAt(): number | undefined;
  close(): void;
}

/** @throws Fault "unavailable" when the file cannot be opened */
export function openAsRunLog({ path, clock, log, reserveBytes = RESERVE_BYTES }: AsRunLogOptions): AsRunLog<string> {
  const { database, mended } = openLogFile(path, clock.date(), log);
  const reserve = putByReserve(`${path}.reserve`, reserveBytes, log);
  let head = headOf(database);
  const ways = openWays(database);
  const { journals, settlements, announcements: announcementLines, directives, days } = ways;
  const lastSign = database.prepare(
    `SELECT at FROM line WHERE receiver = ? AND (journal IS NOT NULL OR kind IN ('receiver.connected', 'receiver.gone'))
     ORDER BY n DESC LIMIT 1`,
  );
  const firstLine = database.prepare("SELECT at FROM line ORDER BY n LIMIT 1");
  const personalTexts = openPersonalTexts(database);

  const appendEvent = (line: EventLine<string>, at: number) => append(prepareEvent(line, at));
  function append({ body: line, personal }: PreparedEvent): void {
    const body: LogBody = { ...line, n: head.n + 1, writtenAt: Math.round(clock.date()) };
    const text = canonical(body);
    const hash = hashAfter(head.hash, text);
    ways.add(body, text, hash);
    if (personal !== undefined) personalTexts.keep(body.n, personal);
    head = { n: body.n, hash };
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

  const events = (lines: readonly EventLine<string>[]) => {
    if (lines.length === 0) return;
    const at = Math.round(clock.date());
    together(() => {
      for (const line of lines) appendEvent(line, at);
    });
  };

  const isNew = ({ receiver, journal }: Heard, { seq }: HeardLine) =>
    seq > journals.upTo(receiver, journal) && !journals.holds(receiver, journal, seq);
  /** What was muted was not noted as heard, so there is nothing to take back. */
  const takeBack = ({ receiver, journal }: Heard, { seq, unreached = [] }: HeardLine, occurrence?: OccurrenceId) => {
    if (occurrence === undefined || unreached.length === 0) return;
    if (!journals.wasBegun(receiver, journal, seq, occurrence)) return;
    for (const id of unreached) announcementLines.takeBack(id, receiver);
  };
  const take = (report: Heard) => {
    const fresh = new Map(report.lines.filter((line) => isNew(report, line)).map((line) => [line.seq, line]));
    for (const line of fresh.values()) {
      const body = heardBody(line, report);
      append({ body });
      takeBack(report, line, body.occurrence);
    }
    if (fresh.size > 0) journals.advance(report.receiver, report.journal);
  };
  const heardAll = (reports: readonly Heard[]): number[] => {
    if (reports.some((report) => report.lines.some((line) => isNew(report, line)))) {
      together(() => {
        for (const report of reports) take(report);
        announcementLines.settle();
      });
    }
    return reports.map(({ receiver, journal }) => journals.upTo(receiver, journal));
  };

  const settleOne = ({ state, receivers, ...line }: SettlingLine<string>, at: number) => {
    const fresh = receivers.filter((receiver) => settlements.isOpen({ occurrence: line.occurrence, receiver }));
    const [receiver] = fresh;
    if (receiver === undefined) return;
    const about = line.receiver === undefined ? { state, receivers: fresh } : { state };
    appendEvent({ ...line, detail: { ...line.detail, ...about } }, at);
  };

  return {
    ...(mended === undefined ? {} : { mended }),
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
        appendEvent({ kind: JOURNAL_GAP, receiver, area, detail }, Math.round(clock.date()));
        journals.skipTo(receiver, journal, seq);
      });
    },
    noteSources: (announcements) =>
      together(() => {
        for (const { id, source } of announcements) directives.noteSource(id, source);
      }),
    page: async (query, limit) => (await readLines(database, query, limit)).map((line) => withBeside(database, line)),
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
        if (isWritten) appendEvent(line, Math.round(clock.date()));
      });
      return isWritten;
    },
    results: (query, limit) => readResults(database, query, limit),
    lastSignOf: (receiver) => (lastSign.all([receiver]) as { at: number }[])[0]?.at,
    lastSounds: settlements.lastSounds,
    lastHeard: announcementLines.lastHeard,
    hearings: announcementLines.hearings,
    untold: announcementLines.untold,
    historyOf: (id, after, limit) =>
      linesAbout(database, id, { after, limit }).map((line) => withBeside(database, line)),
    verify: (witness) => verifyLines(database, witness),
    eraseWords(of, act) {
      let lines: number[] = [];
      together(() => {
        lines = personalTexts.erase(of);
        if (lines.length > 0)
          appendEvent({ kind: WORDS_ERASED, ...act, detail: { ...of, lines } }, Math.round(clock.date()));
      });
      // What was written lately lies in a file of its own, too, until it is taken over.
      if (lines.length > 0) database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
      return lines;
    },
    days,
    closeDay: (seal) => events([{ kind: DAY_CLOSED, detail: seal }]),
    export: (format, query) => exportLines(database, format, query),
    head: () => head,
    beganAt: () => (firstLine.all([]) as { at: number }[])[0]?.at,
    close: () => {
      if (database.open) database.close();
    },
  };
}

const CLOSED = {
  vi: "Đài đang tắt nên chưa ghi được vào nhật ký. Hãy làm lại khi đài chạy lại.",
  en: "The station is shutting down, so nothing could be written into the log. Do it again when it runs.",
};
