/**
 * Keeps a loudspeaker in step with the timeline: how the next block of the output is to be taken from it.
 *
 * @module
 */
import { samplesIn } from "./samples.js";

/** An error beyond this is not stretched away but jumped over, samples: 50 ms are heard as an echo. */
const SEEK_BEYOND = samplesIn(50);
/** At most one sample in so many more or less: 0.5 %, a twelfth of a semitone, which nobody hears. */
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

/**
 * Fits `source` into `target`, a little faster or slower. Leaving out or doubling whole samples would be heard in a pure tone as
 * a roughness, for each makes a step twice as steep as the sound; so what lies between the samples is taken, along a cubic
 * through the nearest four. Block follows block without a seam: the last position is one step before the next block's first.
 */
export function stretch(source: Float32Array, target: Float32Array): void {
  const ratio = source.length / target.length;
  const last = source.length - 1;
  for (let index = 0; index < target.length; index++) {
    const position = index * ratio;
    const whole = Math.floor(position);
    const part = position - whole;
    const b = source[whole] ?? 0;
    const a = source[Math.max(0, whole - 1)] ?? 0;
    const c = source[Math.min(last, whole + 1)] ?? 0;
    const d = source[Math.min(last, whole + 2)] ?? 0;
    const slope = c - a;
    const bend = 2 * a - 5 * b + 4 * c - d;
    const twist = 3 * (b - c) + d - a;
    target[index] = b + (part / 2) * (slope + part * (bend + part * twist));
  }
}
