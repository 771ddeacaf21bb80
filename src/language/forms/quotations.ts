/**
 * Quotation marks that look like signs of minutes and seconds when a number stands before them: `mục "Điều 3"`.
 *
 * @module
 */
import type { Place } from "./form.js";

/** So far back the quotation may have been opened, UTF-16 units. */
const REACH = 240;
/** Key: what closes a quotation and may be a sign of time; what opens it. */
const OPENS: Readonly<Record<string, string>> = { '"': '"', "'": "'", "’": "‘", "′": "‘", "″": "“" };
const BEFORE_OPENING = /^[\s([:“"‘'–-]?$/u;

/** Whether the last sign of what was found closes a quotation that was opened before it in the line. */
export function closesQuotation({ text, index }: Pick<Place, "text" | "index">, written: string): boolean {
  const sign = written.slice(-1);
  const opens = OPENS[sign];
  if (opens === undefined) return false;
  const before = text.slice(Math.max(0, index - REACH), index);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  // What stands nearest tells: it has opened a quotation, or is a mark of its kind that closed one.
  for (let at = line.length; at > 0; ) {
    at = Math.max(line.lastIndexOf(opens, at - 1), line.lastIndexOf(sign, at - 1));
    if (at < 0) return false;
    const isOpening = BEFORE_OPENING.test(line.charAt(at - 1)) && line.charAt(at + 1) !== " ";
    if (line.charAt(at) === opens && isOpening) return true;
    if (line.charAt(at) === sign) return false;
  }
  return false;
}
