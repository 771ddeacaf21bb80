/**
 * Days of the station's calendar as spans of time.
 *
 * @module
 */
import type { Epoch } from "../../base/units.js";
import { addDays } from "../../domain/calendar.js";
import type { LocalDate } from "../../domain/local-time.js";
import { zoneOf } from "../../domain/zone.js";

export interface Days {
  today(): LocalDate;
  dayOf(instant: Epoch): LocalDate;
  /** From the first midnight to the last. */
  span(from: LocalDate, days: number): { readonly from: Epoch; readonly until: Epoch };
}

/** @throws Fault "invalid" when the zone is unknown */
export function createDays(zoneName: string, now: () => Epoch): Days {
  const zone = zoneOf(zoneName);
  const dayOf = (instant: Epoch) => zone.toLocal(instant).date;
  return {
    today: () => dayOf(now()),
    dayOf,
    span: (from, days) => ({ from: zone.toEpoch(from, 0), until: zone.toEpoch(addDays(from, days), 0) }),
  };
}
