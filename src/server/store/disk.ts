/**
 * Writing so that it survives a power cut: a temporary file beside the target, fsync, rename, fsync of the folder.
 *
 * A failed fsync is final for that write: the kernel may have dropped the dirty pages, and a second fsync would then succeed
 * without anything being on disk. The target keeps what it had.
 *
 * @module
 */

import type { FileHandle } from "node:fs/promises";
import * as fs from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Fault, type Words } from "../../base/errors.js";
import { codeOf, systemWords } from "../../base/system-words.js";

/** The part of the file system that the store uses; tests put failures in its place. */
export type Files = Pick<
  typeof fs,
  "open" | "rename" | "unlink" | "readFile" | "readdir" | "mkdir" | "stat" | "copyFile" | "statfs"
>;

/** The machine's own disk. */
export const machineFiles: Files = fs;

/** Ending of a file that is not finished; any left at start belong to a write that nobody was promised. */
export const UNFINISHED = ".unfinished";

/** Only the station's own user may read: state holds token hashes and names of people. */
const PRIVATE = 0o600;
/** What people edit too; the machine's own mask still applies. */
const SHARED = 0o666;

interface WriteOptions {
  readonly beforeRename?: () => Promise<void>;
  readonly isShared?: boolean;
}

let written = 0;

/**
 * Puts `content` under `path`, whole or not at all.
 *
 * @param isShared for files that people write too: others may read them as the machine's mask says
 * @param beforeRename runs once the new content is safe and the old one still in place, to set the old one aside
 * @throws Fault "unavailable", reason `disk-full`, `disk-read-only`, `disk-path` or `disk-failed`; `path` then holds what it held before
 */
export async function writeDurably(
  files: Files,
  path: string,
  content: string | Uint8Array,
  { beforeRename = async () => {}, isShared = false }: WriteOptions = {},
): Promise<void> {
  written += 1;
  const unfinished = join(dirname(path), `${basename(path)}.${process.pid}-${written}${UNFINISHED}`);
  try {
    await writeSynced(await files.open(unfinished, "wx", isShared ? SHARED : PRIVATE), content);
    await beforeRename();
    await files.rename(unfinished, path);
    await syncFolder(files, dirname(path));
  } catch (error) {
    await removeIfThere(files, unfinished);
    throw diskFault(error, path);
  }
}

/** Makes the names in a folder durable: a rename is not, until its folder is synced. */
export async function syncFolder(files: Files, folder: string): Promise<void> {
  const handle = await files.open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes what interrupted writes left behind. Call it before anything else writes in the folder. */
export async function removeUnfinished(files: Files, folder: string): Promise<readonly string[]> {
  const names = (await files.readdir(folder)).filter((name) => name.endsWith(UNFINISHED));
  for (const name of names) await removeIfThere(files, join(folder, name));
  return names;
}

/** The file as text, or `undefined` when there is none. */
export async function readIfThere(files: Files, path: string): Promise<string | undefined> {
  try {
    return await files.readFile(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw diskFault(error, path);
  }
}

/** Renames `from` to `to` when there is a `from`. */
export async function moveIfThere(files: Files, from: string, to: string): Promise<boolean> {
  try {
    await files.rename(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
}

/** Removes a file when there is one. */
export async function removeIfThere(files: Files, path: string): Promise<void> {
  try {
    await files.unlink(path);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
}

/** A disk's error as a sentence with advice. A {@link Fault} stays what it is. */
export function diskFault(error: unknown, path: string): Fault {
  if (error instanceof Fault) return error;
  const { reason, words } = adviceFor(error, path);
  return new Fault("unavailable", words, { reason, cause: error });
}

async function writeSynced(handle: FileHandle, content: string | Uint8Array): Promise<void> {
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function adviceFor(error: unknown, path: string): { reason: string; words: Words } {
  const code = codeOf(error);
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return {
        reason: "disk-full",
        words: {
          vi: `Ổ đĩa đã đầy nên chưa ghi được ${path}. Dữ liệu đã lưu trước đó còn nguyên. Hãy xóa bớt tệp hoặc thêm dung lượng rồi lưu lại.`,
          en: `The disk is full, so ${path} was not written. What was saved before is intact. Free some space, then save again.`,
        },
      };
    case "EACCES":
    case "EPERM":
    case "EROFS":
    case "SQLITE_READONLY":
      return {
        reason: "disk-read-only",
        words: {
          vi: `Không có quyền ghi ${path}. Dữ liệu đã lưu trước đó còn nguyên. Hãy cấp quyền ghi thư mục đài cho người dùng chạy chương trình.`,
          en: `No permission to write ${path}. What was saved before is intact. Let the user who runs the program write in the station folder.`,
        },
      };
    case "ENOTDIR":
    case "EISDIR":
    case "EEXIST":
    case "ENAMETOOLONG": {
      const why = systemWords(error);
      return {
        reason: "disk-path",
        words: {
          vi: `Không ghi được ${path}: ${why.vi}. Dữ liệu đã lưu trước đó còn nguyên. Hãy chọn chỗ khác.`,
          en: `${path} cannot be written: ${why.en}. What was saved before is intact. Choose another place.`,
        },
      };
    }
    default:
      return {
        reason: "disk-failed",
        words: {
          vi: `Ổ đĩa báo lỗi (${code ?? "không rõ"}) khi ghi ${path}. Thay đổi này chưa được lưu; bản trước đó còn nguyên. Hãy sao lưu và kiểm tra ổ đĩa.`,
          en: `The disk failed (${code ?? "unknown"}) while writing ${path}. This change is not saved; what was there before is intact. Make a backup and check the disk.`,
        },
      };
  }
}
