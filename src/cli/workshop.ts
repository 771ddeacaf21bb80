/**
 * Voices and pipeline without a station around them, in a folder that goes away afterwards.
 *
 * @module
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLog } from "../base/log.js";
import type { Settings } from "../server/config.js";
import { type ClipPipeline, createPipeline } from "../server/pipeline/index.js";
import { createVoices, providersOf, type VoiceChain } from "../server/speech/index.js";
import { type ClipStore, openClipStore } from "../server/store/index.js";
import type { Io } from "./command.js";

export interface Workshop {
  readonly voices: VoiceChain;
  readonly pipeline: ClipPipeline;
  readonly clips: ClipStore;
}

/** Opens a workshop for one piece of work. Warnings go to the person; everything else is the work's own to tell. */
export async function withWorkshop<T>(
  settings: Pick<Settings, "voices" | "audio">,
  { clock, random, error }: Io,
  work: (workshop: Workshop) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "loa-"));
  const log = createLog(clock, (line) => error(`${line}\n`), "error");
  try {
    const clips = await openClipStore({ folder: join(folder, "clips"), clock, log });
    const { bitrate, ffmpeg } = settings.audio;
    const quarantine = join(folder, "quarantine");
    const pipeline = await createPipeline({ quarantine, keep: clips.keep, clock, log, bitrate, ffmpeg });
    const providers = providersOf(settings.voices, { clock, random, log });
    const voices = createVoices({ cacheFolder: join(folder, "speech"), providers, clock, log });
    try {
      return await work({ voices, pipeline, clips });
    } finally {
      await voices.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
