/**
 * Keeps a loudspeaker in step with the timeline: how the next block of the output is to be taken from it.
 *
 * @module
 */
import { samplesIn } from "./samples.js";

/** An error beyond this is not stretched away but jumped over, samples: 50 ms are heard as an echo. */
const SEEK_BEYOND = samplesIn(50);
/** At most one sample in so many is dropped or doubled: 0.5 %, which nobody hears in speech. */
const ONE_IN = 200;

export interface Step {
  /** First sample of the timeline to take. */
  readonly from: number;
  /** Samples of the timeline that become the block: `count`, or a few more or less. */
  readonly take: number;
  /** The timeline jumped. */
  readonly seek: boolean;
}

export interface StepQuery {
  /** Where the last block ended; `undefined` at the start. */
  readonly next: number | undefined;
  /** Where the block should begin, by the clock. */
  readonly wanted: number;
  /** Samples of the block. */
  readonly count: number;
  /** Nothing sounds: a jump is not heard. */
  readonly silent: boolean;
}

/** Plans one block. */
export function planStep({ next, wanted, count, silent }: StepQuery): Step {
  if (next === undefined) return { from: wanted, take: count, seek: true };
  const error = wanted - next;
  // Measurements wobble by a sample; only a real error is followed.
  if (Math.abs(error) <= 1) return { from: next, take: count, seek: false };
  if (Math.abs(error) > SEEK_BEYOND) return { from: wanted, take: count, seek: true };
  // In silence an early position can be caught up at once; going back could play the last samples twice.
  if (silent && error > 0) return { from: wanted, take: count, seek: false };
  const most = Math.floor(count / ONE_IN);
  const change = Math.max(-most, Math.min(most, error));
  return { from: next, take: count + change, seek: false };
}

/** Fits `source` into `target` by leaving out, or doubling, single samples at even distances. */
export function stretch(source: Float32Array, target: Float32Array): void {
  const ratio = source.length / target.length;
  for (let index = 0; index < target.length; index++)
    target[index] = source[Math.min(source.length - 1, Math.floor((index + 0.5) * ratio))] ?? 0;
}
