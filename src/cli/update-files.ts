/**
 * The files of `loa update`: a maker's private key, and the signed manifest beside a package.
 *
 * @module
 */
import { closeSync, fsyncSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { Fault } from "../base/errors.js";
import { codeOf } from "../base/system-words.js";
import { signedManifestSchema } from "../protocol/update.js";
import { makeKey, pemOf, type SigningKey } from "../server/trust/ed25519.js";
import { readKeyFile } from "../server/trust/key-folder.js";

/** What stands beside a package once it is signed. */
export const signedFileSchema = z.strictObject(signedManifestSchema.shape);
export type SignedFile = z.infer<typeof signedFileSchema>;

export const manifestFileOf = (packageFile: string): string => `${packageFile}.json`;
export const signedFileOf = (packageFile: string): string => `${packageFile}.signed.json`;

/** Makes an update key in a new file that only its owner may read. @throws Fault "conflict" when the file is there */
export function makeUpdateKey(path: string): SigningKey {
  const key = makeKey();
  try {
    const file = openSync(path, "wx", 0o600);
    try {
      writeFileSync(file, pemOf(key));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    if (codeOf(cause) === "EEXIST") throw isThere(path, cause);
    throw cause;
  }
  return key;
}

/** @throws Fault "unavailable" when it is no key, or others may read it */
export const readUpdateKey = (path: string): SigningKey => readKeyFile(path);

/** @throws Fault "not-found" when there is none */
export function readJson<T>(path: string, schema: z.ZodType<T>, before: string): T {
  try {
    return schema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (cause) {
    throw new Fault(
      "not-found",
      {
        vi: `Không đọc được ${path}. Hãy chạy trước: ${before}`,
        en: `${path} cannot be read. Run this first: ${before}`,
      },
      { cause },
    );
  }
}

const isThere = (path: string, cause: unknown): Fault =>
  new Fault(
    "conflict",
    {
      vi: `Đã có tệp ${path}. Khóa cũ không bị đụng đến; hãy chọn tên khác.`,
      en: `${path} is there already. The old key was not touched; choose another name.`,
    },
    { cause },
  );
