/**
 * What a virtual loudspeaker has sounded, and when: by the time that it believed in, and by the clock of the machine.
 *
 * @module
 */
import { existsSync, readFileSync } from "node:fs";
import { pitch } from "../support/tones.js";
import { lagOf, onset, readWav, rms } from "../support/wav.js";
import { monotonicMs } from "./child.js";

const PER_MS = 48;

export interface Recording {
  readonly samples: Int16Array;
  /** Civil time at which the receiver believed a sample to be heard, ms. */
  believed(sample: number): number;
  /** Civil time of the machine at which it was, ms. */
  real(sample: number): number;
  sampleAt(realMs: number): number;
}

/** @throws Error when the recorder began a second file, for then the count of samples says nothing about the clock */
export function readRecording(file: string, origin: number): Recording {
  if (existsSync(file.replace(/\.wav$/, ".previous.wav"))) throw new Error(`${file}: began anew`);
  const { samples } = readWav(file);
  const { marks } = JSON.parse(readFileSync(`${file}.json`, "utf8")) as { marks: [sample: number, atUs: number][] };
  const began = origin + civilLead();
  return {
    samples,
    believed(sample) {
      const [from = 0, at = 0] = marks.findLast(([start]) => start <= sample) ?? [];
      return at / 1000 + (sample - from) / PER_MS;
    },
    real: (sample) => began + sample / PER_MS,
    sampleAt: (realMs) => Math.round((realMs - began) * PER_MS),
  };
}

/** By how much civil time is ahead of the monotonic clock, ms. The date comes in whole milliseconds, cut off. */
function civilLead(): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let turn = 0; turn < 20_000; turn++) most = Math.max(most, Date.now() - monotonicMs());
  return most;
}

/** Where a clip is looked for around its hour, ms. */
const BEFORE = 500;
const AFTER = 1500;
const COMPARED = 9600;

/** The sample at which a clip begins, found by its waveform; `undefined` when it did not sound near `aroundMs` (real time). */
export function beginningOf({ samples, sampleAt }: Recording, clip: Int16Array, aroundMs: number): number | undefined {
  const from = Math.max(0, sampleAt(aroundMs - BEFORE));
  const there = onset(samples.subarray(from, sampleAt(aroundMs + AFTER)), 0.02);
  if (there < 0) return undefined;
  const coarse = from + there - onset(clip, 0.02);
  const heard = samples.subarray(Math.max(0, coarse));
  return coarse + lagOf(clip, heard, { at: 480, length: COMPARED, reach: 240 });
}

/** Step in which pitch and silence are looked for, samples, and the stretch that is looked at. */
const STEP = 240;
const LOOKED_AT = 480;

/** Real time at which a tone of `hz` is first heard from `fromMs` on, within three seconds; `undefined` when it is not. */
export function toneFrom({ samples, sampleAt, real }: Recording, fromMs: number, hz: number): number | undefined {
  return firstWhere(sampleAt(fromMs), 3000, (from) => {
    const piece = samples.subarray(from, from + LOOKED_AT);
    return rms(piece) > 0.01 && Math.abs(pitch(piece) - hz) < 100 ? real(from) : undefined;
  });
}

/**
 * Real time from which on nothing is heard for half a second; `undefined` when nothing sounded at `fromMs`, or something
 * goes on for three seconds.
 */
export function silenceFrom({ samples, sampleAt, real }: Recording, fromMs: number): number | undefined {
  if (rms(samples, sampleAt(fromMs - 100), sampleAt(fromMs)) < 0.01) return undefined;
  return firstWhere(sampleAt(fromMs), 3000, (from) =>
    rms(samples, from, from + 500 * PER_MS) < 0.0005 ? real(from) : undefined,
  );
}

function firstWhere<T>(from: number, lengthMs: number, look: (sample: number) => T | undefined): T | undefined {
  for (let sample = from; sample < from + lengthMs * PER_MS; sample += STEP) {
    const found = look(sample);
    if (found !== undefined) return found;
  }
  return undefined;
}
