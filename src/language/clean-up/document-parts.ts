/**
 * What stands around the words of an official document: the administrative heading before them, the list of receivers and
 * the signature behind them.
 *
 * The layout is that of the decree on clerical work (30/2020/NĐ-CP, appendix I), in the order in which word processors and
 * scanners give its two columns.
 *
 * @module
 */

import { type Line, linesIn, matchesIn } from "../matches.js";
import { type Edit, edited, type Traced } from "../traced-text.js";
import { SIGNED_FOR, signatureEdits, startsSignature } from "./signature.js";
import type { Note, Step } from "./step.js";

/** What to do with a part of a document. */
export type PartChoice = "cut" | "keep";

/** What becomes of the parts that are not the message itself. */
export interface PartChoices {
  readonly heading: PartChoice;
  readonly recipients: PartChoice;
  readonly signature: PartChoice;
}

/** Nobody listens to motto and distribution list; who speaks is worth hearing. */
export const USUAL_PARTS: PartChoices = { heading: "cut", recipients: "cut", signature: "keep" };

/** Beside another column only in capitals: in small letters it may be part of a sentence. */
const NATION =
  /CỘNG\s{1,3}H(?:ÒA|OÀ)\s{1,3}XÃ\s{1,3}HỘI\s{1,3}CHỦ\s{1,3}NGHĨA|ĐẢNG\s{1,3}CỘNG\s{1,3}SẢN\s{1,3}VIỆT\s{1,3}NAM$|^[Cc]ộng h(?:òa|oà) xã hội chủ nghĩa [Vv]iệt [Nn]am$/u;
const MOTTO = /Độc lập\s{0,3}[-–—]\s{0,3}Tự do\s{0,3}[-–—]\s{0,3}Hạnh phúc/iu;
const NUMBER = /^Số\s{0,2}:?\s{0,3}[\d.… ]{0,12}[-/]\s{0,2}[\p{Lu}\d]/u;
const PLACE_AND_DATE = /(?:^|\s)\p{Lu}[^\n,]{1,40}, ?ngày[\s\d.…_]{1,12}tháng[\s\d.…_]{1,12}năm[\s\d.…_]{0,9}$/u;
/** Issuing bodies and rules of stars and lines. */
const BODY = /^[^\p{Ll}\n]{2,70}$/u;
const RULE = /^[\s*_=.–—-]*$/u;
/** A document's own name is the first thing that is read. */
const TITLE =
  /^(?:THÔNG|KẾ HOẠCH|QUYẾT ĐỊNH|CÔNG VĂN|GIẤY|TỜ TRÌNH|BÁO CÁO|NGHỊ QUYẾT|CHỈ THỊ|HƯỚNG DẪN|CÔNG ĐIỆN|LỊCH|BẢN TIN|LỜI KÊU|THƯ|CHƯƠNG TRÌNH|BIÊN BẢN|PHƯƠNG ÁN|KHẨN|V\/v)/u;
/** So far from the top a heading may reach, lines. */
const HEADING_REACH = 14;

/** Without these a text has only a heading, if anything. */
const MAY_LIST = /Nơi (?:nhận|gửi)/iu;
const MAY_SIGN = new RegExp(SIGNED_FOR, "mu");

/** Cuts what the choices say, with a note for each cut, and puts a signature that is kept into one sentence. */
export const documentParts =
  (choices: PartChoices): Step =>
  (text, tell) => {
    const goesOn = MAY_LIST.test(text.text) || MAY_SIGN.test(text.text);
    const lines = linesIn(text.text, goesOn ? Number.POSITIVE_INFINITY : HEADING_REACH);
    const edits: Edit[] = [];
    const cut = (kind: Note["kind"], from: number, to: number) => {
      tell(text, { kind, from, to });
      edits.push({ start: from, end: to, text: "" });
    };
    const heading = headingOf(lines);
    if (heading !== undefined && choices.heading === "cut") cut("heading-cut", heading.from, heading.to);
    const lists = recipientLists(lines);
    if (choices.recipients === "cut") for (const { from, to } of lists) cut("recipients-cut", from, to);
    const signatures = signatureEdits(linesOutside(lines, lists), choices.signature, (from, to) =>
      tell(text, { kind: "signature-cut", from, to }),
    );
    return edited(text, tidy([...edits, ...signatures]));
  };

