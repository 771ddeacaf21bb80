/**
 * What was heard and written: the verbs about the as-run log.
 *
 * @module
 */
import * as z from "zod/mini";
import type { Words } from "../../base/errors.js";
import { epoch } from "../../base/units.js";
import { addDays } from "../../domain/calendar.js";
import type { AnnouncementId, AreaId, OccurrenceId, ReceiverId } from "../../domain/ids.js";
import type { LocalDate } from "../../domain/local-time.js";
import type { LogCheck, LogFormat, LogLine, LogQuery } from "../../domain/log-line.js";
import type { HeldResult, ResultQuery } from "../../domain/result.js";
import { resultWords } from "../../domain/result-words.js";
import { resultSchema } from "../../domain/ticket.js";
import { zoneOf } from "../../domain/zone.js";
import { awayWords } from "../../protocol/link-reasons.js";

/** The log as it is read. */
export interface ReadableLog {
  page(query: LogQuery, limit: number): Promise<readonly LogLine[]>;
  verify(): Promise<LogCheck>;
  export(format: LogFormat, query: LogQuery): AsyncIterable<string>;
  results(query: ResultQuery, limit: number): readonly HeldResult[];
}

interface Days {
  readonly from?: LocalDate | undefined;
  /** Last day, included. */
  readonly until?: LocalDate | undefined;
}
interface Ask extends Days {
  readonly area?: AreaId | undefined;
  readonly receiver?: ReceiverId | undefined;
  readonly announcement?: AnnouncementId | undefined;
  readonly occurrence?: OccurrenceId | undefined;
  readonly after: number;
  readonly limit: number;
}

export interface RecordParts {
  readonly log: ReadableLog;
  readonly zone: string;
  /** An area with everything below it. */
  readonly areasWithin: (area: AreaId) => readonly AreaId[];
}

export function createRecordVerbs({ log, zone: name, areasWithin }: RecordParts) {
  const zone = zoneOf(name);
  const span = ({ from, until }: Days) => ({
    from: from && zone.toEpoch(from, 0),
    until: until && zone.toEpoch(addDays(until, 1), 0),
  });

  return {
    async logPage({ area, from, until, limit, ...rest }: Ask) {
      const lines = await log.page({ ...rest, ...span({ from, until }), areas: area && areasWithin(area) }, limit);
      const last = lines.at(-1);
      return {
        lines: lines.map(viewOf),
        ...(last && lines.length === limit ? { next: last.n } : {}),
      };
    },
    results({ limit, ...ask }: ResultQuery & { readonly limit: number }) {
      const held = log.results(ask, limit);
      const last = held.at(-1);
      return {
        results: held.map((one) => resultView(one, name)),
        ...(last && held.length >= limit ? { next: last.line.n } : {}),
      };
    },
    exportLog: ({ format, ...days }: Days & { readonly format: LogFormat }) => log.export(format, span(days)),
    verifyLog: () => log.verify(),
  };
}

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
  return {
    n,
    at: new Date(epoch(at)).toISOString(),
    kind,
    hash,
    ...(receiver === undefined ? {} : { receiver }),
    ...(area === undefined ? {} : { area }),
    ...(occurrence === undefined ? {} : { occurrence }),
    ...(announcements === undefined ? {} : { announcements }),
    ...(of === undefined ? {} : { class: of }),
    ...(why === undefined ? {} : { why }),
    ...(by === undefined ? {} : { by }),
    ...(heardMs === undefined ? {} : { heardMs }),
    ...(kind === "receiver.connected" && why !== undefined ? { words: awayWords(why) } : wordsOf(line.detail)),
  };
}

/** The explanation that the planner gave, where the line keeps one. */
function wordsOf(detail: object | undefined): { readonly words?: Words } {
  if (!detail || !("words" in detail)) return {};
  const { words } = detail;
  if (typeof words !== "object" || words === null || !("vi" in words) || !("en" in words)) return {};
  return { words: { vi: String(words.vi), en: String(words.en) } };
}
