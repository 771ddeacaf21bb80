/**
 * What is wrong with the files of a station, all at once, so that a person mends them in one go.
 *
 * @module
 */
import { Fault, type Words } from "../../base/errors.js";

/** One thing that is wrong. */
export interface Finding {
  /** File relative to the station's folder, or the name of the variable or flag. */
  readonly file: string;
  /** Absent when it is about the file as a whole, or no file at all. */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** The field, such as `/listen/port`. */
  readonly path?: string | undefined;
  readonly words: Words;
}

/** More findings than this are counted, not listed. */
const LISTED = 20;

/** A station whose files a person has to mend first. Programs end with {@link ConfigProblem.exitCode}. */
export class ConfigProblem extends Fault {
  readonly findings: readonly Finding[];
  /** EX_CONFIG of sysexits.h: a supervisor should not restart the program. */
  readonly exitCode = 78;

  /** @param findings at least one */
  constructor(findings: readonly Finding[]) {
    const listed = findings.slice(0, LISTED);
    const more = findings.length - listed.length;
    const lines = (language: keyof Words, rest: string) =>
      [...listed.map((finding) => lineOf(finding, language)), ...(more > 0 ? [rest] : [])].join("\n");
    const path = findings[0]?.path;
    super(
      "invalid",
      { vi: lines("vi", `… và ${more} lỗi nữa`), en: lines("en", `… and ${more} more`) },
      { reason: "config", ...(path === undefined ? {} : { path }) },
    );
    this.findings = findings;
  }
}

/** `config/station.json:4:3: /listen/port: …` */
export function lineOf({ file, line, column, path, words }: Finding, language: keyof Words): string {
  const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  return [place, ...(path ? [path] : []), words[language]].join(": ");
}
