/**
 * One file of a station: read, located and checked against its schema.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Words } from "../../base/errors.js";
import { codeOf, systemWords } from "../../base/system-words.js";
import { explain } from "./explain.js";
import { type Located, NotJson, type Path, parseJson } from "./json.js";
import { ConfigProblem, type Finding } from "./problem.js";

/** Larger files are refused; a station of ten thousand areas is 2 MB. */
const MAX_BYTES = 8_000_000;

/** A file that could be read, and a way to say where in it something is wrong. */
export interface ReadFile<T> {
  readonly value: T;
  finding(path: Path, words: Words): Finding;
}

/** Collects what is wrong in all files, so that it can be told at once. */
export type Findings = Finding[];

/**
 * Reads `name` below the station's folder.
 * @returns `undefined` when there is no such file, or when it is wrong: `findings` then say why
 */
export function readStationFile<T>(
  folder: string,
  name: string,
  { schema, findings }: { readonly schema: z.core.$ZodType<T>; readonly findings: Findings },
): ReadFile<T> | undefined {
  const text = textOf(join(folder, name), name, findings);
  if (text === undefined) return undefined;
  return readText(text, name, { schema, findings });
}

/** The same for a text that has been read already; `name` is what messages call it. */
export function readText<T>(
  text: string,
  name: string,
  { schema, findings }: { readonly schema: z.core.$ZodType<T>; readonly findings: Findings },
): ReadFile<T> | undefined {
  const located = locate(text, name, findings);
  if (located === undefined) return undefined;
  const finding = findingIn(name, located);
  const read = z.core.safeParse(schema, located.value);
  if (read.success) return { value: read.data, finding };
  findings.push(...explain(schema, located.value, read.error.issues).map(({ path, words }) => finding(path, words)));
  return undefined;
}

/** A JSON text as people write it, checked. @throws ConfigProblem */
export function parseText<T>(text: string, name: string, schema: z.core.$ZodType<T>): T {
  const findings: Findings = [];
  const read = readText(text, name, { schema, findings });
  if (read === undefined) throw new ConfigProblem(findings);
  return read.value;
}

/** The text as JSON with places; `findings` say why it is none. */
export function locate(text: string, name: string, findings: Findings): Located | undefined {
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    findings.push({ file: name, ...error.place, words: error.words });
    return undefined;
  }
}

/** Makes findings in the file `name`. */
export const findingIn =
  (name: string, located: Located) =>
  (path: Path, words: Words): Finding => ({
    file: name,
    ...located.at(path),
    path: path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join(""),
    words,
  });

/** The file's text; `undefined` when there is none or it cannot be read, which `findings` then say. */
export function textOf(path: string, name: string, findings: Findings): string | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(codeOf(error) ?? "")) return undefined;
    const { vi, en } = systemWords(error);
    findings.push({ file: name, words: { vi: `không đọc được tệp: ${vi}`, en: `cannot be read: ${en}` } });
    return undefined;
  }
  if (bytes.length > MAX_BYTES) {
    findings.push({
      file: name,
      words: { vi: `tệp lớn quá ${MAX_BYTES} byte`, en: `the file is larger than ${MAX_BYTES} bytes` },
    });
    return undefined;
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Only one thing can fail here, and the finding says it.
    findings.push({
      file: name,
      words: {
        vi: "tệp không phải văn bản UTF-8; hãy lưu lại ở dạng UTF-8",
        en: "is not UTF-8 text; save it as UTF-8",
      },
    });
    return undefined;
  }
}
