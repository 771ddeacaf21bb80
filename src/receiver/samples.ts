/**
 * The receiver's timeline: samples at 48 kHz, counted from the Unix epoch on the server clock. Whole numbers, so that two
 * loudspeakers which agree on the clock agree on every sample.
 *
 * @module
 */
import { type Micros, micros } from "../base/units.js";

/** Samples in a second. */
export const RATE = 48_000;

/** The sample heard at an instant, to the nearest. */
export const sampleAt = (time: number): number => Math.round(time * 0.048);

/** The instant at which a sample is heard, to the nearest microsecond. */
export const microsOf = (sample: number): Micros => micros(sample / 0.048);

/** How many samples a length has, to the nearest. */
export const samplesIn = (lengthMs: number): number => Math.round(lengthMs * 48);

/** The length of so many samples, milliseconds. */
export const msOf = (samples: number): number => samples / 48;
