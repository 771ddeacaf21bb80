/**
 * What the operating system means when it refuses a file or folder, in words for the person who named it.
 *
 * @module
 */
import type { Words } from "./errors.js";

/** What the system calls an error, such as `ENOSPC`; `undefined` for what did not come from it. */
export const codeOf = (thrown: unknown): string | undefined =>
  thrown instanceof Error && "code" in thrown && typeof thrown.code === "string" ? thrown.code : undefined;

/** Half a sentence, to stand behind a colon: why the file or folder could not be had. */
export function systemWords(thrown: unknown): Words {
  const code = codeOf(thrown);
  return (
    MEANINGS[code ?? ""] ?? {
      vi: `máy báo lỗi ${code ?? "không rõ"}`,
      en: `the machine reports ${code ?? "an unknown error"}`,
    }
  );
}

/** Whether it is the system, not the program, that stood in the way: such an error names a code and what was tried. */
export const isSystemError = (thrown: unknown): thrown is Error & { readonly path?: unknown } =>
  /^E[A-Z0-9]+$/.test(codeOf(thrown) ?? "") && thrown instanceof Error && "syscall" in thrown;

const NO_PERMISSION: Words = {
  vi: "không có quyền; hãy cấp quyền cho người dùng chạy chương trình",
  en: "no permission; give it to the user who runs the program",
};
const FULL: Words = { vi: "ổ đĩa đã đầy; hãy xóa bớt tệp", en: "the disk is full; free some space" };
const CROWDED: Words = { vi: "đang mở quá nhiều tệp", en: "too many files are open" };

const MEANINGS: Readonly<Record<string, Words>> = {
  ENOENT: { vi: "không có tệp hay thư mục này", en: "there is no such file or folder" },
  EISDIR: { vi: "đây là thư mục, không phải tệp", en: "this is a folder, not a file" },
  ENOTDIR: { vi: "trên đường dẫn này có một tệp, không phải thư mục", en: "a file stands where a folder should" },
  EEXIST: { vi: "đã có một tệp mang tên này", en: "there is a file of this name already" },
  EACCES: NO_PERMISSION,
  EPERM: NO_PERMISSION,
  EROFS: { vi: "ổ đĩa chỉ cho đọc", en: "the disk can only be read" },
  ENOSPC: FULL,
  EDQUOT: FULL,
  EMFILE: CROWDED,
  ENFILE: CROWDED,
  ENAMETOOLONG: { vi: "tên quá dài", en: "the name is too long" },
  EIO: { vi: "ổ đĩa hỏng (EIO); hãy sao lưu và kiểm tra ổ đĩa", en: "the disk fails (EIO); back up and check it" },
};
