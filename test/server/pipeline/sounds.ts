import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import installer from "@ffmpeg-installer/ffmpeg";
import { wavHeader } from "../../../src/base/wav.js";

const RATE = 48_000;

/** The ffmpeg that came with this program: tests must not depend on the machine's. */
export const BUNDLED = installer.path;

/** Sound like speech to a meter: a buzz of falling harmonics in syllables with short pauses; always the same. */
export function voice(seconds: number, level = 0.3): Int16Array {
  return Int16Array.from({ length: Math.round(seconds * RATE) }, (_, i) => {
    const time = i / RATE;
    const syllable = Math.max(0, Math.sin(2 * Math.PI * 3.5 * time)) ** 0.5 * (time % 2 < 1.7 ? 1 : 0);
    const pitch = 120 + 20 * Math.sin(2 * Math.PI * 0.4 * time);
    const buzz = [1, 2, 3, 5, 8, 13].reduce((sum, n) => sum + Math.sin(2 * Math.PI * pitch * n * time) / n, 0);
    return Math.round(32_767 * level * 0.5 * syllable * buzz);
  });
}

export const sine = (seconds: number, level = 0.25, hz = 440): Int16Array =>
  Int16Array.from({ length: Math.round(seconds * RATE) }, (_, i) =>
    Math.round(32_767 * level * Math.sin((2 * Math.PI * hz * i) / RATE)),
  );

/** A bell: struck, then dying away. */
export const chime = (seconds: number): Int16Array =>
  sine(seconds, 0.5, 880).map((sample, i) => Math.round(sample * Math.exp((-4 * i) / RATE)));

export const silence = (seconds: number): Int16Array => new Int16Array(Math.round(seconds * RATE));

export const joined = (...parts: Int16Array[]): Int16Array => Int16Array.from(parts.flatMap((part) => [...part]));

/** A mono WAV file; `claim` bytes of sound in its header, whatever there is. */
export function wav(samples: Int16Array, claim = samples.byteLength): Buffer {
  const sound = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  return Buffer.concat([wavHeader(claim, RATE), sound]);
}

/** Writes `samples` to `file` in the format that its ending says; options go before the file. */
export async function encode(samples: Int16Array, file: string, options: readonly string[] = []): Promise<string> {
  const source = `${file}.source`;
  await writeFile(source, wav(samples));
  await promisify(execFile)(BUNDLED, ["-v", "error", "-y", "-i", source, ...options, file]);
  return file;
}

/** Loudness and true peak by a meter that the pipeline has no part in but the program it runs. */
export async function meter(file: string): Promise<{ lufs: number; peakDb: number }> {
  const filter = ["-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-"];
  const { stderr } = await promisify(execFile)(BUNDLED, ["-nostats", "-i", file, ...filter]);
  return {
    lufs: Number(/I:\s+(\S+) LUFS/.exec(stderr.slice(stderr.lastIndexOf("Summary")))?.[1]),
    peakDb: Number(/Peak:\s+(\S+) dBFS/.exec(stderr)?.[1]),
  };
}
