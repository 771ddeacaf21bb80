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

function sayDecimal(written: string, words: NumberWords): string {
  const [whole = "", fraction] = written.split(/[.,]/u);
  return sayCount(whole, words) + (fraction === undefined ? "" : ` phẩy ${readDigits(fraction)}`);
}

/** Coordinates. */
export const positions: Form = firstOf([
  told(/^(?:[.,]0|[°º])/u, position),
  told(/^[°º]/u, angle),
  told(/^\.0/u, decimalPosition),
]);
