/**
 * Whether a log is as it was written: the walk along its chain and over its closed days, against all that others hold of it. It
 * takes lines from wherever they come, the file of a station or an export.
 *
 * @module
 */
import * as z from "zod/mini";
import type { LocalDate } from "../../domain/local-time.js";
import type { LogFlaw } from "../../domain/log-flaw.js";
import type { LogCheck } from "../../domain/log-line.js";
import { type DayHead, parseDayHead } from "../../protocol/day-head.js";
import { movedDays, swappedIn } from "./log-day-order.js";
import { DAY_CLOSED, type DayRow, type DaySeal, isSealed, sealIn } from "./log-days.js";
import { hashAfter, type LogBody, NO_HASH } from "./log-line.js";

/** A line as it is found. */
export interface FoundLine {
  /** Where it stands. */
  readonly n: number;
  readonly hash: string;
  /** The text that is hashed. */
  readonly text: string;
  /** The same read; `undefined` when it is no line, or when it says something else than that by which it is found. */
  readonly body: LogBody | undefined;
}

/** A head of a day that somebody holds outside the log, with its signature checked. */
export interface HeldHead {
  readonly head: DayHead;
  /** Who, in words: `loa «cho-da-lat»`. */
  readonly by: string;
}

/** The kind of the line that tells what a damaged file has lost. */
export const LINES_MENDED = "log.mended";

const gapSchema = z.object({ first: z.int(), last: z.optional(z.int()), next: z.optional(z.string()) });
const gapsSchema = z.object({ gaps: z.array(gapSchema) });

/** A gap with the hash of the line after it as it was found then; that is absent when it is the line that tells. */
export type LogGap = z.infer<typeof gapSchema>;
/** The same with the number of the line that tells of it. */
export type MendedGap = LogGap & { readonly told: number };

/** The gaps that a line tells of. */
export const gapsToldBy = (body: Pick<LogBody, "n" | "kind" | "source" | "detail">): readonly MendedGap[] =>
  body.kind === LINES_MENDED && body.source === "server"
    ? (gapsSchema.safeParse(body.detail ?? {}).data?.gaps ?? []).map((gap) => ({ ...gap, told: body.n }))
    : [];

/** What is known from elsewhere. */
export interface Witness {
  /** Whether a key is the station's own; every key is where that is not known. */
  readonly isOurs?: (seal: DaySeal) => boolean;
  /** Hashes that somebody noted down, such as on a printed report. */
  readonly heads?: readonly string[];
  readonly held?: readonly HeldHead[];
}

export interface Walk {
  /** Looks at the next line; returns what is wrong, and then no further line is to be looked at. */
  step(line: FoundLine): LogFlaw | undefined;
  /** What is wrong at the end. @param book the closed days as they are listed beside the lines */
  end(book?: readonly DayRow[]): LogFlaw | undefined;
  result(flaw: LogFlaw | undefined): LogCheck;
}

export interface WalkParts {
  readonly witness?: Witness | undefined;
  /** The hash of a line that was walked over; `undefined` when there is none. */
  readonly hashAt: (n: number) => string | undefined;
  /** The line's number by its own words, of the line that stands at `n`. */
  readonly saidAt?: (n: number) => number | undefined;
  /** The heads of closed days in the order in which their lines stand. */
  readonly closed?: readonly DayHead[];
  /** Gaps that lines of the log tell of, wherever they stand. */
  readonly told?: readonly MendedGap[];
  /** Where the walk begins: an export may begin later than the log. */
  readonly from?: { readonly n: number; readonly hash: string };
}

/** Whether a gap that was told of lies between the line that was to come and the one that did. */
const isGapBefore = ({ first, last, next, told }: MendedGap, line: FoundLine, expected: number): boolean =>
  first === expected &&
  last === line.n - 1 &&
  (next === undefined ? told === line.n : told > line.n && next === line.hash);
const sizeOf = ({ first, last = first }: MendedGap) => last - first + 1;
const gapsFound = (gaps: readonly MendedGap[]): Pick<LogCheck, "gaps"> =>
  gaps.length === 0 ? {} : { gaps: gaps.map(({ next: _next, ...gap }) => gap) };

