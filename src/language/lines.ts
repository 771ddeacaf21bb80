/**
 * Which line breaks of a pasted text are paragraphs, and which only ended a line of paper.
 *
 * @module
 */

/** A line that begins so is an item or a heading of its own: bullets, `1.`, `a)`, `IV.`, markdown headings and quotes. */
const LIST_MARK = /^(?:[-+*•‣◦▪▫●○–—·] |\d{1,3}[.)] |[a-zđ][.)] |[ivx]{1,6}[.)] |#{1,6} )/iu;
/** Marks that will be taken away. */
const BULLET = /^(?:[-+*•‣◦▪▫●○–—·]|#{1,6}) /u;
/** What may stand between the last word and the end of a line. */
const CLOSING = /["'”’»)\]*_]{0,8}$/u;
/** From this length on a line without a full stop was broken by the edge of the paper, UTF-16 units. */
const FULL_LINE = 50;
/** A list mark is looked for in this many units after a line break. */
const MARK_ROOM = 10;

/** What stands in the place of a run of line breaks: a space inside a sentence, an empty line between paragraphs. */
export function mendBreak(breaks: string, at: number, text: string): string {
  const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  const next = text.slice(at + breaks.length, at + breaks.length + MARK_ROOM);
  if (line === "" || next === "") return "";
  if (goesOn(line, next, breaks.length === 1)) return " ";
  return `${stop(line, next)}\n\n`;
}

const bare = (line: string): string => line.slice(-40).replace(CLOSING, "");
const ends = (line: string): boolean => /[.!?…:;]$/u.test(bare(line));

/** What must end the line of a list so that its end can still be seen when the marks are gone. */
function stop(line: string, next: string): string {
  if (ends(line)) return "";
  if (BULLET.test(line)) return line.startsWith("#") ? "." : ";";
  return BULLET.test(next) && (line.endsWith(",") || /^\S{1,6} ["'“‘«(]{0,2}\p{Ll}/u.test(next)) ? ":" : "";
}

function goesOn(line: string, next: string, single: boolean): boolean {
  if (LIST_MARK.test(next) || line.startsWith("#") || ends(line)) return false;
  if (line.endsWith(",")) return true;
  if (/^["'“‘«(]{0,2}\p{Ll}/u.test(next)) return true;
  const isHeading = line === line.toUpperCase();
  return single && line.length >= FULL_LINE && !isHeading && /^["'“‘«(]{0,2}[\p{L}\p{N}]/u.test(next);
}
