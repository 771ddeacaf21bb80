/**
 * How this house says that something is wrong.
 *
 * A {@link Fault} is an answer for the person or program that asked: a code that machines act on and a sentence in both
 * languages. Anything else that is thrown is a bug: it is logged with its stack and hidden from the caller.
 *
 * @module
 */

/** The same sentence in the panel's two languages. Vietnamese is what ward officers read; English is for the log. */
export interface Words {
  readonly vi: string;
  readonly en: string;
}

/**
 * What a caller can do about it: `invalid` mend the request; `not-found` look elsewhere; `conflict` look at the newer
 * state first; `forbidden` ask somebody with the right; `too-large` send less; `busy` come back later; `unavailable`
 * an outside thing (voice, ffmpeg, disk) does not answer.
 */
export type FaultCode = "invalid" | "not-found" | "conflict" | "forbidden" | "too-large" | "busy" | "unavailable";

/** More about a fault: where it is in the request, and what caused it. */
export interface FaultDetail {
  /** The field that is wrong, as a JSON pointer such as `/items/2/gain`. */
  readonly path?: string;
  /** A machine-readable reason, stable over versions, such as `quiet-hours`. */
  readonly reason?: string;
  /** For `busy`: in how many seconds it is worth trying again. */
  readonly waitSeconds?: number;
  readonly cause?: unknown;
}

/** An expected failure with a clear answer. */
export class Fault extends Error {
  override readonly name = "Fault";
  readonly code: FaultCode;
  readonly words: Words;
  readonly path: string | undefined;
  readonly reason: string | undefined;
  readonly waitSeconds: number | undefined;

  constructor(code: FaultCode, words: Words, { path, reason, waitSeconds, cause }: FaultDetail = {}) {
    super(words.en, { cause });
    this.code = code;
    this.words = words;
    this.path = path;
    this.reason = reason;
    this.waitSeconds = waitSeconds;
  }
}

/** The end of a `switch` over a union: a new member that is not handled does not compile. */
export function unreachable(value: never): never {
  throw new TypeError(`unexpected ${JSON.stringify(value)}`);
}

/** A text for the log from whatever was thrown. */
export const reasonOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