/** Lines that stand in no list; both are in order. */
function linesOutside(lines: readonly Line[], lists: readonly Span[]): readonly Line[] {
  let next = 0;
  return lines.filter(({ start }) => {
    while (start >= (lists[next]?.to ?? Number.POSITIVE_INFINITY)) next++;
    return start < (lists[next]?.from ?? Number.POSITIVE_INFINITY);
  });
}

/** In order, and none inside another. */
function tidy(edits: readonly Edit[]): readonly Edit[] {
  let last = 0;
  return edits
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
    .filter(({ start, end }) => {
      if (start < last) return false;
      last = end;
      return true;
    });
}

interface Span {
  readonly from: number;
  readonly to: number;
}

const isHeadingLine = (text: string): boolean =>
  NATION.test(text) || MOTTO.test(text) || NUMBER.test(text) || PLACE_AND_DATE.test(text);

/** From the first line to the last of the heading's lines; undefined when nothing proves that there is one. */
function headingOf(lines: readonly Line[]): Span | undefined {
  const top = lines.slice(0, HEADING_REACH);
  const nation = top.findIndex(({ text }) => NATION.test(text) || MOTTO.test(text));
  const first = top.findIndex(({ text }) => isHeadingLine(text));
  // A number or a date alone is a heading only when it begins the text.
  const anchor = nation >= 0 ? nation : first === 0 ? 0 : -1;
  const begin = Math.min(first, anchor);
  if (anchor < 0 || !top.slice(0, begin).every(({ text }) => BODY.test(text) && !TITLE.test(text))) return undefined;
  let last = anchor;
  for (let at = anchor + 1; at < top.length; at++) {
    const text = top[at]?.text ?? "";
    if (isHeadingLine(text)) last = at;
    else if (TITLE.test(text) || startsSignature(text) || !(RULE.test(text) || BODY.test(text))) break;
  }
  return { from: top[0]?.start ?? 0, to: top[last]?.end ?? 0 };
}

const RECEIVERS = /^(?:\p{P} ?)?Nơi (?:nhận|gửi)\s{0,2}(?::|$)/iu;
/** What only a distribution list has. */
const FILED = /(?:^|[\s;,.])Lưu\s{0,2}:|Như (?:trên|Điều|kính gửi)|\((?:để )?(?:b\/c|báo cáo|p\/h|t\/h)\)/iu;
const BULLET = /^[-+*•–] ?\S/u;
/** A line so long is prose, and no name of an office. */
const PROSE = 160;

/** Each list from its name to its last line, where a signature or prose begins. A pasted text may hold several documents. */
function recipientLists(lines: readonly Line[]): readonly Span[] {
  const lists: Span[] = [];
  lines.forEach((first, name) => {
    if (first.start < (lists.at(-1)?.to ?? 0) || !RECEIVERS.test(first.text)) return;
    const list = untilOther(lines, name + 1);
    const isList = [first, ...list].some(({ text }) => FILED.test(text));
    const isAlone = /:$/u.test(first.text) && BULLET.test(list[0]?.text ?? "");
    if (isList || isAlone) lists.push({ from: first.start, to: list.at(-1)?.end ?? first.end });
  });
  return lists;
}

/** Longest list, lines: an office sends its paper to no more. */
const LONGEST_LIST = 60;

function untilOther(lines: readonly Line[], from: number): readonly Line[] {
  const rest = lines.slice(from, from + LONGEST_LIST);
  const behind = rest.findIndex(
    ({ text }) =>
      startsSignature(text) ||
      RECEIVERS.test(text) ||
      isHeadingLine(text) ||
      (text.length > PROSE && !BULLET.test(text)),
  );
  return behind < 0 ? rest : rest.slice(0, behind);
}

/** Feet of pages: they stand in the middle of sentences. */
export const pageMarks: Step = (text: Traced, tell) => {
  const edits: Edit[] = [];
  for (const { 0: found, index } of matchesIn(
    text.text,
    /^(?:[-–] ?\d{1,3} ?[-–]|Trang \d{1,3}(?: ?[/|] ?\d{1,3})?)$/gimu,
  )) {
    tell(text, { kind: "page-mark-cut", from: index, to: index + found.length });
    edits.push({ start: index, end: index + found.length, text: "" });
  }
  return edited(text, edits);
};
