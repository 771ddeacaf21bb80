/**
 * What the signer is told of a station, and where it is.
 *
 * @module
 */
import { resolve } from "node:path";
import { type Clock, systemClock } from "../base/clock.js";
import { hours } from "../base/units.js";
import { placeOf } from "../domain/place.js";
import { zoneOf } from "../domain/zone.js";
import type { Station, StationRules } from "./config.js";
import type { SignerParts } from "./trust/signer.js";
import { connectSigner } from "./trust/signer-door.js";
import type { SignerOptions } from "./trust/signer-messages.js";

/** How long the former order key is still believed: time for loudspeakers that are away to come back. */
const KEY_OVERLAP = hours(30 * 24);

/** The signer of a station: a program that the server starts, or one that the machine has started as another user. */
export function signerOf(station: Station, clock: Pick<Clock, "date">): Pick<SignerParts, "options" | "start"> {
  const { paths, folder, settings } = station;
  const { orderKey, formerOrderKey, signer } = settings.trust;
  const path = (name: string | undefined) => (name === undefined ? undefined : resolve(folder, name));
  const options = {
    ...signerOptionsOf(station, paths.keys, clock),
    keyFile: path(orderKey),
    formerKeyFile: path(formerOrderKey),
  };
  return signer === undefined ? { options } : { options, start: connectSigner(resolve(folder, signer)) };
}

/** @param keys the folder that holds the keys */
export function signerOptionsOf(
  { settings: { zone }, policies, areas }: StationRules,
  keys: string,
  clock: Pick<Clock, "date">,
): SignerOptions {
  const date = zoneOf(zone).toLocal(clock.date()).date;
  /** Every area that has rules of its own, and the roots, for those that have none. */
  const roots = [...areas.values()].filter(({ parent }) => parent === undefined).map(({ id }) => id);
  const ruled = new Set([...roots, ...policies.map(({ area }) => area)]);
  return {
    folder: keys,
    places: [...ruled].map((area) => placeOf({ zone, areas, policies }, area, date)),
    overlapUs: KEY_OVERLAP * 1000,
    clockOffsetUs: Math.round((clock.date() - systemClock.date()) * 1000),
  };
}
