/**
 * The package of a program: a gzip stream that holds a mark, the length of a header (uint32 BE), the header as JSON, and the
 * contents of its files one after the other. Plain enough that a device needs no other program to open it.
 *
 * @module
 */
import * as z from "zod/mini";
import { sha256Schema } from "../domain/ids.js";
import { MAX_PACKAGE_FILES, MAX_PACKAGE_PATH, MAX_PACKAGE_UNPACKED } from "./limits.js";

/** The first eight bytes inside the gzip stream. */
export const PACKAGE_MARK = "LOAPACK1";
/** Mark and length of the header, bytes. */
export const PACKAGE_PREFIX = 12;
/** Longest header, bytes: every file with a path of the longest. */
export const MAX_PACKAGE_HEADER = 4 * 1024 * 1024;
/** What is started in a package. */
export const PROGRAM_START = "dist/src/cli/loa.js";

export const packageHeaderSchema = z.object({
  v: z.literal(1),
  files: z
    .array(
      z.object({
        path: z.string().check(z.maxLength(MAX_PACKAGE_PATH)),
        bytes: z.int().check(z.gte(0)),
        sha256: sha256Schema,
      }),
    )
    .check(z.minLength(1), z.maxLength(MAX_PACKAGE_FILES)),
});
export type PackageHeader = z.infer<typeof packageHeaderSchema>;
export type PackageFile = PackageHeader["files"][number];

/** A name without anything that a file system or a person could take for something else. */
const SEGMENT = /^[A-Za-z0-9@_+~-][A-Za-z0-9@._+~-]*$|^\.[A-Za-z0-9@_+~-][A-Za-z0-9@._+~-]*$/;
/** No folder of a program lies deeper. */
const MOST_SEGMENTS = 24;

/** Whether a path stays inside the folder it is unpacked into, however it is read. */
export function isSafePath(path: string): boolean {
  const segments = path.split("/");
  return (
    path.length <= MAX_PACKAGE_PATH &&
    segments.length <= MOST_SEGMENTS &&
    segments.every((segment) => SEGMENT.test(segment) && !segment.endsWith("."))
  );
}

/** What is wrong with a header, in a word for the log; `undefined` when its files can be written. */
export function faultOfHeader({ files }: PackageHeader): string | undefined {
  const seen = new Set<string>();
  const folders = new Set<string>();
  let total = 0;
  for (const { path, bytes } of files) {
    if (!isSafePath(path)) return "path";
    // Upper and lower case are the same file on some file systems.
    const name = path.toLowerCase();
    if (seen.has(name)) return "path-twice";
    seen.add(name);
    for (let cut = name.lastIndexOf("/"); cut > 0; cut = name.lastIndexOf("/", cut - 1))
      folders.add(name.slice(0, cut));
    total += bytes;
  }
  if (total > MAX_PACKAGE_UNPACKED) return "size";
  if ([...folders].some((folder) => seen.has(folder))) return "path-twice";
  return files.some(({ path }) => path === PROGRAM_START) ? undefined : "no-start";
}
