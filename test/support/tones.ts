import { wavFile } from "../../src/base/wav.js";

const RATE = 48_000;

/** A WAV file of `seconds` of 16-bit mono samples; `sample` gives each, −1 to 1, by its time in seconds. */
export function wavOf(seconds: number, sample: (time: number) => number): Uint8Array {
  const at = (_: unknown, index: number) => Math.round(32_000 * Math.max(-1, Math.min(1, sample(index / RATE))));
  return wavFile(Int16Array.from({ length: Math.round(seconds * RATE) }, at), RATE);
}

/** A steady tone. */
export const tone = (seconds: number, hz: number): Uint8Array =>
  wavOf(seconds, (time) => 0.5 * Math.sin(2 * Math.PI * hz * time));

/** A tone that rises from `hz` by `perSecond` each second: its pitch tells the position in the recording. */
export const rising = (seconds: number, hz: number, perSecond: number): Uint8Array =>
  wavOf(seconds, (time) => 0.5 * Math.sin(2 * Math.PI * (hz * time + (perSecond * time * time) / 2)));

/** The pitch of a stretch, counted by its rises through zero. */
export function pitch(samples: Int16Array): number {
  let first = -1;
  let last = -1;
  let rises = 0;
  for (let index = 1; index < samples.length; index++) {
    const before = samples[index - 1] ?? 0;
    const now = samples[index] ?? 0;
    if (before >= 0 || now < 0) continue;
    // Between two samples the line crosses zero where their heights say.
    const at = index - 1 + before / (before - now);
    if (first < 0) first = at;
    else rises += 1;
    last = at;
  }
  return rises === 0 ? 0 : (rises * RATE) / (last - first);
}
