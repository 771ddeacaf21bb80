/**
 * Coordinates as people paste them. Pure.
 *
 * @module
 */
import type { Receiver } from "../../../domain/receiver.js";

/** Latitude first, in decimal degrees, with a comma or a space between; `undefined` for anything else. */
export function positionIn(text: string): Receiver["position"] {
  const found = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(text);
  if (!found) return undefined;
  const [latitude, longitude] = [Number(found[1]), Number(found[2])];
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : undefined;
}
