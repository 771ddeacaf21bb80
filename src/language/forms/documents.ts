/**
 * The numbers of official documents: `335-CV/ThU` of the party, `117/2020/NĐ-CP` and `1273/BTTTT-TTCS` of the state.
 *
 * @module
 */

import { behind, type Condition } from "../conditions.js";
import type { Lexicon } from "../lexicon.js";
import { type NumberWords, readNumber } from "../numbers.js";
import { BODIES, DOCUMENT_KINDS, KIND_WORDS, STATE_BTC } from "./document-words.js";
import { type Form, type Found, firstOf, form, type Said, told } from "./form.js";
import { spellCode } from "./letters.js";
import { sayYear } from "./quantity.js";

const LETTERS = String.raw`\p{Lu}[\p{L}]{0,11}\d{0,3}`;
const JOIN = "(?: ?[-–/&] ?|\\.)";
const NUMBER = new RegExp(
  String.raw`(\d{1,6})(?: ?/ ?((?:19|20)\d\d))?( ?[-–/] ?)(${LETTERS}(?:${JOIN}${LETTERS}){0,3})(?![\p{L}\p{M}\p{N}])`,
  "uy",
);
const AFTER_NUMBER_WORD = behind(
  /(?:^|[^\p{L}])(?:số|sô|No\.?|nghị định|thông tư|quyết định|công văn|kế hoạch|chỉ thị)[:.]? ?$/iu,
);

/** Who issued it is told in words after the number: it need not be said twice. */
const OF_BODY = /^,?(?: ngày \d{1,2}[/.-]\d{1,2}[/.-]\d{4})? của \p{Lu}/u;

type Taught = Lexicon["taught"];

interface Part {
  readonly spoken: string;
  readonly known: boolean;
}

const numbered = (taught: Taught): Form =>
  form(NUMBER, (found) => {
    const [, number = "", year, , letters = ""] = found.groups;
    const isCalled = AFTER_NUMBER_WORD.test(found.place.before);
    const isParty = !/^\d+ ?\//u.test(found.groups[0] ?? "");
    const parts = letters.split(/ ?[-–/&.] ?/u);
    const [first = "", ...rest] = parts;
    const kind = DOCUMENT_KINDS.get(first);
    const hasBody = rest.some((part) => bodyOf(part, isParty, taught).known);
    const isLaw = year !== undefined && /^(?:QH|UBTVQH)\d{1,2}$/u.test(letters);
    const isDocument =
      isLaw || isCalled ? letters.length > 1 : (kind !== undefined && hasBody) || isBodyPair(parts, isParty, taught);
    if (!isDocument) return undefined;
    const bodies = kind === undefined ? sayBodies(parts, isParty, taught) : sayBodies(rest, isParty, taught);
    const named = kind === undefined || isNamed(kind, first, found.place.before) ? "" : kind;
    const said =
      named === "" && kind !== undefined && bodies.known && OF_BODY.test(found.after)
        ? { spoken: "", known: true }
        : bodies;
    const glue = named !== "" && isParty && said.spoken !== "" ? ", " : " ";
    const tail = [named, said.spoken].filter((piece) => piece !== "").join(glue);
    const head = sayNumber(number, year, found.place.words);
    if (tail === "") return { spoken: head, kind: "document", known: said.known };
    // Else the name of the body would run into the day of the paper.
    const pause = BEFORE_DAY.test(found.after) ? "," : "";
    return { spoken: `${head}, ${tail}${pause}`, kind: "document", known: said.known };
  });

const BEFORE_DAY = /^ (?:(?:ban hành |ký )?ngày |hồi \d)/u;

const sayNumber = (number: string, year: string | undefined, words: NumberWords): string =>
  readNumber(number, words) + (year === undefined ? "" : ` năm ${sayYear(year, words)}`);

/** `BTTTT-TTCS`: who issued it, and which department drafted it. */
const isBodyPair = (parts: readonly string[], isParty: boolean, taught: Taught): boolean =>
  parts.length > 1 && !isParty && bodyOf(parts[0] ?? "", false, taught).known;

