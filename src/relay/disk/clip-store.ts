/**
 * Clips on disk by their hash, within a budget. What the programme needs stays; of the rest the longest unused goes.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { Fault } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import { type Sha256, sha256Schema } from "../../domain/ids.js";
import { syncFolder } from "./atomic-file.js";

export interface ClipStore {
  has(sha256: Sha256): boolean;
  list(): Sha256[];
  /** The bytes, checked against the name. @throws Fault "not-found" when they are not there or damaged; then they are removed */
  read(sha256: Sha256): Promise<Uint8Array>;
  /** Where a download of this clip is kept until it is whole. */
  partOf(sha256: Sha256): string;
  /** Takes a whole download over. @throws Fault "invalid" when it is not that clip; the download is removed */
  adopt(sha256: Sha256): Promise<void>;
  /** Makes room for so many bytes without touching `pinned`. `false`: there is not enough. */
  makeRoom(bytes: number, pinned: ReadonlySet<Sha256>): Promise<boolean>;
  /** What is needed from now on, and stays whatever happens. */
  pin(pinned: ReadonlySet<Sha256>): void;
  /** The disk is full: gives up unfinished downloads and everything that is not needed. */
  shrink(): Promise<void>;
}

/** Bytes that clips leave free on the disk: journal and memory must always find room. */
const KEEP_FREE = 16 * 1024 * 1024;

/** @param budget bytes for all clips together */
export async function openClips(folder: string, budget: number, log: Log): Promise<ClipStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  /** Bytes by hash, the longest unused first. */
  const held = new Map<Sha256, number>();
  for (const name of await readdir(folder)) {
    const sha256 = name.endsWith(".opus") ? sha256Schema.safeParse(name.slice(0, -5)).data : undefined;
    if (sha256) held.set(sha256, (await stat(join(folder, name))).size);
  }
  const fileOf = (sha256: Sha256) => join(folder, `${sha256}.opus`);
  const partOf = (sha256: Sha256) => join(folder, `${sha256}.part`);
  /** Unknown until the programme was looked at. */
  let pinned: ReadonlySet<Sha256> | undefined;
  const remove = async (sha256: Sha256) => {
    held.delete(sha256);
    await rm(fileOf(sha256), { force: true });
    log.info("relay.clip-removed", { sha256 });
  };
  const used = () => [...held.values()].reduce((sum, bytes) => sum + bytes, 0);

  return {
    has: (sha256) => held.has(sha256),
    list: () => [...held.keys()],
    partOf,
    async read(sha256) {
      const bytes = await readFile(fileOf(sha256)).catch(() => undefined);
      if (bytes && hashOf(bytes) === sha256) {
        held.delete(sha256);
        held.set(sha256, bytes.length);
        return bytes;
      }
      held.delete(sha256);
      // What is not there is nothing to remove: it may be arriving at this moment.
      if (bytes) await rm(fileOf(sha256), { force: true });
      log.error("relay.clip-damaged", { sha256, missing: bytes === undefined });
      throw new Fault("not-found", {
        vi: `âm thanh ${sha256} trên máy đã hỏng, đã xóa và sẽ tải lại`,
        en: `clip ${sha256} is damaged on this disk; it was removed and will be fetched again`,
      });
    },
    async adopt(sha256) {
      const bytes = await readFile(partOf(sha256));
      if (hashOf(bytes) !== sha256) {
        await rm(partOf(sha256), { force: true });
        throw new Fault(
          "invalid",
          {
            vi: `tải về ${sha256} nhưng nội dung không khớp, đã bỏ`,
            en: `what was fetched as clip ${sha256} is something else; it was thrown away`,
          },
          { reason: "hash" },
        );
      }
      const handle = await open(partOf(sha256), "r+");
      await handle.sync();
      await handle.close();
      await rename(partOf(sha256), fileOf(sha256));
      await syncFolder(folder);
      held.set(sha256, bytes.length);
    },
    async makeRoom(bytes, needed) {
      const fits = async () => used() + bytes <= budget && (await freeOn(folder)) >= bytes + KEEP_FREE;
      for (const sha256 of [...held.keys()]) {
        if (await fits()) return true;
        if (!needed.has(sha256)) await remove(sha256);
      }
      return fits();
    },
    pin(needed) {
      pinned = needed;
    },
    async shrink() {
      for (const name of await readdir(folder))
        if (name.endsWith(".part")) await rm(join(folder, name), { force: true }).catch(() => undefined);
      if (pinned) for (const sha256 of [...held.keys()]) if (!pinned.has(sha256)) await remove(sha256);
    },
  };
}

/** Bytes that are free on the disk of a folder; a disk that cannot tell is not asked to be spared. */
async function freeOn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder).catch(() => ({ bavail: Number.POSITIVE_INFINITY, bsize: 1 }));
  return bavail * bsize;
}

const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
