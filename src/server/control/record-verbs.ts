/**
 * What was heard and written: the verbs about the as-run log.
 *
 * @module
 */
import * as z from "zod/mini";
import { Fault, type Words } from "../../base/errors.js";
import { epoch } from "../../base/units.js";
import { addDays } from "../../domain/calendar.js";
import type { AreaId, ReceiverId } from "../../domain/ids.js";
import { lineReason } from "../../domain/line-reasons.js";
import { lineWords } from "../../domain/line-words.js";
import type { LocalDate } from "../../domain/local-time.js";
import { flawWords, gapWords } from "../../domain/log-flaw.js";
import type { LogCheck, LogFormat, LogLine, LogQuery, LogSight, WordsOf } from "../../domain/log-line.js";
import type { Person } from "../../domain/person.js";
import type { HeldResult, ResultQuery } from "../../domain/result.js";
import { resultWords } from "../../domain/result-words.js";
import { resultSchema } from "../../domain/ticket.js";
import { zoneOf } from "../../domain/zone.js";
import { awayWords } from "../../protocol/link-reasons.js";

/** The log as it is read. */
export interface ReadableLog {
  page(query: LogQuery, limit: number): Promise<readonly LogLine[]>;
  verify(): Promise<LogCheck>;
  /** Erases words that may hold personal data and writes that it was done. Returns the lines whose words are gone. */
  eraseWords(of: WordsOf, act: { readonly by: Person; readonly why: string }): readonly number[];
  export(format: LogFormat, query: LogQuery): AsyncIterable<string>;
  results(query: ResultQuery, limit: number): readonly HeldResult[];
}

interface Days {
  readonly from?: LocalDate | undefined;
  /** Last day, included. */
  readonly until?: LocalDate | undefined;
}
interface Search extends Days, Omit<LogQuery, "from" | "until" | "areas" | "after" | "sight"> {}
interface Ask extends Search {
  readonly after: number;
  readonly limit: number;
}

export interface RecordParts {
  readonly log: ReadableLog;
  readonly zone: string;
  /** An area with everything below it, and what has been merged into those. */
  readonly areasWithin: (area: AreaId) => readonly AreaId[];
}

export function createRecordVerbs({ log, zone: name, areasWithin }: RecordParts) {
  const zone = zoneOf(name);
  const span = ({ from, until }: Days) => ({
    from: from && zone.toEpoch(from, 0),
    until: until && zone.toEpoch(addDays(until, 1), 0),
  });

  const queryOf = ({ area, from, until, ...rest }: Search, sight: LogSight | undefined): LogQuery => ({
    ...rest,
    ...span({ from, until }),
    areas: area && areasWithin(area),
    sight,
  });

  return {
    async logPage({ limit, after, ...search }: Ask, sight?: LogSight) {
      const lines = await log.page({ ...queryOf(search, sight), after }, limit);
      const last = lines.at(-1);
      return {
        lines: lines.map(viewOf),
        ...(last && lines.length === limit ? { next: last.n } : {}),
      };
    },
    results({ limit, ...ask }: ResultQuery & { readonly limit: number }, receivers?: readonly ReceiverId[]) {
      const held = log.results({ ...ask, receivers }, limit);
      const last = held.at(-1);
      return {
        results: held.map((one) => resultView(one, name)),
        ...(last && held.length >= limit ? { next: last.line.n } : {}),
      };
    },
    exportLog: ({ format, ...search }: Search & { readonly format: LogFormat }, sight?: LogSight) =>
      log.export(format, queryOf(search, sight)),
    async verifyLog() {
      const { flaw, gaps, ...check } = await log.verify();
      return {
        ...check,
        ...(flaw === undefined ? {} : { words: flawWords(flaw) }),
        ...(gaps === undefined ? {} : { gaps: gaps.map((gap) => ({ ...gap, words: gapWords(gap) })) }),
      };
    },
    eraseWords({ of, reason }: { readonly of: WordsOf; readonly reason: string }, by: Person) {
      const lines = log.eraseWords(of, { by, why: reason });
      if (lines.length === 0) throw nothingToErase();
      return { lines };
    },
  };
}

const nothingToErase = () =>
  new Fault("not-found", {
    vi: "Không có lời văn nào để xóa: dòng này không giữ lời văn riêng, hoặc lời văn đã được xóa. Không có gì thay đổi.",
    en: "There are no words to erase: the line holds none apart, or they were erased already. Nothing was changed.",
  });

/** What a line keeps of a result beside its reason. */
const knownSchema = z.object({ since: resultSchema.shape.since });

function resultView({ occurrence, receiver, state, said, line }: HeldResult, zone: string) {
  const { n, at, why, by, heardMs, detail } = line;
  const known = knownSchema.safeParse(detail ?? {}).data ?? {};
  return {
    ...{ occurrence, receiver, state, said, n, at: new Date(epoch(at)).toISOString() },
    ...(why === undefined ? {} : { why }),
    ...(by === undefined ? {} : { by }),
    ...(heardMs === undefined ? {} : { heardMs }),
    ...(known.since === undefined ? {} : { since: new Date(known.since).toISOString() }),
    words: wordsOf(detail).words ?? resultWords({ state, why, by, since: known.since }, zone),
  };
}

function viewOf(line: LogLine) {
  const { n, at, kind, receiver, area, occurrence, announcements, class: of, why, by, heardMs, hash } = line;
  const { who, before, after, told, erased } = line;
  return {
    n,
    at: new Date(epoch(at)).toISOString(),
    kind,
    what: lineWords(kind),
    hash,
    ...(receiver === undefined ? {} : { receiver }),
    ...(area === undefined ? {} : { area }),
    ...(occurrence === undefined ? {} : { occurrence }),
    ...(announcements === undefined ? {} : { announcements }),
    ...(of === undefined ? {} : { class: of }),
    ...(why === undefined ? {} : { why }),
    ...(by === undefined ? {} : { by }),
    ...(who === undefined ? {} : { who }),
    ...(before === undefined ? {} : { before: fieldsIn(before) }),
    ...(after === undefined ? {} : { after: fieldsIn(after) }),
    ...(told === undefined ? {} : { told: { before: fieldsIn(told.before), after: fieldsIn(told.after) } }),
    ...(erased ? { erased } : {}),
    ...(heardMs === undefined ? {} : { heardMs }),
    ...wordsOfLine(line),
  };
}

/** The explanation that came with a line, or else its reason in words, where there are any. */
function wordsOfLine({ kind, why, detail }: LogLine): { readonly words?: Words } {
  const given = wordsOf(detail);
  if (given.words !== undefined || why === undefined) return given;
  if (kind === "receiver.connected") return { words: awayWords(why) };
  const words = lineReason(kind, why);
  return words === undefined ? {} : { words };
}

const fieldsIn = (side: object | undefined): Record<string, unknown> | undefined => side && { ...side };

/** The explanation that the planner gave, where the line keeps one. */
function wordsOf(detail: object | undefined): { readonly words?: Words } {
  if (!detail || !("words" in detail)) return {};
  const { words } = detail;
  if (typeof words !== "object" || words === null || !("vi" in words) || !("en" in words)) return {};
  return { words: { vi: String(words.vi), en: String(words.en) } };
}
