/**
 * Places on the globe: `11°56′30″N`, `108,4°Đ`, and decimal degrees after their word.
 *
 * @module
 */
import { type NumberWords, readDigits } from "../numbers.js";
import { type Form, firstOf, form, told } from "./form.js";
import { sayCount } from "./quantity.js";

const SIDES: Readonly<Record<string, string>> = {
  B: "Bắc",
  N: "Bắc",
  Đ: "Đông",
  E: "Đông",
  T: "Tây",
  W: "Tây",
  S: "Nam",
};

/** `11°56′30″N`, `108°26'E`: in and around Viet Nam N is north, though the letter also begins "Nam". */
const position = form(
  /(\d{1,3}(?:[.,]\d{1,6})?)[°º] ?(?:(\d{1,2}(?:[.,]\d{1,4})?)['’′] ?)?(?:(\d{1,2}(?:[.,]\d{1,3})?)(?:["”″]|'') ?)?([BNĐETWS])(?![\p{L}\p{M}\p{N}])/uy,
  ({ groups: [, degrees = "", minutes, seconds, side = ""], place }) => {
    const said = [`${sayDecimal(degrees, place.words)} độ`];
    if (minutes !== undefined) said.push(`${sayDecimal(minutes, place.words)} phút`);
    if (seconds !== undefined) said.push(`${sayDecimal(seconds, place.words)} giây`);
    return { spoken: `${said.join(" ")} ${SIDES[side] ?? ""}`, kind: "coordinate" };
  },
);

/** `11°56′30″` without a side. */
const angle = form(
  /(\d{1,3})[°º] ?(\d{1,2})['’′](?: ?(\d{1,2}(?:[.,]\d{1,3})?)(?:["”″]|''))?/uy,
  ({ groups: [, degrees = "", minutes = "", seconds], place }) => {
    const end = seconds === undefined ? "" : ` ${sayDecimal(seconds, place.words)} giây`;
    return {
      spoken: `${sayCount(degrees, place.words)} độ ${sayCount(minutes, place.words)} phút${end}`,
      kind: "coordinate",
    };
  },
);

/** `11.9404, 108.4383` after the word for coordinates. */
const decimalPosition = form(/(\d{1,3}\.\d{3,8})(?!\p{N}|[.]\p{N})/uy, ({ groups: [, written = ""], place }) =>
  /(?:tọa độ|toạ độ|GPS|vĩ độ|kinh độ)(?: \p{L}+){0,2}:? ?\(?(?:\d{1,3}\.\d{3,8}[,;]? ?)?$/iu.test(place.before)
    ? { spoken: sayDecimal(written, place.words), kind: "coordinate" }
    : undefined,
);

const DEGREES = String.raw`\d{1,3}[.,]\d{1,2}`;
const TO_EAST = new RegExp(`^ ?[-–;,/] ?(?:${DEGREES} ?[-–] ?)?${DEGREES} ?[EĐ](?![\\p{L}\\d])`, "u");
const BEHIND_NORTH = /\d ?[NB] ?[-–;,/] ?$/u;

/** `15,0-18,5N; 110,0-115,0E`: north and east beside each other, as bulletins of storms write them. Without decimals they may be classes: `5B, 6E`. */
const pair = form(
  new RegExp(`(${DEGREES})(?: ?[-–] ?(${DEGREES}))? ?([NBEĐ])(?![\\p{L}\\p{M}\\p{N}])`, "uy"),
  ({ groups: [, first = "", last, side = ""], place: { before, words }, after }) => {
    const isNorth = side === "N" || side === "B";
    if (!(isNorth ? TO_EAST.test(after) : BEHIND_NORTH.test(before))) return undefined;
    const to = last === undefined ? "" : ` đến ${sayDecimal(last, words)}`;
    return { spoken: `${sayDecimal(first, words)}${to} độ ${SIDES[side] ?? ""}`, kind: "coordinate" };
  },
);

/** The letter in `110,5 độ E`. */
const side = form(
  /([NBEĐWST])(?![\p{L}\p{M}\p{N}]|\.[\p{L}\p{N}])/uy,
  ({ groups: [, letter = ""], place: { before } }) =>
    /\d độ $/u.test(before) ? { spoken: SIDES[letter] ?? "", kind: "coordinate" } : undefined,
);

function sayDecimal(written: string, words: NumberWords): string {
  const [whole = "", fraction] = written.split(/[.,]/u);
  return sayCount(whole, words) + (fraction === undefined ? "" : ` phẩy ${readDigits(fraction)}`);
}

/** The side of the globe behind degrees. */
export const sides: Form = told(/^[NBEĐWST]/u, side);
/** Coordinates. */
export const positions: Form = firstOf([
  told(/^(?:[.,]0|[°º])/u, position),
  told(/^[°º]/u, angle),
  told(/^\.0/u, decimalPosition),
  told(/^(?:[.,]0| ?[-–NBEĐ])/u, pair),
]);
