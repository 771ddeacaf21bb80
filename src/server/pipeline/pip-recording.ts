/**
 * Pips as files: the clips that loudspeakers sound, and the recordings that people make of them.
 *
 * @module
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { seconds } from "../../base/units.js";
import { wavFile } from "../../base/wav.js";
import type { PipSide } from "../../domain/alignment.js";
import { runFfmpeg } from "./ffmpeg.js";
import { findPips, PIP_RATE, type PipSearch } from "./find-pips.js";
import type { Workshop } from "./house-sound.js";
import { pipsOf } from "./pips.js";
import { probe } from "./probe.js";
import { refuse } from "./refusals.js";
import { RATE } from "./waveform.js";

/** Longest recording of pips, seconds. */
const MOST_SECONDS = 120;
const LIMIT = seconds(60);

/** Writes what a loudspeaker sounds into a folder; returns the file. */
export async function writePips(side: PipSide, folder: string): Promise<string> {
  const file = join(folder, `${side}.wav`);
  await writeFile(file, wavFile(pipsOf(side, RATE), RATE), { mode: 0o600 });
  return file;
}

/**
 * Looks for pips in `in` of the workshop's folder, which people know as `name`.
 *
 * @throws Fault "invalid" when it is no sound, damaged, or longer than two minutes
 */
export async function searchRecording(shop: Workshop, file: string, name: string): Promise<PipSearch> {
  const { clock, folder, signal } = shop;
  const { demuxer } = await probe(file, name, { clock, mostSeconds: MOST_SECONDS });
  const pieces: Uint8Array[] = [];
  const { ok } = await runFfmpeg(
    shop.ffmpeg,
    {
      folder,
      inputOptions: [
        ...["-protocol_whitelist", "file,pipe", "-format_whitelist", demuxer],
        ...["-f", demuxer, "-t", String(MOST_SECONDS)],
      ],
      input: "in",
      outputOptions: [
        ...["-map", "0:a:0", "-vn", "-sn", "-dn", "-threads", "1"],
        ...["-f", "s16le", "-ar", String(PIP_RATE), "-ac", "1"],
      ],
      output: (bytes) => pieces.push(Uint8Array.from(bytes)),
      limit: LIMIT,
    },
    { clock, signal },
  );
  if (!ok) throw refuse("damaged", name);
  const bytes = Buffer.concat(pieces);
  const steps = findPips(new Int16Array(Uint8Array.from(bytes).buffer, 0, Math.floor(bytes.length / 2)));
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    // What is on air is served between two steps.
    await new Promise<void>((resolve) => {
      clock.after(seconds(0), resolve);
    });
    signal.throwIfAborted();
  }
}
