/**
 * The recordings that the station keeps in `audio/library`, chimes above all, as clips.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { reasonOf } from "../base/errors.js";
import type { Log } from "../base/log.js";
import { type Clip, clipSchema } from "../domain/announcement.js";
import { libraryNameSchema } from "../domain/playlist.js";
import type { ClipStore, Pipeline } from "./control/ports.js";

/** At most this many recordings are made ready. */
const MAX_RECORDINGS = 200;

export interface LibraryParts {
  readonly folder: string;
  /** Remembers which clip a recording became; may be deleted at any time. */
  readonly cache: string;
  readonly pipeline: Pipeline;
  readonly clips: Pick<ClipStore, "has">;
  readonly log: Log;
}

/** Makes a clip of every recording. One that cannot be read is reported and left out. */
export async function readLibrary({
  folder,
  cache,
  pipeline,
  clips,
  log,
}: LibraryParts): Promise<ReadonlyMap<string, Clip>> {
  const found = new Map<string, Clip>();
  await mkdir(folder, { recursive: true });
  await mkdir(cache, { recursive: true });
  const names = (await readdir(folder)).filter((name) => libraryNameSchema.safeParse(name).success).sort();
  for (const name of names.slice(0, MAX_RECORDINGS)) {
    try {
      const file = join(folder, name);
      const note = join(
        cache,
        `library-${createHash("sha256")
          .update(await readFile(file))
          .digest("hex")}.json`,
      );
      const known = await remembered(note);
      const clip =
        known && clips.has(known.sha256)
          ? known
          : await pipeline.makeClip(file, { name, trusted: true }, new AbortController().signal);
      if (clip !== known) await writeFile(note, JSON.stringify(clip));
      found.set(name, clip);
    } catch (thrown) {
      log.warn("library.left-out", { name, reason: reasonOf(thrown) });
    }
  }
  return found;
}

/** What was noted, if anything readable was. */
async function remembered(note: string): Promise<Clip | undefined> {
  const text = await readFile(note, "utf8").catch(() => "");
  if (text === "") return undefined;
  try {
    return clipSchema.safeParse(JSON.parse(text)).data;
  } catch {
    // A note that was cut short is made anew.
    return undefined;
  }
}
