/**
 * The recordings that the station keeps in `audio/library`, chimes above all, as clips.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Fault, reasonOf } from "../base/errors.js";
import type { Log } from "../base/log.js";
import { type Clip, clipSchema } from "../domain/announcement.js";
import type { KeptChime } from "../domain/chime.js";
import { sha256 } from "../domain/ids.js";
import { libraryNameSchema } from "../domain/playlist.js";
import type { ClipStore, Pipeline } from "./control/ports.js";
import { machineFiles, writeDurably } from "./store/index.js";

/** The recordings that come with the program, by the SHA-256 of their files: made by `test/support/make-chimes.ts`, from sines alone. */
const SHIPPED: ReadonlySet<string> = new Set([
  "e8b5b8908892bac316b8d7984a6e7eca533b5a2acd32eecd22fe1351425e8fd7",
  "c36fe5a8e2b118f7c6c1702b46c9e094f25473c45382d9dcf7a78f55921bfdda",
  "f197263ebb6b7ac47ed89935b64dffa0bd067d9fb6197946bfd34f8a2fa5e7d9",
  "69cd7f0225ff1b4d6954339241b12403eeb5c256fc634bc979784b143c4913af",
]);

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

/** The recordings of a station. */
export interface Library {
  /** By file name. */
  readonly chimes: ReadonlyMap<string, KeptChime>;
  /**
   * Makes a handed-in file sound and keeps a copy of it under that name.
   * @throws Fault "conflict", reason `name-taken` or `same-file`, or "busy" when there is no room; "invalid" for what is no sound
   */
  keep(name: string, file: string): Promise<KeptChime>;
}

/** Makes a clip of every recording. One that cannot be read is reported and left out. */
export async function readLibrary(parts: LibraryParts): Promise<Library> {
  const { folder, cache, pipeline, clips, log } = parts;
  const found = new Map<string, KeptChime>();
  await mkdir(folder, { recursive: true });
  await mkdir(cache, { recursive: true });
  const names = (await readdir(folder)).filter((name) => libraryNameSchema.safeParse(name).success).sort();
  for (const name of names.slice(0, MAX_RECORDINGS)) {
    try {
      const path = join(folder, name);
      const file = hashOf(await readFile(path));
      const note = join(cache, `library-${file}.json`);
      const known = await remembered(note);
      const clip =
        known && clips.has(known.sha256)
          ? known
          : await pipeline.makeClip(path, { name, trusted: true }, new AbortController().signal);
      if (clip !== known) await writeFile(note, JSON.stringify(clip));
      found.set(name, { name, file, clip, isShipped: SHIPPED.has(file) });
    } catch (thrown) {
      log.warn("library.left-out", { name, reason: reasonOf(thrown) });
    }
  }
  return { chimes: found, keep: async (name, file) => keepNew(parts, found, { name, file }) };
}

async function keepNew(
  { folder, cache, pipeline }: LibraryParts,
  found: Map<string, KeptChime>,
  { name, file: handedIn }: { readonly name: string; readonly file: string },
): Promise<KeptChime> {
  const content = await readFile(handedIn);
  const file = hashOf(content);
  const mustBeNew = () => {
    if (found.has(name)) throw nameTaken(name);
    const same = [...found.values()].find((chime) => chime.file === file);
    if (same) throw sameFile(same.name);
    if (found.size >= MAX_RECORDINGS) throw full();
  };
  mustBeNew();
  const clip = await pipeline.makeClip(handedIn, { name, trusted: false }, new AbortController().signal);
  const path = join(folder, name);
  // Somebody may have copied a file there that this station has not read yet.
  if (existsSync(path)) throw nameTaken(name);
  // Another person may have been quicker while the sound was being made.
  mustBeNew();
  const chime = { name, file, clip, isShipped: SHIPPED.has(file) };
  found.set(name, chime);
  try {
    await writeDurably(machineFiles, path, content, { isShared: true });
  } catch (thrown) {
    found.delete(name);
    throw thrown;
  }
  await writeFile(join(cache, `library-${file}.json`), JSON.stringify(clip));
  return chime;
}

const hashOf = (content: Uint8Array) => sha256(createHash("sha256").update(content).digest("hex"));

const nameTaken = (name: string) =>
  new Fault(
    "conflict",
    {
      vi: `Trong kho đã có bản ghi tên «${name}». Chưa có gì được lưu; hãy đặt tên khác.`,
      en: `The library already holds a recording called "${name}". Nothing was kept; give it another name.`,
    },
    { reason: "name-taken" },
  );
const sameFile = (name: string) =>
  new Fault(
    "conflict",
    {
      vi: `Bản ghi này đã có trong kho với tên «${name}». Chưa có gì được lưu.`,
      en: `The library already holds this very recording, called "${name}". Nothing was kept.`,
    },
    { reason: "same-file" },
  );
const full = () =>
  new Fault(
    "busy",
    {
      vi: `Kho đã có ${MAX_RECORDINGS} bản ghi, không nhận thêm. Hãy bỏ bớt tệp trong audio/library rồi khởi động lại đài.`,
      en: `The library holds ${MAX_RECORDINGS} recordings and takes no more. Remove files from audio/library, then start the station anew.`,
    },
    { reason: "library-full" },
  );

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
