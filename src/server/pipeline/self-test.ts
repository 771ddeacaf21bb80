/**
 * Whether an ffmpeg can do all that the pipeline asks: it makes a clip of a tone, exactly as it would of an upload.
 *
 * @module
 */
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { wavFile } from "../../base/wav.js";
import { makeHouseSound, readFront, type Workshop } from "./house-sound.js";
import { CEILING_DB, TARGET_LUFS } from "./loudness.js";
import { RATE } from "./waveform.js";

/** Length of the tone. */
const SECONDS = 0.6;

/** @returns the program's version @throws when it cannot be started, lacks a part, or its clip is not what it should be */
export async function selfTest(shop: Workshop): Promise<string> {
  const version = await versionOf(shop);
  await writeFile(join(shop.folder, "in"), tone());
  const reading = { name: "self-test", mostSeconds: SECONDS + 1, trusted: false };
  const front = await readFront(shop, { demuxer: "wav", claimedSeconds: SECONDS }, reading);
  const { samples, measured } = await makeHouseSound(shop, front, { bitrate: 32, name: reading.name });
  const right =
    samples === SECONDS * RATE && Math.abs(measured.lufs - TARGET_LUFS) <= 1 && measured.peakDb <= CEILING_DB;
  if (!right) throw new Error(`a tone became ${samples} samples, ${measured.lufs} LUFS, ${measured.peakDb} dB`);
  return version;
}

async function versionOf({ ffmpeg, folder, signal }: Workshop): Promise<string> {
  const { stdout } = await promisify(execFile)(ffmpeg, ["-version"], { cwd: folder, signal });
  const version = /^ffmpeg version (\S+)/.exec(stdout)?.[1];
  if (version === undefined) throw new Error("not ffmpeg");
  return version;
}

/** A WAV file with a 1 kHz tone. */
function tone(): Uint8Array {
  const wave = (_: unknown, index: number) => Math.round(8_000 * Math.sin((2 * Math.PI * 1_000 * index) / RATE));
  return wavFile(Int16Array.from({ length: SECONDS * RATE }, wave), RATE);
}
