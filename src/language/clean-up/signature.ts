/**
 * The end of an official document: for whom it is signed, by which office, by whom.
 *
 * @module
 */
import type { Line } from "../matches.js";
import type { Edit } from "../traced-text.js";

/** On behalf of, in place of, by order of, by authority of; as the decree on clerical work writes them, and as people do. */
export const SIGNED_FOR = /^(?:T\/M|TM|KT|K\/T|TL|T\/L|TUQ|T\/UQ|Q)\.? ?(?=[\p{Lu}])/u;
const OFFICE =
  "(?:PHÓ |QUYỀN )?(?:BÍ THƯ|CHỦ TỊCH|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|TRƯỞNG BAN|TRƯỞNG PHÒNG|CHÁNH VĂN PHÒNG|CHỦ NHIỆM|HIỆU TRƯỞNG|TỔ TRƯỞNG|BỘ TRƯỞNG|THỨ TRƯỞNG|TRƯỞNG CÔNG AN|CHỈ HUY TRƯỞNG)(?: THƯỜNG TRỰC)?";
/** Behind the short form: a body and the office of the one who signs, run together on one line. */
const BODY_AND_OFFICE = new RegExp(
  `^(?:\\S{1,5} ?).{2,80}?[^,.\\s](?<!PHÓ|QUYỀN|KT|TL|TUQ|K/T|T/L) (?=${OFFICE}(?: [^\\p{Ll}]{0,60})?$)`,
  "u",
);
const OFFICE_LINE = new RegExp(`^${OFFICE}(?: [^\\p{Ll}]{0,60})?$`, "u");
const SIGNED = /^\(?(?:đã ký|ký tên|ký, đóng dấu|ký tên,? ?(?:và )?đóng dấu|ký và ghi rõ họ tên)[^\n]{0,30}$/iu;
/** A person's name of two to six words. */
const NAME = /^(?:(?:Ông|Bà|BS|ThS|TS|CN)\.? )?\p{Lu}[\p{L}]{0,9}(?: \p{Lu}[\p{L}]{0,9}){1,5}$/u;
/** Lines of a signature block: for whom, a second for, office, mark, name. */
const MOST_LINES = 6;

/** Whether a line begins a signature block. */
export const startsSignature = (line: string): boolean => SIGNED_FOR.test(line) && !/\p{Ll}{2}/u.test(line);

/**
 * What to do with signature blocks: cut them, or make one sentence of each, without the remark that it was signed.
 *
 * @param tell hears where something is cut
 */
export function signatureEdits(lines: readonly Line[], choice: "cut" | "keep", tell: Cut): readonly Edit[] {
  const begins = lines.flatMap(({ text }, at) =>
    startsSignature(text) && !startsSignature(lines[at - 1]?.text ?? "") ? [at] : [],
  );
  return begins.flatMap((begin) => blockEdits(blockFrom(lines.slice(begin, begin + MOST_LINES)), choice, tell));
}

type Cut = (from: number, to: number) => void;

function blockEdits(block: readonly Line[], choice: "cut" | "keep", tell: Cut): readonly Edit[] {
  const remove = (from: number, to: number): Edit => {
    tell(from, to);
    return { start: from, end: to, text: "" };
  };
  const [first, last] = [block[0], block.at(-1)];
  if (first === undefined || last === undefined) return [];
  if (choice === "cut") return [remove(first.start, last.end)];
  return block.flatMap((line, at) => {
    if (SIGNED.test(line.text)) return [remove(line.start, line.end)];
    const comma = BODY_AND_OFFICE.exec(line.text);
    const split = comma ? [commaAt(line.start + comma[0].length - 1)] : [];
    const goesOn = block.slice(at + 1).some(({ text }) => !SIGNED.test(text));
    return goesOn && !line.text.endsWith(",") ? [...split, commaAt(line.end)] : split;
  });
}

const commaAt = (at: number): Edit => ({ start: at, end: at, text: "," });

function blockFrom(lines: readonly Line[]): readonly Line[] {
  const end = lines.findIndex(
    ({ text }, at) =>
      at > 0 && !startsSignature(text) && !OFFICE_LINE.test(text) && !SIGNED.test(text) && !NAME.test(text),
  );
  return end < 0 ? lines : lines.slice(0, end);
}
