/**
 * A text of any length in parts that fit in memory.
 *
 * @module
 */
import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { Fault } from "../base/errors.js";
import { codeOf, systemWords } from "../base/system-words.js";
import { type Io, misuse } from "./command.js";

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

/**
 * The text of a file as it comes from the disk, or what comes in when the name is `-` or left out.
 *
 * @throws Fault "not-found" when it cannot be read; "invalid", reason `no-text`, when it is not UTF-8 text
 */
export async function* inputPieces(name: string | undefined, { stdin, cwd }: Io): AsyncGenerator<string> {
  if (name === "") throw misuse({ vi: "Tên tệp đang để trống.", en: "The name of the file is empty." });
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const source = name === undefined || name === "-" ? stdin : createReadStream(resolve(cwd, name));
  try {
    for await (const piece of source) yield typeof piece === "string" ? piece : decoder.decode(piece, { stream: true });
    yield decoder.decode();
  } catch (cause) {
    throw codeOf(cause) === "ERR_ENCODING_INVALID_ENCODED_DATA" ? noText(name) : unreadable(name, cause);
  }
}

/** All of the text. @throws Fault as {@link inputPieces}; "too-large" beyond {@link LONGEST_WHOLE} */
export async function readInput(name: string | undefined, io: Io): Promise<string> {
  for await (const { text, whole } of textParts(inputPieces(name, io))) {
    if (whole) return text;
    throw tooLong(name);
  }
  throw new TypeError("even an empty text is one part");
}

const shown = (name: string | undefined) => (name === undefined || name === "-" ? "(stdin)" : name);

const tooLong = (name: string | undefined) =>
  new Fault("too-large", {
    vi: `${shown(name)} dài hơn ${LONGEST_WHOLE.toLocaleString("vi")} ký tự. Hãy chia thành nhiều tệp.`,
    en: `${shown(name)} has more than ${LONGEST_WHOLE.toLocaleString("en")} characters. Split it into several files.`,
  });

const noText = (name: string | undefined) =>
  new Fault(
    "invalid",
    {
      vi: `${shown(name)} không phải tệp chữ dạng UTF-8. Nếu là tệp Word, PDF hay bảng mã cũ, hãy lưu lại thành văn bản thuần (.txt) dạng UTF-8.`,
      en: `${shown(name)} is not UTF-8 text. If it comes from Word, PDF or an old code page, save it as plain text (.txt) in UTF-8.`,
    },
    { reason: "no-text" },
  );

function unreadable(name: string | undefined, cause: unknown): Fault {
  const why = systemWords(cause);
  return new Fault(
    "not-found",
    { vi: `Không đọc được tệp ${shown(name)}: ${why.vi}.`, en: `The file ${shown(name)} cannot be read: ${why.en}.` },
    { cause },
  );
}
