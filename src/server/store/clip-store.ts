/**
 * The encoded clips, named by the SHA-256 of their bytes, each with a file of facts beside it. A clip never changes: it is
 * there whole, or not at all.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import type { Clock } from "../../base/clock.js";
import { Fault } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import type { Instant } from "../../base/units.js";
import { type Clip, clipSchema } from "../../domain/announcement.js";
import { type Sha256, sha256Schema } from "../../domain/ids.js";
import {
  diskFault,
  type Files,
  machineFiles,
  readIfThere,
  removeIfThere,
  removeUnfinished,
  syncFolder,
  writeDurably,
} from "./disk.js";

/** A clip younger than this is never collected: what was just made for it may not be saved yet. */
const YOUNG_MS = 3_600_000;
/** Longest list of peaks. */
const MAX_PEAKS = 100_000;

const factsSchema = z.strictObject({
  clip: clipSchema,
  peaks: z.array(z.int().min(0).max(255)).max(MAX_PEAKS),
});
export type ClipFacts = z.infer<typeof factsSchema>;

export interface ClipStoreOptions {
  /** Such as `audio/clips` in the station's folder. */
  readonly folder: string;
  readonly clock: Pick<Clock, "date" | "now">;
  readonly log: Log;
  readonly files?: Files;
}

export interface ClipStore {
  has(sha256: Sha256): boolean;
  pathOf(sha256: Sha256): string;
  clip(sha256: Sha256): Promise<Clip | undefined>;
  peaks(sha256: Sha256): Promise<readonly number[] | undefined>;
  /**
   * Takes a finished file in; the file itself is left where it is. A clip that is there already is kept as it is.
   * @throws Fault "invalid", reason `wrong-hash`, when the bytes are not those that the facts name; "unavailable" when the
   *   disk refuses, and nothing is kept then
   */
  keep(file: string, facts: ClipFacts): Promise<Clip>;
  /** Removes clips that nothing uses any more, but none younger than an hour. Returns those removed. */
  collect(used: ReadonlySet<Sha256>): Promise<readonly Sha256[]>;
  /** Reads every clip and returns those whose bytes are no longer what their name says. */
  damaged(): Promise<readonly Sha256[]>;
  /** How many there are, and their bytes together. */
  size(): { readonly clips: number; readonly bytes: number };
}

/** @throws Fault "unavailable" when the folder cannot be read */
export async function openClipStore({
  folder,
  clock,
  log,
  files = machineFiles,
}: ClipStoreOptions): Promise<ClipStore> {
  await files.mkdir(folder, { recursive: true });
  await removeUnfinished(files, folder);
  const present = await presentIn(files, folder);
  /** When this process took it in or found it in use again, on the clock that never jumps. */
  const keptAt = new Map<Sha256, Instant>();
  // The pattern leaves no way out of the folder, whatever somebody casts to a hash.
  const pathOf = (sha256: Sha256, ending = "opus") => join(folder, `${sha256Schema.parse(sha256)}.${ending}`);

  async function facts(sha256: Sha256): Promise<ClipFacts | undefined> {
    if (!present.has(sha256)) return undefined;
    const text = await readIfThere(files, pathOf(sha256, "json"));
    const read = text === undefined ? undefined : factsIn(text);
    if (read === undefined) log.error("clip.facts-damaged", { sha256 });
    return read;
  }

  async function isOld(sha256: Sha256): Promise<boolean> {
    const since = keptAt.get(sha256);
    if (since !== undefined) return clock.now() - since >= YOUNG_MS;
    const { mtimeMs } = await files.stat(pathOf(sha256));
    return clock.date() - mtimeMs >= YOUNG_MS;
  }

  return {
    has: (sha256) => present.has(sha256),
    pathOf: (sha256) => pathOf(sha256),
    clip: async (sha256) => (await facts(sha256))?.clip,
    peaks: async (sha256) => (await facts(sha256))?.peaks,

    async keep(file, given) {
      const { clip } = factsSchema.parse(given);
      const bytes = await bytesOf(files, file);
      if (hashOf(bytes) !== clip.sha256 || bytes.length !== clip.bytes) throw wrongHash();
      keptAt.set(clip.sha256, clock.now());
      const known = await facts(clip.sha256);
      if (known !== undefined) return known.clip;
      // The sound comes last: it is by the sound that a clip is known to be there.
      await writeDurably(files, pathOf(clip.sha256, "json"), `${JSON.stringify(given)}\n`);
      await writeDurably(files, pathOf(clip.sha256), bytes);
      present.set(clip.sha256, bytes.length);
      return clip;
    },

    async collect(used) {
      const removed: Sha256[] = [];
      for (const sha256 of [...present.keys()]) {
        if (used.has(sha256) || !(await isOld(sha256))) continue;
        present.delete(sha256);
        keptAt.delete(sha256);
        await removeIfThere(files, pathOf(sha256));
        await removeIfThere(files, pathOf(sha256, "json"));
        removed.push(sha256);
      }
      if (removed.length > 0) await syncFolder(files, folder);
      return removed;
    },

    async damaged() {
      const found: Sha256[] = [];
      for (const sha256 of [...present.keys()])
        if (hashOf(await bytesOf(files, pathOf(sha256))) !== sha256) found.push(sha256);
      return found;
    },

    size: () => ({ clips: present.size, bytes: [...present.values()].reduce((sum, bytes) => sum + bytes, 0) }),
  };
}

/** Bytes by hash, of clips whose both files are there. */
async function presentIn(files: Files, folder: string): Promise<Map<Sha256, number>> {
  const names = new Set(await files.readdir(folder));
  const present = new Map<Sha256, number>();
  for (const name of names) {
    const sha256 = name.endsWith(".opus") ? sha256Schema.safeParse(name.slice(0, -".opus".length)).data : undefined;
    if (sha256 !== undefined && names.has(`${sha256}.json`))
      present.set(sha256, (await files.stat(join(folder, name))).size);
  }
  return present;
}

function factsIn(text: string): ClipFacts | undefined {
  try {
    return factsSchema.parse(JSON.parse(text));
  } catch {
    // The caller logs which clip it is; the sound itself is unharmed.
    return undefined;
  }
}

async function bytesOf(files: Files, path: string): Promise<Buffer> {
  try {
    return await files.readFile(path);
  } catch (error) {
    throw diskFault(error, path);
  }
}

const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

const wrongHash = (): Fault =>
  new Fault(
    "invalid",
    {
      vi: "Âm thanh vừa làm xong không khớp mã kiểm tra nên không được giữ lại. Hãy thử làm lại.",
      en: "The sound that was just made does not match its checksum, so it was not kept. Try making it again.",
    },
    { reason: "wrong-hash" },
  );
