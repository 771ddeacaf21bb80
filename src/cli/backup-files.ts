/**
 * Which files make up a station, and copying them with their checksums.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { codeOf } from "../base/system-words.js";
import { diskFault, machineFiles, syncFolder } from "../server/store/disk.js";

/** The parts of a station; cache and virtual loudspeakers' output can be made again. */
export const PARTS = ["config", "playlists", "audio/library", "audio/clips"] as const;
export const MANIFEST = "manifest.json";
export const LOG = "config/log.db";

/** What belongs to a running process only. The log is copied in its own way. */
const LEFT_OUT = /^config\/state\/lock(?:\.json)?$|^config\/log\.db|\.unfinished$/;
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

/** Copies one file, durably. `undefined` when it has gone meanwhile, as a collected clip may. */
export async function copyFile(from: string, to: string, path: string): Promise<ManifestFile | undefined> {
  const target = join(to, path);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const source = await openPatiently(join(from, path));
  if (source === undefined) return undefined;
  const hash = createHash("sha256");
  let bytes = 0;
  const { mode } = await source.stat();
  const handle = await open(target, "wx", mode & 0o777);
  try {
    for await (const piece of source.createReadStream() as AsyncIterable<Buffer>) {
      hash.update(piece);
      bytes += piece.length;
      await handle.writeFile(piece);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { path, bytes, sha256: hash.digest("hex") };
}

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
