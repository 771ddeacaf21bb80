/**
 * Work that is done once a day at an hour of the wall clock.
 *
 * @module
 */
import { type Epoch, epoch } from "../base/units.js";
import { type LocalTime, secondsOf } from "./local-time.js";
import type { Zone } from "./zone.js";

const HALF_A_DAY_MS = 43_200_000;

/** The last time that the clock on the wall showed `time`, now included. */
export function lastDaily(zone: Zone, time: LocalTime, now: Epoch): Epoch {
  const { date } = zone.toLocal(now);
  const today = zone.toEpoch(date, secondsOf(time));
  if (today <= now) return today;
  // Noon of the day before, however long a day is.
  const yesterday = zone.toLocal(epoch(zone.toEpoch(date, 0) - HALF_A_DAY_MS)).date;
  return zone.toEpoch(yesterday, secondsOf(time));
}
