/**
 * Documents that were handed in, by hash: whoever got one can be shown that the station has the same.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Fault } from "../../base/errors.js";
import { codeOf } from "../../base/system-words.js";
import { type Sha256, sha256Schema } from "../../domain/ids.js";
import { diskFault, machineFiles, writeDurably } from "./disk.js";

export interface PaperStore {
  /** On disk when the promise resolves. @throws Fault "unavailable" when the disk refuses */
  keep(bytes: Uint8Array): Promise<Sha256>;
  /** @throws Fault "not-found" when it is not there any more, "unavailable" when it is not what it was */
  read(sha256: Sha256): Promise<Uint8Array>;
}

export async function openPaperStore(folder: string): Promise<PaperStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pathOf = (sha256: Sha256) => join(folder, `${sha256}.pdf`);
  const hashOf = (bytes: Uint8Array) => sha256Schema.parse(createHash("sha256").update(bytes).digest("hex"));

  return {
    async keep(bytes) {
      const sha256 = hashOf(bytes);
      await writeDurably(machineFiles, pathOf(sha256), bytes);
      return sha256;
    },
    async read(sha256) {
      const bytes = await readFile(pathOf(sha256)).catch((cause: unknown) => {
        throw codeOf(cause) === "ENOENT" ? new Fault("not-found", GONE, { cause }) : diskFault(cause, pathOf(sha256));
      });
      if (hashOf(bytes) !== sha256) throw new Fault("unavailable", CHANGED, { reason: "hash" });
      return bytes;
    },
  };
}

const GONE = {
  vi: "Tệp báo cáo đã nộp không còn trong config/reports. Hãy lấy lại từ bản sao lưu.",
  en: "The report that was handed in is no longer in config/reports. Take it from a backup.",
};
const CHANGED = {
  vi: "Tệp báo cáo đã nộp trong config/reports không còn đúng mã băm: đã bị sửa hoặc hỏng. Hãy lấy lại từ bản sao lưu.",
  en: "The report that was handed in has been changed or damaged in config/reports. Take it from a backup.",
};
