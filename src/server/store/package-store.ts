/**
 * Packages of the loudspeakers' program, by hash, for as long as a rollout may need them.
 *
 * @module
 */
import { existsSync, statSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Fault } from "../../base/errors.js";
import { type Sha256, sha256Schema } from "../../domain/ids.js";
import { hashOfFile, keepCopy } from "./kept-copy.js";

/** What the station can send out. */
export interface PackageStore {
  /** `undefined` when there is none. */
  bytesOf(sha256: Sha256): number | undefined;
  /** Path of the stored file. */
  pathOf(sha256: Sha256): string;
  /** Takes a file over; it is on disk when the promise resolves. @throws Fault "invalid" when it is not that package */
  keep(file: string, sha256: Sha256): Promise<void>;
  /** Removes all others. */
  keepOnly(used: ReadonlySet<Sha256>): Promise<void>;
}

export async function openPackageStore(folder: string): Promise<PackageStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pathOf = (sha256: Sha256) => join(folder, `${sha256}.pack`);

  return {
    pathOf,
    bytesOf: (sha256) => (existsSync(pathOf(sha256)) ? statSync(pathOf(sha256)).size : undefined),
    async keep(file, sha256) {
      if ((await hashOfFile(file)) !== sha256) throw wrongPackage();
      await keepCopy(file, pathOf(sha256));
      await rm(file, { force: true });
    },
    async keepOnly(used) {
      for (const name of await readdir(folder)) {
        const sha256 = name.endsWith(".pack") ? sha256Schema.safeParse(name.slice(0, -5)).data : undefined;
        if (sha256 === undefined || !used.has(sha256)) await rm(join(folder, name), { force: true });
      }
    },
  };
}

const wrongPackage = (): Fault =>
  new Fault(
    "invalid",
    {
      vi: "Tệp gửi lên không phải gói chương trình có băm này. Không có gì được lưu. Hãy gửi lại.",
      en: "What was sent is not the package of this hash. Nothing was kept. Send it again.",
    },
    { reason: "hash" },
  );
