import { copyFile, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../../src/base/clock.js";
import { silentLog } from "../../../src/base/log.js";
import type { Clip } from "../../../src/domain/announcement.js";
import { createPipeline, type PipelineOptions } from "../../../src/server/pipeline/index.js";

/** A pipeline with the bundled ffmpeg, in a folder of its own, whose clips are kept beside it. */
export async function openBench(options: Partial<PipelineOptions> = {}) {
  const folder = await mkdtemp(join(tmpdir(), "loa-pipeline-"));
  const quarantine = join(folder, "quarantine");
  const kept: { file: string; clip: Clip; peaks: readonly number[] }[] = [];
  const pipeline = await createPipeline({
    quarantine,
    clock: systemClock,
    log: silentLog,
    searchPath: "",
    async keep(tempFile, { clip, peaks }) {
      const file = join(folder, `${clip.sha256}.opus`);
      await copyFile(tempFile, file);
      kept.push({ file, clip, peaks });
      return clip;
    },
    ...options,
  });
  return {
    folder,
    pipeline,
    kept,
    /** What lies in quarantine besides the launchers. */
    leftOver: async () => (await readdir(quarantine)).filter((name) => !name.startsWith("ffmpeg-")),
    make: (file: string, { trusted = false, name = file, signal = new AbortController().signal } = {}) =>
      pipeline.makeClip(file, { name, trusted }, signal),
    close: () => rm(folder, { recursive: true }),
  };
}
export type Bench = Awaited<ReturnType<typeof openBench>>;
