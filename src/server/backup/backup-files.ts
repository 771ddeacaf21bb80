/**
 * Which files make up a station, and copying them with their checksums.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { chmod, link, mkdir, open, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { codeOf } from "../../base/system-words.js";
import { diskFault, machineFiles, syncFolder } from "../store/disk.js";

/** The parts of a station, each whole: what a later version keeps there is in the next backup by itself. */
export const PARTS = ["config", "playlists", "audio"] as const;
export const MANIFEST = "manifest.json";
/** A SQLite file is copied in its own way, for it changes while it is read. */
export const isDatabase = (path: string): boolean => /^config\/[^/]+\.db$/.test(path);
/** What bears the hash of its content, or is replaced as a whole, may be the same file in two backups. */
const NEVER_CHANGES = /^(?:audio\/(?:clips|packages)|config\/maps)\//;

/** What belongs to a running process only, what can be made again, and what virtual loudspeakers have put out. */
const LEFT_OUT =
  /^config\/state\/lock(?:\.json|-journal|-wal|-shm)?$|^config\/[^/]+\.db(?:-wal|-shm|-journal|\.reserve|\.mend(?:ing|ed).*|\.bad-.+)$|\.unfinished$|^audio\/(?:cache|out|quarantine)\//;
/** A name that cannot lead out of the folder, as in a manifest that somebody else wrote. */
const safePath = z
  .string()
  .max(500)
  .refine((path) => PARTS.some((part) => path.startsWith(`${part}/`)) && !path.split("/").includes(".."));

export const manifestSchema = z.strictObject({
  format: z.literal(1),
  /** ISO 8601. */
  madeAt: z.string(),
  files: z.array(z.strictObject({ path: safePath, bytes: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
});
export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestFile = Manifest["files"][number];

/** The station's files, relative to its folder, sorted. */
export async function filesOf(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const part of PARTS) found.push(...(await filesBelow(folder, part)));
  // While a state file is replaced there is a moment in which only its former generation has a name.
  const replaced = found.filter((path) => path.endsWith(".json.1")).map((path) => path.slice(0, -2));
  return [...new Set([...found, ...replaced])].filter((path) => !LEFT_OUT.test(path)).sort();
}

async function filesBelow(folder: string, path: string): Promise<string[]> {
  const entries = await readdir(join(folder, path), { withFileTypes: true }).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return [];
    throw diskFault(error, join(folder, path));
  });
  const lists = await Promise.all(
    entries.map(async (entry) => {
      const below = `${path}/${entry.name}`;
      if (entry.isDirectory()) return filesBelow(folder, below);
      return entry.isFile() ? [below] : [];
    }),
  );
  return lists.flat();
}

/** Tries this often to catch a file between two names. */
const TRIES = 20;

/** Copies one file, durably, with its mode and time. `undefined` when it has gone meanwhile, as a collected clip may. */
export async function copyFile(from: string, to: string, path: string): Promise<ManifestFile | undefined> {
  const target = join(to, path);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const source = await openPatiently(join(from, path));
  if (source === undefined) return undefined;
  const hash = createHash("sha256");
  let bytes = 0;
  const { mode, atime, mtime } = await source.stat();
  const handle = await open(target, "wx", 0o600);
  try {
    for await (const piece of source.createReadStream() as AsyncIterable<Buffer>) {
      hash.update(piece);
      bytes += piece.length;
      await handle.writeFile(piece);
    }
    await handle.chmod(mode & 0o777);
    await handle.utimes(atime, mtime);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { path, bytes, sha256: hash.digest("hex") };
}

/**
 * Gives the copy of a file that never changes a second name in place of a second copy, so that fourteen backups of a station's
 * sound take the room of one.
 *
 * @param former the backup before, and its list
 * @returns `undefined` when it must be copied
 */
export async function linkFile(
  from: string,
  to: string,
  path: string,
  former: { readonly folder: string; readonly files: ReadonlyMap<string, ManifestFile> } | undefined,
): Promise<ManifestFile | undefined> {
  const known = former?.files.get(path);
  if (former === undefined || known === undefined || !NEVER_CHANGES.test(path)) return undefined;
  const old = join(former.folder, path);
  try {
    const [now, then] = await Promise.all([stat(join(from, path)), stat(old)]);
    if (now.size !== then.size || Math.abs(now.mtimeMs - then.mtimeMs) >= 2) return undefined;
    await mkdir(dirname(join(to, path)), { recursive: true, mode: 0o700 });
    await link(old, join(to, path));
    return known;
  } catch {
    // Such as on a disk without second names: then it is copied.
    return undefined;
  }
}

/** Gives the folders of a copy the modes of the original. */
export async function copyFolderModes(from: string, to: string, paths: readonly string[]): Promise<void> {
  const folders = new Set(paths.flatMap(foldersAbove));
  for (const folder of folders) {
    const found = await stat(join(from, folder)).catch(() => undefined);
    if (found) await chmod(join(to, folder), found.mode & 0o777);
  }
}

/** `a/b` and `a` for `a/b/c`. */
const foldersAbove = (path: string): string[] => {
  const steps = path.split("/").slice(0, -1);
  return steps.map((_step, index) => steps.slice(0, index + 1).join("/"));
};

async function openPatiently(path: string) {
  for (let tries = 1; ; tries++) {
    try {
      return await open(path, "r");
    } catch (error) {
      if (codeOf(error) !== "ENOENT") throw error;
      if (tries === TRIES) return undefined;
    }
  }
}

/** Makes the names of copied files durable. */
export async function syncFoldersOf(folder: string, paths: readonly string[]): Promise<void> {
  for (const path of new Set(paths.map(dirname))) await syncFolder(machineFiles, join(folder, path));
}

/** Size and checksum of a file. */
export async function measure(folder: string, path: string): Promise<ManifestFile> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const piece of createReadStream(join(folder, path)) as AsyncIterable<Buffer>) {
    hash.update(piece);
    bytes += piece.length;
  }
  return { path, bytes, sha256: hash.digest("hex") };
}
