/**
 * Where files from outside lie while they are looked at: one folder for each, gone afterwards whatever happened.
 *
 * @module
 */
import { copyFile, mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "../../base/system-words.js";
import { machineFailed, refuse, refuseSize } from "./refusals.js";

const PREFIX = "job-";

export interface Quarantine {
  /** Runs `work` in a fresh folder and removes the folder. */
  within<T>(work: (folder: string) => Promise<T>): Promise<T>;
}

/** Opens the quarantine at `root`; what an earlier run had to leave behind is removed. */
export async function openQuarantine(root: string): Promise<Quarantine> {
  await mkdir(root, { recursive: true, mode: 0o700 });
  for (const entry of await readdir(root)) {
    if (entry.startsWith(PREFIX)) await rm(join(root, entry), { recursive: true, force: true });
  }
  return {
    async within(work) {
      const folder = await mkdtemp(join(root, PREFIX)).catch(onDisk);
      try {
        return await work(folder);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

/**
 * Copies `file`, which people know as `name`, to `in` of the folder, so that nobody can change it while it is being made.
 *
 * @throws Fault `empty`, `too-large`, `unknown-format` for what is not a plain file
 */
export async function takeIn(file: string, folder: string, { name, mostBytes }: { name: string; mostBytes: number }) {
  const found = await stat(file);
  if (!found.isFile()) throw refuse("unknown-format", name);
  if (found.size === 0) throw refuse("empty", name);
  if (found.size > mostBytes) throw refuseSize(name, mostBytes);
  const inside = join(folder, "in");
  await copyFile(file, inside).catch(onDisk);
  return inside;
}

function onDisk(cause: unknown): never {
  const code = codeOf(cause);
  throw code === "ENOSPC" || code === "EDQUOT" ? machineFailed("disk-full", cause) : cause;
}