export function createWalk(parts: WalkParts): Walk {
  const { witness = {}, hashAt, saidAt, closed = [], told = [], from = { n: 0, hash: NO_HASH } } = parts;
  const swapped = swappedIn(closed);
  const moved = (next: number, said: number) => movedDays(closed, { next, said, from: from.n, saidAt });
  let { n, hash: head } = from;
  const gaps: MendedGap[] = [];
  const wanted = new Set(witness.heads ?? []);
  const days: { readonly head: DayHead; readonly n: number; readonly seal: DaySeal }[] = [];
  wanted.delete(head);

  const chainFlaw = (line: FoundLine): LogFlaw | undefined => {
    const next = n + 1;
    if (line.n !== next) {
      const gap = told.find((one) => isGapBefore(one, line, next));
      if (gap === undefined) return { kind: "removed", n: next, upTo: line.n - 1 };
      gaps.push(gap);
      // Which hash it followed upon went with the line before it.
      if (gap.next !== undefined) return line.body === undefined ? { kind: "changed", n: line.n } : undefined;
    }
    if (line.body !== undefined && line.hash === hashAfter(head, line.text)) return undefined;
    // Which number it had when it was written tells what was done to it.
    const said = line.body?.n;
    if (said === undefined || said === line.n) return { kind: "changed", n: line.n };
    const days = moved(next, said);
    if (days) return { kind: "days-swapped", n: next, ...days };
    if (said > next && saidAt?.(said) !== next) return { kind: "removed", n: next, upTo: said - 1 };
    return { kind: "swapped", n: next, with: said };
  };
  /** Whether any line after the one and up to the other is told to be lost. */
  const isLost = (after: number, upTo: number) => gaps.some(({ first, last = first }) => first <= upTo && last > after);
  const dayFlaw = ({ n: at, body }: FoundLine): LogFlaw | undefined => {
    if (body?.kind !== DAY_CLOSED || body.source !== "server") return undefined;
    const seal = sealIn(body.detail);
    const found = seal && parseDayHead(seal.text);
    if (!found) return { kind: "changed", n: at };
    const { day } = found;
    const before = days.at(-1)?.head;
    days.push({ head: found, n: at, seal });
    if (!isSealed(seal)) return { kind: "day-unsigned", n: at, day };
    const isFirst = before === undefined;
    // What an export that begins later does not hold cannot be compared.
    if (isFirst && found.first <= from.n) return undefined;
    const follows = isFirst
      ? found.first === 1 && found.previous === NO_HASH
      : found.first === before.last + 1 && found.previous === before.head && day > before.day;
    // The line of the day before may be among those that were lost.
    if (!follows && !(isFirst && from.n > 0) && !isLost(days.at(-2)?.n ?? 0, at))
      return swapped ? { kind: "days-swapped", n: found.first, ...swapped } : { kind: "day-out-of-order", n: at, day };
    if (found.last >= at || (hashAt(found.last) !== found.head && !isLost(found.last - 1, found.last)))
      return { kind: "day-rewritten", n: found.first, upTo: found.last, day };
    return undefined;
  };
  const heldFlaw = ({ head: { first, last, day, head: hash }, by }: HeldHead): LogFlaw | undefined => {
    if (last > n) return { kind: "cut-off", n: n + 1, upTo: last, day, held: by };
    if (last <= from.n || hashAt(last) === hash || isLost(last - 1, last)) return undefined;
    return { kind: "day-rewritten", n: Math.max(first, from.n + 1), upTo: last, day, held: by };
  };
  const bookFlaw = (book: readonly DayRow[]): LogFlaw | undefined => {
    const rows = new Map<LocalDate, DayRow>(book.map((row) => [row.date, row]));
    const isSame = (row: DayRow | undefined, at: number, { day, first, last, head: hash }: DayHead) =>
      row?.date === day && row.n === at && row.first === first && row.last === last && row.head === hash;
    const lost = days.find((one) => !isSame(rows.get(one.head.day), one.n, one.head));
    const taken = lost && days.find(({ head: one }) => one.head === rows.get(lost.head.day)?.head);
    if (lost && taken && taken !== lost && rows.get(taken.head.day)?.head === lost.head.head)
      return { kind: "days-swapped", n: lost.n, day: lost.head.day, with: taken.head.day, inBook: true };
    if (lost) return { kind: "day-removed", n: lost.n, day: lost.head.day };
    const told = new Set(days.map((one) => one.head.day));
    const cut = book.find((row) => !told.has(row.date));
    return cut && { kind: "cut-off", n: n + 1, upTo: cut.n, day: cut.date };
  };

  return {
    step(line) {
      const flaw = chainFlaw(line);
      if (flaw) return flaw;
      ({ n, hash: head } = line);
      wanted.delete(head);
      return dayFlaw(line);
    },
    end(book) {
      const last = days.at(-1);
      const inBook = book && bookFlaw(book);
      if (inBook) return inBook;
      if (last && witness.isOurs?.(last.seal) === false) return { kind: "day-unsigned", n: last.n, day: last.head.day };
      const flaws = (witness.held ?? []).flatMap((one) => heldFlaw(one) ?? []);
      const [unknown] = wanted;
      return (
        flaws.sort((one, other) => one.n - other.n)[0] ??
        (unknown === undefined ? undefined : { kind: "head-unknown", n: n + 1, head: unknown })
      );
    },
    result: (flaw) => ({
      ...{ ok: flaw === undefined, lines: n - from.n - gaps.reduce((sum, gap) => sum + sizeOf(gap), 0) },
      ...{ days: days.length, head },
      ...gapsFound([...told.filter(({ last }) => last === undefined), ...gaps]),
      ...(flaw === undefined ? {} : { brokenAt: flaw.n, flaw }),
    }),
  };
}
