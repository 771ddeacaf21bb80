import { readFileSync } from "node:fs";

/** A 16-bit mono WAV file. */
export interface Wav {
  readonly rate: number;
  readonly samples: Int16Array;
}

/** Reads what is there of a WAV file, even while it is still being written: of a path, or of the bytes themselves. */
export function readWav(source: string | Buffer): Wav {
  const bytes = typeof source === "string" ? readFileSync(source) : source;
  if (bytes.toString("latin1", 0, 4) !== "RIFF") throw new Error("no WAV file");
  let rate = 0;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const id = bytes.toString("latin1", at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    if (id === "fmt ") rate = bytes.readUInt32LE(at + 12);
    if (id === "data") {
      const end = Math.min(bytes.length, at + 8 + size);
      const count = Math.floor((end - at - 8) / 2);
      const samples = new Int16Array(count);
      for (let index = 0; index < count; index++) samples[index] = bytes.readInt16LE(at + 8 + index * 2);
      return { rate, samples };
    }
    at += 8 + size + (size & 1);
  }
  throw new Error("a WAV file without data");
}

/** Root mean square of a stretch, of full scale 1. */
export function rms(samples: Int16Array, from = 0, to = samples.length): number {
  let sum = 0;
  for (let index = Math.max(0, from); index < Math.min(to, samples.length); index++)
    sum += ((samples[index] ?? 0) / 32768) ** 2;
  return Math.sqrt(sum / Math.max(1, to - from));
}

/** Index of the first sample of the first stretch that is louder than `level` (of full scale 1); -1 when all is silent. */
export const onset = (samples: Int16Array, level = 0.01, from = 0): number =>
  samples.findIndex((sample, index) => index >= from && Math.abs(sample) > level * 32768);

/**
 * By how many samples `b` comes after `a`, found where they match best within `± reach` samples; looks at `length` samples
 * of `a` from `at` on.
 */
export function lagOf(
  a: Int16Array,
  b: Int16Array,
  { at, length, reach }: { at: number; length: number; reach: number },
): number {
  let best = { lag: 0, score: -Infinity };
  const energy = (samples: Int16Array, from: number) => Math.sqrt(length) * rms(samples, from, from + length) * 32768;
  const score = (lag: number) => {
    let sum = 0;
    for (let index = 0; index < length; index++) sum += (a[at + index] ?? 0) * (b[at + index + lag] ?? 0);
    return sum / (energy(a, at) * energy(b, at + lag) + 1);
  };
  for (let lag = -reach; lag <= reach; lag++) {
    const found = score(lag);
    if (found > best.score) best = { lag, score: found };
  }
  return best.lag;
}

/** What was heard from the server time `from` on for `length`, both in milliseconds. */
export function stretch(
  { samples, startedAt }: { samples: Int16Array; startedAt: number },
  from: number,
  length: number,
): Int16Array {
  const first = Math.round((from - startedAt) * 48);
  return samples.subarray(first, first + length * 48);
}
