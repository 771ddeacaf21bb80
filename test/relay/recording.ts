import { readFileSync } from "node:fs";

/** The samples of a 16-bit mono WAV file, even while it is still being written. */
export function readRecording(file: string): Int16Array {
  const bytes = readFileSync(file);
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32LE(at + 4);
    if (bytes.toString("latin1", at, at + 4) === "data") {
      const count = Math.floor((Math.min(bytes.length, at + 8 + size) - at - 8) / 2);
      return Int16Array.from({ length: count }, (_, index) => bytes.readInt16LE(at + 8 + index * 2));
    }
    at += 8 + size + (size & 1);
  }
  throw new Error(`${file} has no data`);
}

/** Root mean square of a stretch, of full scale 1. */
export function loudness(samples: Int16Array, from = 0, to = samples.length): number {
  const part = samples.subarray(from, to);
  return Math.sqrt(part.reduce((sum, sample) => sum + (sample / 32_768) ** 2, 0) / Math.max(1, part.length));
}

/** Index of the first sample that is louder than a hundredth of full scale; -1 when all is silent. */
export const firstSound = (samples: Int16Array): number => samples.findIndex((sample) => Math.abs(sample) > 328);

/** By how many samples `b` comes after `a`: where `length` samples of `a` from `at` on match it best, within `± reach`. */
export function lag(
  a: Int16Array,
  b: Int16Array,
  { at, length, reach }: Record<"at" | "length" | "reach", number>,
): number {
  let best = { shift: 0, score: -Infinity };
  for (let shift = -reach; shift <= reach; shift++) {
    let [sum, energy] = [0, 1];
    for (let index = at; index < at + length; index++) {
      const other = b[index + shift] ?? 0;
      sum += (a[index] ?? 0) * other;
      energy += other * other;
    }
    const score = sum / Math.sqrt(energy);
    if (score > best.score) best = { shift, score };
  }
  return best.shift;
}
