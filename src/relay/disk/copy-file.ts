/**
 * One copy of a file of lines: it knows up to where it is good, and never believes a disk that failed once.
 *
 * @module
 */
import { type FileHandle, open } from "node:fs/promises";
import { codeOf } from "../../base/system-words.js";
import { takePlace, writeBeside } from "./atomic-file.js";

export interface CopyFile {
  /** Puts bytes behind the good ones; they are on disk when it resolves. @throws when the disk fails or is full */
  append(bytes: Uint8Array): Promise<void>;
  /** Replaces the whole content. @throws as above; the old content stays */
  replace(bytes: Uint8Array): Promise<void>;
  /** Takes bytes. Not after a failure other than a full disk, until it was replaced. */
  isGood(): boolean;
  /** What is in it is not what belongs there: it takes nothing until it is replaced. */
  abandon(): void;
  close(): Promise<void>;
}

/** Opens or makes a file whose first `size` bytes are good; what stands behind them is overwritten. */
export async function openCopy(file: string, size: number): Promise<CopyFile> {
  let handle: FileHandle = await open(file, "a", 0o600).then((made) => made.close().then(() => open(file, "r+")));
  let end = size;
  let failed = false;

  return {
    async append(bytes) {
      if (failed) throw new Error(`${file} failed before`);
      try {
        await handle.truncate(end);
        let written = 0;
        while (written < bytes.length) {
          const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, end + written);
          written += bytesWritten;
        }
        await handle.datasync();
        end += bytes.length;
      } catch (thrown) {
        // A full disk kept nothing and says so. After any other failure nobody knows what is on disk, and trying again would
        // only hide it.
        if (codeOf(thrown) !== "ENOSPC") failed = true;
        throw thrown;
      }
    },
    async replace(bytes) {
      await writeBeside(file, bytes);
      // From here on the old content may be gone while it is still open.
      failed = true;
      await takePlace(file);
      await handle.close();
      handle = await open(file, "r+");
      end = bytes.length;
      failed = false;
    },
    isGood: () => !failed,
    abandon() {
      failed = true;
    },
    close: () => handle.close(),
  };
}
