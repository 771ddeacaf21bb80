/**
 * What a decision makes of the limits of places, told before anybody takes it.
 *
 * @module
 */
import type { Words } from "../base/errors.js";
import { type Airtime, airtimeOn, LIMITS, type Lifting, type Limit } from "./airtime.js";
import type { DatedRaise } from "./airtime-raise.js";
import { existsOn } from "./area.js";
import { addDays } from "./calendar.js";
import type { AreaId } from "./ids.js";
import type { LocalDate } from "./local-time.js";
import { type PlaceSource, placeOf } from "./place.js";

/** Limits of a day; what does not limit is left out. */
export type Limits = Partial<Record<Limit, number>>;

/** Places whose limits become others, all in the same way. */
export interface LimitChange {
  readonly areas: readonly AreaId[];
  readonly before: Limits;
  readonly after: Limits;
  readonly words: Words;
}

/** What is decided now, what would be, and where and when that is asked. */
export interface LimitQuestion {
  readonly present: PlaceSource & Lifting;
  readonly raises: readonly DatedRaise[];
  /** With everything below it. */
  readonly area: AreaId;
  readonly day: LocalDate;
}

/** A place whose limits become others. */
export interface ChangedPlace {
  readonly id: AreaId;
  readonly before: Limits;
  readonly after: Limits;
}

/**
 * Looks at one place after the other, in the order of the tree of areas, so that others may run in between: a city has hundreds, some
 * 50 µs each.
 *
 * @returns for each place what changes there, `undefined` where nothing does
 */
export function* compareLimits({ present, raises, area, day }: LimitQuestion): Generator<ChangedPlace | undefined> {
  for (const place of present.areas.values()) {
    // By the line that the planner goes by, too: a place of a ward that was merged gets what the other ward gets.
    const where = existsOn(place, day) ? placeOf(present, place.id, day) : undefined;
    if (!where?.areas.includes(area)) {
      yield undefined;
      continue;
    }
    const before = limitsOf(airtimeOn(where, present, day));
    const after = limitsOf(airtimeOn(where, { ...present, raises }, day));
    yield LIMITS.some((limit) => before[limit] !== after[limit]) ? { id: place.id, before, after } : undefined;
  }
}

/** The first day, and those on which a place, its policy, a level or a raise begins, or is no longer: on others nothing can differ. */
export function turningDays(
  { present: { areas, policies, declarations, raises: now }, raises }: Omit<LimitQuestion, "area" | "day">,
  { from, until }: Pick<DatedRaise, "from" | "until">,
): readonly LocalDate[] {
  const dated = [...policies, ...policies.flatMap((policy) => policy.raises), ...declarations, ...now, ...raises];
  const turns = [
    ...dated.flatMap((one) => [one.from, one.until && addDays(one.until, 1)]),
    // The last day of an area is not given, but the first on which it is no more.
    ...[...areas.values()].flatMap((one) => [one.from, one.until]),
  ];
  const within = turns.filter((day) => day !== undefined && day > from && day <= until) as LocalDate[];
  return [from, ...new Set(within)].toSorted();
}

/** Those that change in the same way together, with a sentence for each. */
export function limitChanges(changed: readonly ChangedPlace[], tree: PlaceSource["areas"]): readonly LimitChange[] {
  const found = new Map<string, { readonly areas: AreaId[]; readonly before: Limits; readonly after: Limits }>();
  for (const { id, before, after } of changed) {
    const key = JSON.stringify([before, after]);
    const group = found.get(key) ?? { areas: [], before, after };
    group.areas.push(id);
    found.set(key, group);
  }
  return [...found.values()].map((group) => ({ ...group, words: wordsOf(group, tree) }));
}

const limitsOf = (airtime: Airtime): Limits =>
  Object.fromEntries(LIMITS.flatMap((limit) => (airtime[limit] === undefined ? [] : [[limit, airtime[limit]]])));

const LIMIT_WORDS: Readonly<Record<Limit, Words>> = {
  sessionsPerDay: { vi: "buổi mỗi ngày", en: "sessions a day" },
  minutesPerSession: { vi: "phút mỗi buổi", en: "minutes a session" },
  minutesPerDay: { vi: "phút mỗi ngày", en: "minutes a day" },
};
/** Places that are named, at most. */
const NAMED = 3;

function wordsOf({ areas, before, after }: Omit<LimitChange, "words">, tree: PlaceSource["areas"]): Words {
  const names = areas.slice(0, NAMED).map((id) => tree.get(id)?.name ?? id);
  const more = areas.length - names.length;
  const where = {
    vi: names.join(", ") + (more > 0 ? ` và ${more} nơi khác` : ""),
    en: names.join(", ") + (more > 0 ? ` and ${more} more` : ""),
  };
  const differing = LIMITS.filter((limit) => before[limit] !== after[limit]);
  const told = (language: keyof Words) =>
    differing
      .map(
        (limit) =>
          `${LIMIT_WORDS[limit][language]} ${shown(before[limit], language)} → ${shown(after[limit], language)}`,
      )
      .join("; ");
  return { vi: `${where.vi}: ${told("vi")}`, en: `${where.en}: ${told("en")}` };
}

const shown = (limit: number | undefined, language: keyof Words): string =>
  language === "vi" ? String(limit ?? "–").replace(".", ",") : String(limit ?? "–");
