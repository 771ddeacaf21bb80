/**
 * The rundown of the coming days, kept fresh. Planning takes its time elsewhere; until it is done, the last rundown holds.
 *
 * @module
 */
import type { Clock } from "../../base/clock.js";
import { reasonOf } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import { type Epoch, type Instant, until } from "../../base/units.js";
import { addDays, daysBetween } from "../../domain/calendar.js";
import type { LocalDate } from "../../domain/local-time.js";
import type { PlanInput, Rundown } from "../../domain/rundown.js";
import type { Days } from "./days.js";
import { planMatter, printOf } from "./plan-matter.js";
import type { Planner } from "./ports.js";

/** From midnight today this many days are planned: receivers then hold at least seven whole days at any hour. */
const DAYS = 8;
/** Looking back over a time in which the station was down, at most. */
const DAYS_BACK = 7;
/**
 * A plan that an edit has overtaken while it was made is thrown away, for the next one is under way. When edits come so fast
 * that none is in time for this long, an overtaken one is taken: it is nearer to the truth than the one before.
 */
const OVERTAKEN_MS = 5_000;
/** What could not be planned is tried again after this time, or after the next edit. */
const RETRY_MS = 30_000;

export interface TimetableParts {
  readonly zone: string;
  readonly days: Days;
  readonly clock: Pick<Clock, "now">;
  readonly planner: Planner;
  /** Everything that is planned with, as it is at this moment. */
  readonly situation: () => Omit<PlanInput, "from" | "until" | "zone">;
  readonly digest: (text: string) => string;
  /** There is a new rundown. */
  readonly onPlanned: () => void;
  readonly log: Log;
}

export interface Timetable {
  /** The last finished rundown, from midnight of the day on which it was planned; undefined until there is one. */
  rundown(): Rundown | undefined;
  /** Whether an edit or a new day is not in the rundown yet. */
  isBehind(): boolean;
  /** What the station holds may have changed; the next {@link Timetable.refresh} looks at it. */
  invalidate(): void;
  /** Has it planned anew when it is behind: what was held when this is called is in the next rundown. Resolves when done. */
  refresh(): Promise<void>;
  /** Plans any span, without keeping it. @throws Fault as the planner does */
  between(from: LocalDate, days: number): Promise<Rundown>;
  /** The rundown from the day of that instant to the end of today, at most a week back. @throws Fault as the planner does */
  since(instant: Epoch): Promise<Rundown>;
  /** Nothing is planned any more. */
  close(): void;
}

/** A plan that is wanted. */
interface Wanted {
  readonly input: PlanInput;
  /** Of the input. */
  readonly print: string;
  /** The day on which it begins. */
  readonly day: LocalDate;
  /** How many edits it knows. */
  readonly edits: number;
}

/** A plan that is made. */
interface Finished extends Omit<Wanted, "input"> {
  readonly rundown: Rundown;
}

export function createTimetable(parts: TimetableParts): Timetable {
  const { zone, days, clock, planner, situation, digest, onPlanned, log } = parts;
  let edits = 0;
  let finished: Finished | undefined;
  /** Since when the rundown has been behind. */
  let behindSince: Instant = clock.now();
  let failed: { readonly print: string; readonly at: Instant } | undefined;
  let working: Promise<void> | undefined;
  let isClosed = false;

  const inputFor = (span: { readonly from: Epoch; readonly until: Epoch }): PlanInput =>
    planMatter({ ...situation(), zone, ...span });
  const wanted = (): Wanted => {
    const day = days.today();
    const input = inputFor(days.span(day, DAYS));
    return { day, edits, input, print: printOf(input, digest) };
  };
  const isBehind = () => finished?.edits !== edits || finished.day !== days.today();
  const waited = (since: Instant) => until(since, clock.now());

  const make = async ({ input, print, day, edits: known }: Wanted): Promise<void> => {
    const begun = clock.now();
    const rundown = await planner.plan(input).catch((thrown: unknown) => {
      if (!isClosed) log.error("plan.failed", { reason: reasonOf(thrown), thrown });
      failed = { print, at: clock.now() };
    });
    if (!rundown || isClosed) return;
    const isOvertaken = known !== edits && wanted().print !== print;
    if (isOvertaken && waited(behindSince) < OVERTAKEN_MS) return;
    finished = { print, day, edits: known, rundown };
    behindSince = begun;
    onPlanned();
  };
  const work = async () => {
    while (isBehind() && !isClosed) {
      const next = wanted();
      if (finished?.print === next.print) {
        finished = { ...next, rundown: finished.rundown };
        break;
      }
      if (failed?.print === next.print && waited(failed.at) < RETRY_MS) break;
      await make(next);
    }
    working = undefined;
  };

  return {
    rundown: () => finished?.rundown,
    isBehind,
    invalidate() {
      if (!isBehind()) behindSince = clock.now();
      edits += 1;
    },
    refresh() {
      if (isBehind() && !isClosed) working ??= Promise.resolve().then(work);
      return working ?? Promise.resolve();
    },
    async between(from, count) {
      const span = days.span(from, count);
      const isKept =
        finished && !isBehind() && finished.rundown.from <= span.from && span.until <= finished.rundown.until;
      return finished && isKept ? partOf(finished.rundown, span) : planner.plan(inputFor(span));
    },
    since(instant) {
      const today = days.today();
      const back = Math.min(DAYS_BACK, Math.max(0, daysBetween(days.dayOf(instant), today)));
      return planner.plan(inputFor(days.span(addDays(today, -back), back + 1)));
    },
    close() {
      isClosed = true;
    },
  };
}

/** What a plan of that span alone would hold: a plan looks over both ends of its span. */
const partOf = (
  { lines }: Rundown,
  { from, until: end }: { readonly from: Epoch; readonly until: Epoch },
): Rundown => ({
  from,
  until: end,
  lines: lines.filter(
    (line) => line.planned < end && (line.planned >= from || (line.fate !== "dropped" && line.end > from)),
  ),
});
