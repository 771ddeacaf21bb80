/**
 * What a place allows on a day once the response level in force and dated raises are counted in.
 *
 * @module
 */
import type { DatedRaise } from "./airtime-raise.js";
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

/** What may lift the limits of a station's policies: its levels with where they are declared, and raises of airtime. */
export interface Lifting {
  readonly levels: readonly AlertLevel[];
  readonly declarations: readonly Declaration[];
  readonly raises: readonly DatedRaise[];
}

/** The three allowances that a raise or a level may lift. */
export const LIMITS = ["sessionsPerDay", "minutesPerSession", "minutesPerDay"] as const;
export type Limit = (typeof LIMITS)[number];
/** An allowance of a day that holds all its sounding. */
const MINUTES_OF_A_DAY = 1440;

/**
 * The level in force at a place on a day: of those declared for one of its areas the most serious, and of equals the one
 * declared nearest. There is one at a time: a graver level takes the place of a lighter one with all its schedules.
 */
export function levelOn(
  place: Place,
  { levels, declarations }: Pick<Lifting, "levels" | "declarations">,
  day: LocalDate,
): AlertLevel | undefined {
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
export function airtimeOn(place: Place, lifting: Lifting, day: LocalDate): Airtime {
  const policy = policyOn(place, day);
  const level = levelOn(place, lifting, day);
  const isOn = ({ from, until }: Pick<DatedRaise, "from" | "until">) => from <= day && until >= day;
  const lifts: readonly Lift[] = [
    ...policy.raises.filter(isOn),
    ...lifting.raises.filter((raise) => place.areas.includes(raise.area) && isOn(raise)),
    ...(level ? [level] : []),
  ];
  return {
    level,
    windows: level?.windows ?? policy.windows,
    weekdays: policy.weekdays,
    golden: policy.golden,
    ...Object.fromEntries(LIMITS.map((limit) => [limit, lifted(limit, policy[limit], lifts)])),
  };
}

type Lift = Pick<DatedRaise, Limit | "factor">;

function lifted(limit: Limit, allowed: number | undefined, lifts: readonly Lift[]): number | undefined {
  if (allowed === undefined) return undefined;
  return Math.max(allowed, ...lifts.map((lift) => Math.max(lift[limit] ?? 0, multiplied(limit, allowed, lift))));
}

/** A factor is about minutes: two sessions of twice the length, not four of them. */
function multiplied(limit: Limit, allowed: number, { factor = 1 }: Lift): number {
  if (limit === "sessionsPerDay") return allowed;
  // To a hundredth of a minute, so that limits stay numbers that people write.
  return Math.min(MINUTES_OF_A_DAY, Math.round(allowed * factor * 100) / 100);
}
