/**
 * Makes the chimes of the sample station. Run by hand after a change, and commit what it writes:
 *
 *     npx tsx test/support/make-chimes.ts audio/library
 *
 * Every sound is computed here from sines, so the files belong to the project alone (CC0, see audio/library/README.md).
 *
 * @module
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { wavFile } from "../../src/base/wav.js";

/** Samples a second. Bells hold nothing above 5 kHz that matters, so half the house rate keeps the files small. */
const RATE = 24_000;

/** One struck or sustained tone. Times in seconds, frequency in Hz, level 0 to 1. */
interface Tone {
  readonly at: number;
  readonly hz: number;
  readonly seconds: number;
  readonly level: number;
  /** Time in which a struck tone falls to 1/e; without it the tone holds its level. */
  readonly decay?: number;
}

/** Partials of a soft bell: multiple of the note, share of the level, share of the decay time. */
const BELL = [
  [1, 1, 1],
  [2, 0.35, 0.6],
  [2.756, 0.18, 0.35],
  [5.404, 0.06, 0.15],
] as const;

const bell = (at: number, hz: number, seconds: number): Tone[] =>
  BELL.map(([multiple, share, fall]) => ({ at, hz: hz * multiple, seconds, level: 0.45 * share, decay: 0.7 * fall }));

const siren = (at: number, hz: number): Tone[] => [
  { at, hz, seconds: 0.48, level: 0.5 },
  { at, hz: hz * 2, seconds: 0.48, level: 0.15 },
];

const [C5, E5, G5, C6] = [523.25, 659.26, 783.99, 1046.5];

/** What each file holds, and how long it is in seconds. */
const CHIMES: Record<string, { readonly seconds: number; readonly tones: readonly Tone[] }> = {
  "chime-open.wav": {
    seconds: 3.4,
    tones: [...bell(0, C5, 2), ...bell(0.45, E5, 2), ...bell(0.9, G5, 2), ...bell(1.35, C6, 2)],
  },
  "chime-close.wav": {
    seconds: 3.2,
    tones: [...bell(0, C6, 2), ...bell(0.5, G5, 2), ...bell(1, C5, 2.2)],
  },
  "chime-emergency.wav": {
    seconds: 4,
    tones: Array.from({ length: 8 }, (_, turn) => siren(turn * 0.5, turn % 2 === 0 ? 960 : 720)).flat(),
  },
  "test-pip.wav": {
    seconds: 1,
    tones: [0, 0.3, 0.6].map((at) => ({ at, hz: 1000, seconds: 0.12, level: 0.5 })),
  },
};

/** Adds a tone to the samples, with edges of 8 ms so that no loudspeaker clicks. */
function play(tone: Tone, samples: Float64Array): void {
  const start = Math.round(tone.at * RATE);
  const length = Math.min(Math.round(tone.seconds * RATE), samples.length - start);
  for (let i = 0; i < length; i++) {
    const edge = Math.min(1, i / (0.008 * RATE), (length - i) / (0.008 * RATE));
    const smooth = 0.5 - 0.5 * Math.cos(Math.PI * edge);
    const fall = tone.decay === undefined ? 1 : Math.exp(-i / (RATE * tone.decay));
    const wave = Math.sin((2 * Math.PI * tone.hz * i) / RATE);
    samples[start + i] = (samples[start + i] ?? 0) + tone.level * smooth * fall * wave;
  }
}

/** 16-bit mono WAV; the samples are scaled so that the loudest stands at -3 dBFS. */
function wav(samples: Float64Array): Uint8Array {
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  const scaled = Int16Array.from(samples, (sample) => Math.round((sample / loudest) * Math.SQRT1_2 * 32_767));
  return wavFile(scaled, RATE);
}

/** The chimes as WAV files, by name. */
export const chimes = (): Map<string, Uint8Array> =>
  new Map(
    Object.entries(CHIMES).map(([name, { seconds, tones }]) => {
      const samples = new Float64Array(Math.round(seconds * RATE));
      for (const tone of tones) play(tone, samples);
      return [name, wav(samples)];
    }),
  );

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const [name, bytes] of chimes()) await writeFile(join(process.argv[2] ?? ".", name), bytes);
}
