/**
 * Speech that has been made, kept in a folder by what was said and how, so that a repeat costs no synthesis.
 *
 * The folder may be deleted at any time while the server is down. A file is whole or not there: it is written under another
 * name, brought to disk and then renamed.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../base/clock.js";
import type { Log } from "../../base/log.js";

export interface SpeechCacheOptions {
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  /** The files used least lately go when all of them together are larger, bytes. */
  readonly mostBytes?: number | undefined;
}

export interface SpeechCache {
  /** The file of this name when it is there; it counts as used now. */
  find(name: string): Promise<string | undefined>;
  /**
   * The file of this name, made by `make` unless it is there or somebody is making it already.
   * @param make writes a new file at the path it is given; its failure leaves nothing behind and is passed on
   */
  obtain(name: string, make: (file: string) => Promise<void>): Promise<string>;
}

/** An hour of speech as WAV has 160 MB. */
const MOST_BYTES = 2_000_000_000;
const MAKING = "making-";

/** The name under which speech is kept: a hash of all that decides how it sounds. */
export const speechName = (parts: readonly (string | number)[], extension: string): string =>
  `${createHash("sha256").update(JSON.stringify(parts)).digest("hex")}.${extension}`;

export function createSpeechCache({ folder, clock, log, mostBytes = MOST_BYTES }: SpeechCacheOptions): SpeechCache {
  const making = new Map<string, Promise<string>>();
  let made = 0;
  let preparing: Promise<void> | undefined;
  const find = (name: string) => use(join(folder, name), clock);
  const prepared = () => {
    preparing ??= prepare(folder);
    return preparing;
  };

  const makeNew = async (name: string, make: (file: string) => Promise<void>): Promise<string> => {
    const existing = await find(name);
    if (existing !== undefined) return existing;
    const unfinished = join(folder, `${MAKING}${process.pid}-${++made}-${name}`);
    try {
      await make(unfinished);
      await bringToDisk(unfinished);
      await rename(unfinished, join(folder, name));
    } catch (thrown) {
      await rm(unfinished, { force: true });
      throw thrown;
    }
    const removed = await shrink(folder, mostBytes, name);
    if (removed > 0) log.info("voice.cache.shrunk", { removed });
    return join(folder, name);
  };

  return {
    async find(name) {
      await prepared();
      return find(name);
    },
    async obtain(name, make) {
      await prepared();
      const underWay = making.get(name);
      if (underWay !== undefined) {
        // Its failure is told to whoever began it; we then try for ourselves.
        const file = await underWay.catch(() => undefined);
        return file ?? this.obtain(name, make);
      }
      const work = makeNew(name, make).finally(() => making.delete(name));
      making.set(name, work);
      return work;
    },
  };
}

/** Makes the folder, and removes what a server that was killed had begun. */
async function prepare(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o750 });
  const left = (await readdir(folder)).filter((name) => name.startsWith(MAKING));
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true })));
}

/** The file when it is there and not empty; it counts as used now. */
async function use(file: string, clock: Clock): Promise<string | undefined> {
  const found = await stat(file).catch(absent);
  if (!found?.isFile() || found.size === 0) return undefined;
  const now = new Date(clock.date());
  await utimes(file, now, now);
  return file;
}

const absent = (thrown: NodeJS.ErrnoException): undefined => {
  if (thrown.code !== "ENOENT") throw thrown;
  return undefined;
};

async function bringToDisk(path: string): Promise<void> {
  const file = await open(path, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Removes what was used least lately, never `kept`. Returns how many files went. */
async function shrink(folder: string, mostBytes: number, kept: string): Promise<number> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith(MAKING));
  const files = await Promise.all(
    names.map(async (name) => ({ name, found: await stat(join(folder, name)).catch(absent) })),
  );
  const byUse = files
    .flatMap(({ name, found }) => (found ? [{ name, size: found.size, used: found.mtimeMs }] : []))
    .sort((a, b) => a.used - b.used);
  let total = byUse.reduce((sum, { size }) => sum + size, 0);
  let removed = 0;
  for (const { name, size } of byUse) {
    if (total <= mostBytes) break;
    if (name === kept) continue;
    await rm(join(folder, name), { force: true });
    total -= size;
    removed += 1;
  }
  return removed;
}
