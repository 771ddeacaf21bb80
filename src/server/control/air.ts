/**
 * What a person makes happen now: playing at once, and stopping.
 *
 * @module
 */
import { createPlayNow, type PlayNowParts } from "./play-now.js";
import { createStop, type StopParts } from "./stopping.js";

export type AirParts = PlayNowParts & StopParts;

export const createAirVerbs = (parts: AirParts) => ({ playNow: createPlayNow(parts), stop: createStop(parts) });
