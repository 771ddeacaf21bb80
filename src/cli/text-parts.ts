/**
 * A text of any length in parts that fit in memory.
 *
 * @module
 */
import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { Fault } from "../base/errors.js";
import type { Io } from "./command.js";

/** Up to so many UTF-16 units a text is taken whole; some five hundred pages. */
export const LONGEST_WHOLE = 1_000_000;
/** A longer text is cut into parts of at most so many units. */
const PART = 250_000;

/** A part of the text, and where in it the part stands, UTF-16 units. */
export interface TextPart {
  readonly text: string;
  readonly start: number;
  /** Whether this is all of it. */
  readonly whole: boolean;
}

/**
 * Reads a text part by part, cutting at empty lines where there are any. No more than {@link LONGEST_WHOLE} units and one
 * piece of input are in memory at a time.
 */
export async function* textParts(pieces: AsyncIterable<string>): AsyncGenerator<TextPart> {
  let text = "";
  let start = 0;
  for await (const piece of pieces) {
    text += piece;
    while (text.length > LONGEST_WHOLE) {
      const length = cutPlace(text);
      yield { text: text.slice(0, length), start, whole: false };
      start += length;
      text = text.slice(length);
    }
  }
  yield { text, start, whole: start === 0 };
}

function cutPlace(text: string): number {
  const part = text.slice(0, PART);
  const emptyLine = /^[\s\S]*\n[ \t\r]*\n/u.exec(part.slice(PART / 2))?.[0].length;
  if (emptyLine !== undefined) return PART / 2 + emptyLine;
  const end = Math.max(part.lastIndexOf("\n"), part.lastIndexOf(" ")) + 1;
  if (end > 0) return end;
  // Nothing to hold on to: cut, but not through a pair.
  return /[\uD800-\uDBFF]$/.test(part) ? PART - 1 : PART;
}

/** The text of a file as it comes from the disk, or what comes in when the name is `-` or left out. */
export async function* inputPieces(name: string | undefined, { stdin, cwd }: Io): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const source = name === undefined || name === "-" ? stdin : createReadStream(resolve(cwd, name));
  try {
    for await (const piece of source) yield typeof piece === "string" ? piece : decoder.decode(piece, { stream: true });
  } catch (cause) {
    throw new Fault(
      "not-found",
      { vi: `Không đọc được tệp ${name ?? "-"}.`, en: `The file ${name ?? "-"} cannot be read.` },
      { cause },
    );
  }
  yield decoder.decode();
}
