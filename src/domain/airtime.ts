/**
 * What a place allows on a day once the response level in force and dated raises are counted in.
 *
 * @module
 */
import type { AlertLevel, Declaration } from "./alert-level.js";
import type { LocalDate, TimeRange } from "./local-time.js";
import { type Place, policyOn } from "./place.js";

/** The allowances of one day. A limit that is left out does not limit. */
export interface Airtime {
  readonly level?: AlertLevel | undefined;
  readonly windows?: readonly TimeRange[] | undefined;
  readonly weekdays: readonly number[];
  readonly golden: readonly TimeRange[];
  readonly sessionsPerDay?: number | undefined;
  readonly minutesPerSession?: number | undefined;
  readonly minutesPerDay?: number | undefined;
}

/** The levels of a station and where they are declared. */
export interface Levels {
  readonly levels: readonly AlertLevel[];
  readonly declarations: readonly Declaration[];
}

/** The three allowances that a raise or a level may lift. */
const LIMITS = ["sessionsPerDay", "minutesPerSession", "minutesPerDay"] as const;

/**
 * The level in force at a place on a day: of those declared for one of its areas the most serious, and of equals the one
 * declared nearest. There is one at a time: a graver level takes the place of a lighter one with all its schedules.
 */
export function levelOn(place: Place, { levels, declarations }: Levels, day: LocalDate): AlertLevel | undefined {
  let best: AlertLevel | undefined;
  for (const area of place.areas)
    for (const declaration of declarations) {
      if (declaration.area !== area || day < declaration.from || day > declaration.until) continue;
      const level = levels.find((one) => one.name === declaration.level);
      if (level && (!best || level.rank > best.rank)) best = level;
    }
  return best;
}

/** The allowances of the place on that day. Raises and levels lift limits and never lower them; the windows of a level replace those of the policy. */
export function airtimeOn(place: Place, levels: Levels, day: LocalDate): Airtime {
  const policy = policyOn(place, day);
  const level = levelOn(place, levels, day);
  const lifts = [
    ...policy.raises.filter((raise) => raise.from <= day && raise.until >= day),
    ...(level ? [level] : []),
  ];
  const limits = LIMITS.map(
    (limit) =>
      [
        limit,
        lifted(
          policy[limit],
          lifts.map((lift) => lift[limit]),
        ),
      ] as const,
  );
  return {
    level,
    windows: level?.windows ?? policy.windows,
    weekdays: policy.weekdays,
    golden: policy.golden,
    ...Object.fromEntries(limits),
  };
}

const lifted = (limit: number | undefined, lifts: readonly (number | undefined)[]): number | undefined =>
  limit === undefined ? undefined : Math.max(limit, ...lifts.map((lift) => lift ?? 0));
