/**
 * What a command of `loa` is, and all that it may touch.
 *
 * @module
 */
import type { ParseArgsConfig } from "node:util";
import type { Clock } from "../base/clock.js";
import { Fault, type Words } from "../base/errors.js";

/** How a command may end, for people and supervisors. 75, 77 and 78 are EX_TEMPFAIL, EX_NOPERM and EX_CONFIG of sysexits.h. */
export const EXIT_CODES = [
  [0, { vi: "tốt", en: "fine" }],
  [1, { vi: "lỗi", en: "failed" }],
  [2, { vi: "dùng sai lệnh hoặc cờ", en: "wrong use" }],
  [75, { vi: "loa được lệnh khởi động lại", en: "a loudspeaker that is to be started again" }],
  [77, { vi: "loa (loa relay) chưa ghép với đài, cần mã ghép mới", en: "a loudspeaker that must be paired first" }],
  [78, { vi: "tệp cấu hình của đài sai", en: "bad configuration" }],
] as const satisfies readonly (readonly [number, Words])[];
export type ExitCode = (typeof EXIT_CODES)[number][0];

/** The world as a command sees it; tests put their own in its place. */
export interface Io {
  /** Writes text as it is; the line end is the caller's. */
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly random: () => number;
  /** Aborted when a person or the system asks the program to end. */
  readonly signal: AbortSignal;
}

/** The arguments of a command, already told apart. */
export interface Given {
  readonly values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
  readonly positionals: readonly string[];
}

export interface Command {
  /** How it is written, one line for each form, without `loa`. */
  readonly usage: readonly string[];
  /** What the flags mean, in the order in which they are explained. */
  readonly flags?: readonly (readonly [flag: string, words: Words])[];
  readonly options?: NonNullable<ParseArgsConfig["options"]>;
  run(given: Given, io: Io): Promise<ExitCode>;
}

/** Wrong use, for exit code 2. */
export const misuse = (words: Words): Fault => new Fault("invalid", words, { reason: "usage" });

/** The flag's text; `undefined` when it was not given. */
export function textOf({ values }: Given, flag: string): string | undefined {
  const value = values[flag];
  return typeof value === "string" ? value : undefined;
}

/** All texts of a flag that may be given several times. */
export function textsOf({ values }: Given, flag: string): string[] {
  const value = values[flag];
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

/** The flag as a whole number within bounds. @throws Fault for exit code 2 */
export function numberOf(
  given: Given,
  flag: string,
  { least, most }: { least: number; most: number },
): number | undefined {
  const text = textOf(given, flag);
  if (text === undefined) return undefined;
  const value = wholeNumber(text);
  if (value !== undefined && value >= least && value <= most) return value;
  throw misuse({
    vi: `--${flag} phải là số nguyên từ ${least} đến ${most}, không phải «${text}».`,
    en: `--${flag} must be a whole number from ${least} to ${most}, not "${text}".`,
  });
}

/** A whole number as people write it, in digits; `undefined` for anything else. */
export const wholeNumber = (text: string): number | undefined => (/^-?\d{1,15}$/.test(text) ? Number(text) : undefined);

/** The positionals, when there are as many as wanted. @throws Fault for exit code 2 */
export function exactly(given: Given, names: readonly string[]): string[] {
  const { positionals } = given;
  const empty = positionals.indexOf("");
  const missing = names[empty >= 0 ? empty : positionals.length];
  if (missing !== undefined) throw misuse({ vi: `Còn thiếu ${missing}.`, en: `${missing} is missing.` });
  const extra = positionals[names.length];
  if (extra !== undefined) throw misuse({ vi: `Thừa «${extra}».`, en: `"${extra}" is too much.` });
  return [...positionals];
}
