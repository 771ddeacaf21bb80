/**
 * Takes a file from outside into quarantine without ever holding it in memory. Nobody looks into it here: its kind is
 * judged by content, later, in a sandbox.
 *
 * @module
 */
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Fault } from "../../base/errors.js";
import { MEGABYTE } from "../../base/units.js";
import type { Upload } from "./control-verbs.js";

/** Largest recording unless the station says otherwise, bytes. */
export const MAX_UPLOAD = 50 * MEGABYTE;
/** Recordings taken in at the same time; more would only wait for the same disk. */
export const MAX_UPLOADS_AT_ONCE = 4;

/** Where uploads wait. */
export interface Quarantine {
  /** @param mostBytes where a door takes less than the station's recordings @throws Fault "too-large", "busy", or "invalid" when nothing or only a part arrived; nothing is kept then */
  take(request: IncomingMessage, mostBytes?: number): Promise<Upload>;
  /** Removes a file that nobody wanted. */
  discard(upload: Upload): Promise<void>;
}

export interface QuarantineOptions {
  readonly folder: string;
  /** Gives names that were never used before, safe as file names. */
  readonly newName: () => string;
  /** Largest recording, bytes. */
  readonly most: number;
}

export function createQuarantine({ folder, newName, most }: QuarantineOptions): Quarantine {
  let working = 0;
  const discard = (upload: Upload) => rm(upload.file, { force: true });

  async function take(request: IncomingMessage, mostBytes = most): Promise<Upload> {
    if (Number(request.headers["content-length"] ?? 0) > mostBytes) throw tooLarge(mostBytes);
    if (working >= MAX_UPLOADS_AT_ONCE) throw new Fault("busy", BUSY, { reason: "uploads" });
    const file = join(folder, `${newName()}.part`);
    working += 1;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const bytes = await receive(request, file, mostBytes);
      if (bytes === 0) throw new Fault("invalid", EMPTY, { path: "/", reason: "empty" });
      return { file, bytes };
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    } finally {
      working -= 1;
    }
  }

  return { take, discard };
}

async function receive(request: IncomingMessage, file: string, most: number): Promise<number> {
  let bytes = 0;
  const counter = new Transform({
    transform(piece: Buffer, _encoding, done) {
      bytes += piece.length;
      done(bytes > most ? tooLarge(most) : null, piece);
    },
  });
  try {
    await pipeline(request, counter, createWriteStream(file, { flags: "wx", mode: 0o600 }));
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    if (request.destroyed && !request.complete) throw new Fault("invalid", CUT_OFF, { reason: "cut-off", cause });
    throw new Fault("unavailable", NO_DISK, { reason: "disk", cause });
  }
  return bytes;
}

/** @param most what is taken, bytes */
export function tooLarge(most: number): Fault {
  const megabytes = Math.floor(most / MEGABYTE);
  return new Fault(
    "too-large",
    {
      vi: `Bản ghi âm lớn hơn ${megabytes} MB nên không được nhận. Hãy cắt ngắn hoặc lưu thành mp3. Không có gì được lưu.`,
      en: `The recording is larger than ${megabytes} MB and was not taken. Shorten it or save it as mp3. Nothing was kept.`,
    },
    { path: "/", reason: "upload-size" },
  );
}

const BUSY = {
  vi: "Đang nhận nhiều bản ghi âm cùng lúc. Hãy thử lại sau ít phút. Không có gì được lưu.",
  en: "Several recordings are coming in already. Try again in a few minutes. Nothing was kept.",
};
const EMPTY = { vi: "Bản ghi âm rỗng. Không có gì được lưu.", en: "The recording is empty. Nothing was kept." };
const CUT_OFF = {
  vi: "Đường truyền đứt khi đang nhận bản ghi âm. Hãy gửi lại. Không có gì được lưu.",
  en: "The connection broke while the recording came in. Send it again. Nothing was kept.",
};
const NO_DISK = {
  vi: "Không ghi được bản ghi âm xuống đĩa. Hãy kiểm tra dung lượng trống. Không có gì được lưu.",
  en: "The recording could not be written to disk. Check the free space. Nothing was kept.",
};
