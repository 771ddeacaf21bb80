/**
 * Which line breaks of a pasted text are paragraphs, and which only ended a line of paper.
 *
 * @module
 */
import { mending, nothing, type Step } from "./clean-up/step.js";

/** Bullets, also those that word processors draw, and the headings of markdown. */
const BULLET = /^(?:[-+*•‣◦▪▫●○■□►▶➢➤❖✓✔➔→⇒·–—] ?(?=[^\s\d])|[-+*•‣◦▪▫●○■□►▶➢➤❖✓✔➔→⇒·–—] |#{1,6} )/u;
/** What begins an item or a heading of its own: `1.`, `1.2.`, `1)`, `2/`, `a)`, `(b)`, `IV.`. */
const NUMBERING =
  /^(?:\d{1,3}(?:\.\d{1,2}){0,3}[.)]|\d{1,2}\/|\(?[a-zđ][.)]|\((?:\d{1,2}|[ivx]{1,6})\)|[ivx]{1,6}[.)/]) /iu;
/** What may stand between the last word and the end of a line, and how many of them. */
const CLOSING = `"'”’»)]*_`;
const MOST_CLOSING = 8;
/** What ends a sentence, or promises a list. */
const STOPS = ".!?…:;";
/** From this length on a line without a full stop was broken by the edge of the paper, UTF-16 units. */
const FULL_LINE = 50;
/** A list mark is looked for in this many units after a line break. */
const MARK_ROOM = 10;

/** What stands in the place of a run of line breaks: a space inside a sentence, an empty line between paragraphs. */
function mendBreak(breaks: string, at: number, text: string): string {
  const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  const next = text.slice(at + breaks.length, at + breaks.length + MARK_ROOM);
  if (line === "" || next === "") return "";
  if (goesOn(line, next, breaks.length === 1)) return " ";
  return `${stop(line, next)}\n\n`;
}

const startsItem = (next: string): boolean => BULLET.test(next) || NUMBERING.test(next);

function ends(line: string): boolean {
  let last = line.length - 1;
  while (last >= 0 && last >= line.length - MOST_CLOSING && CLOSING.includes(line.charAt(last))) last--;
  return last >= 0 && STOPS.includes(line.charAt(last));
}

/** What must end the line of a list so that its end can still be seen when the marks are gone. */
function stop(line: string, next: string): string {
  if (ends(line)) return "";
  if (BULLET.test(line)) return line.startsWith("#") ? "." : ";";
  return BULLET.test(next) && (line.endsWith(",") || /^\S{1,6} ["'“‘«(]{0,2}\p{Ll}/u.test(next)) ? ":" : "";
}

/** Inside a sentence these are small: whoever writes them large begins one. */
const BEGINS_SENTENCE =
  /^(?:Ngày|Căn cứ|Thực hiện|Theo|Nhằm|Để|Hiện|Nhân dịp|Trong|Vừa qua|Từ|Sau|Trước|Đề nghị|Yêu cầu|Khi|Nếu|Kính) /u;

function goesOn(line: string, next: string, single: boolean): boolean {
  if (startsItem(next) || line.startsWith("#") || ends(line)) return false;
  if (BEGINS_SENTENCE.test(next) && !line.endsWith(",")) return false;
  if (line.endsWith(",")) return true;
  if (/^["'“‘«(]{0,2}\p{Ll}/u.test(next)) return true;
  const isHeading = line === line.toUpperCase();
  return single && line.length >= FULL_LINE && !isHeading && /^["'“‘«(]{0,2}[\p{L}\p{N}]/u.test(next);
}

const DASHES = /^(?:(?:[-+*•‣◦▪▫●○■□►▶➢➤❖✓✔➔→⇒·–—] |[-+•‣◦▪▫●○■□►▶➢➤❖✓✔➔→⇒·](?=[^\s\d])|#{1,6} )+)/gmu;
/** `1)`, `2/`, `(3)`, `a)`: the number is read and followed by a stop, as `1.` is; `(028)` dials a city. */
const CLOSED_NUMBERS = /^\(?(?:(?!0\d\d)\d{1,3}|[a-zđ]|[ivx]{1,6})[)/](?= )/gimu;

/** A dash that touches a number: a bullet among others, else a minus sign. What is measured is below zero anywhere. */
const DASHED_NUMBERS = /^[-–](?=\d)(?!\d{1,3}(?:[.,]\d{1,2})? ?(?:°|độ|%))/gmu;

/** Whether the line before or behind is an item, or the one before promises a list. */
function isInList(text: string, start: number): boolean {
  let before = start - 1;
  while (before >= 0 && text.charAt(before) === "\n") before--;
  if (text.charAt(before) === ":") return true;
  if (before >= 0 && beginsItem(text, text.lastIndexOf("\n", before) + 1)) return true;
  let next = text.indexOf("\n", start);
  while (next >= 0 && text.charAt(next) === "\n") next++;
  return next >= 0 && beginsItem(text, next);
}

function beginsItem(text: string, start: number): boolean {
  const mark = text.slice(start, start + MARK_ROOM);
  return BULLET.test(mark) || /^[-–]\d/u.test(mark);
}

/** Bullets go; the numbers and letters of items stay, for a listener counts along with them. */
export const listMarks: Step = mending([
  [DASHED_NUMBERS, (found, at, text) => (isInList(text, at) ? "" : found)],
  [DASHES, nothing],
  [CLOSED_NUMBERS, (found) => `${found.replace(/[()/]/gu, "")}.`],
]);

/** Runs of line ends as spaces or paragraphs. */
export const joinLines: Step = mending([[/\n+/gu, mendBreak]]);
