/**
 * How loud a sound may be. Volume belongs to the sound, not to the loudspeaker: it is worked out anew for each from what is
 * configured, so that nothing is ever «left loud» behind an emergency or a restart.
 *
 * @module
 */
import { type Micros, toEpoch } from "../base/units.js";
import type { Class } from "../domain/class.js";
import type { Place } from "../domain/place.js";
import { volumeCeiling } from "../domain/policy-rules.js";

/**
 * Percent that nothing but an emergency exceeds after a start until the station has confirmed what is configured. What is on
 * this disk may be weeks old, and half of full scale (−6 dB) is still understood below the pole.
 */
export const SAFE_VOLUME = 50;

export interface LoudnessQuery {
  readonly of: Class;
  /** Percent. */
  readonly configured: number;
  /** The station has confirmed `configured` since this program began. */
  readonly confirmed: boolean;
  readonly place: Place;
  /** When it is heard. */
  readonly at: Micros;
}

/** Percent of full scale. An emergency is as loud as the place allows for emergencies, however low the knob is set. */
export function loudness({ of, configured, confirmed, place, at }: LoudnessQuery): number {
  const ceiling = volumeCeiling(place, toEpoch(at), of);
  if (of === "emergency") return ceiling;
  return Math.min(configured, ceiling, confirmed ? 100 : SAFE_VOLUME);
}
