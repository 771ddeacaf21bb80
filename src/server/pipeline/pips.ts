/**
 * The pips by which loudspeakers are brought into step: short sweeps, which stand out of noise and echo when one knows them.
 *
 * @module
 */
import { PIPS_LENGTH_MS, PIPS_MS, type PipSide, TURN_MS } from "../../domain/alignment.js";
import type { Analytic } from "./fourier.js";

/** Length of a pip, ms: long enough to stand out of traffic, short enough not to run into its own echo for long. */
const LENGTH_MS = 120;
/** What every horn and every telephone carries, Hz. A telephone takes a steady tone for noise and removes it, but not a sweep. */
const LOW = 700;
const HIGH = 2_700;

/** One pip with its phase, at a rate. Rises for the reference, falls for the other. */
export function pip(side: PipSide, rate: number): Analytic {
  const count = Math.round((LENGTH_MS / 1000) * rate);
  const [from, to] = side === "reference" ? [LOW, HIGH] : [HIGH, LOW];
  const real = new Float64Array(count);
  const imaginary = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    const time = index / rate;
    const phase = 2 * Math.PI * (from * time + ((to - from) * time * time) / (2 * (LENGTH_MS / 1000)));
    const gain = 0.5 - 0.5 * Math.cos((2 * Math.PI * (index + 0.5)) / count);
    real[index] = gain * Math.cos(phase);
    imaginary[index] = gain * Math.sin(phase);
  }
  return { real, imaginary };
}

/** All that one loudspeaker sounds in a cue of pips, at a rate. */
export function pipsOf(side: PipSide, rate: number): Int16Array {
  const samples = new Int16Array(Math.round((PIPS_LENGTH_MS / 1000) * rate));
  const { real } = pip(side, rate);
  const turn = side === "reference" ? 0 : TURN_MS;
  for (const at of PIPS_MS) {
    const first = Math.round(((at + turn) / 1000) * rate);
    for (const [index, value] of real.entries()) samples[first + index] = Math.round(value * 16_000);
  }
  return samples;
}