const isNamed = (kind: string, letters: string, before: string): boolean =>
  (before.includes(letters) && before.replace(/ ?(?:số:? ?)?$/u, "").endsWith(letters)) ||
  (NAMED_KINDS.get(kind)?.test(before) ?? false);

/** Key: a kind of document; finds its name before a number. */
const NAMED_KINDS: ReadonlyMap<string, Condition> = new Map(
  [...DOCUMENT_KINDS.values()].map((kind) => [
    kind,
    behind(new RegExp(`(?:^|[^\\p{L}])${kind}(?: \\p{L}+){0,2} ?[:(]? ?(?:số)?[:.]? ?$`, "iu")),
  ]),
);

function sayBodies(parts: readonly string[], isParty: boolean, taught: Taught): Part {
  const said = parts.map((part) => bodyOf(part, isParty, taught));
  return { spoken: said.map(({ spoken }) => spoken).join(", "), known: said.every(({ known }) => known) };
}

/**
 * A body, with the number that may stand behind its letters: the term of an assembly, or which department. What the station
 * has taught comes first: `TU` is the party committee of a province in most places, and that of a city in some.
 */
function bodyOf(part: string, isParty: boolean, taught: Taught): Part {
  const own = taught(part);
  if (own !== undefined) return { spoken: own, known: true };
  const [, letters = "", digits = ""] = /^(\p{L}+)(\d*)$/u.exec(part) ?? [];
  if (letters === "QH" || letters === "UBTVQH") {
    const body = letters === "QH" ? "Quốc hội" : "Ủy ban Thường vụ Quốc hội";
    return { spoken: digits === "" ? body : `${body} khóa ${readNumber(digits)}`, known: true };
  }
  const kind = DOCUMENT_KINDS.get(letters);
  const body = letters === "BTC" && !isParty ? STATE_BTC : (BODIES.get(letters) ?? (digits === "" ? kind : undefined));
  if (body === undefined) return { spoken: spellCode(part), known: false };
  return { spoken: digits === "" ? body : `${body} ${readNumber(digits)}`, known: true };
}

const MODEL = behind(/(?:^|\P{L})(?:biểu )?mẫu(?: (?:tờ khai|đơn|biểu))?(?: số)?:? $/iu);

/** `mẫu số 01a/ĐK`, `mẫu 02-TT`: a form to fill in, by its number and letters. */
const model: Form = form(
  /(\d{1,2})([a-zđ])?(?:[/-]([A-ZĐ]{1,6})(?:-([A-ZĐ]{1,6}))?)?(?![\p{L}\p{M}\p{N}]|[-/.,]\p{N}|[-/]\p{L})/uy,
  ({ groups: [, number = "", letter, ...parts], place }) => {
    const letters = parts.flatMap((part) => part ?? []);
    if ((letter === undefined && letters.length === 0) || !MODEL.test(place.before)) return undefined;
    const head = readNumber(number, place.words) + (letter === undefined ? "" : ` ${spellCode(letter)}`);
    return { spoken: [head, ...letters.map(spellCode)].join(", "), kind: "document" };
  },
);

const BARE = /(\d{1,6}) ?\/ ?((?:19|20)\d\d)(?![\p{L}\p{M}\p{N}]|[-/.,]\d)/uy;
const NAMED_BEFORE = behind(
  new RegExp(`(?:^|[^\\p{L}])(?:${KIND_WORDS.join("|")}|số|NĐ|TT|QĐ|NQ|CT)(?: số)?:? ?$`, "iu"),
);

/** `Nghị định 15/2020`, `Luật số 59/2020`. */
const bare: Form = form(BARE, ({ groups: [, number = "", year], place }: Found): Said | undefined =>
  NAMED_BEFORE.test(place.before) ? { spoken: sayNumber(number, year, place.words), kind: "document" } : undefined,
);

/** Numbers of documents; letters that nobody listed are spelt and must be confirmed. */
export const documents = ({ taught }: Pick<Lexicon, "taught">): Form =>
  firstOf([told(/^(?:[-/]|[a-zđ])/u, model), told(/^ ?[-–/]/u, numbered(taught)), told(/^ ?\//u, bare)]);
