/**
 * Numbers as they are written in Vietnamese text: full stops between thousands, a comma before decimals.
 *
 * @module
 */
import { type NumberWords, readDigits, readNumber } from "../numbers.js";

/** The inside of a pattern: `1.250`, `2,5`, `64132`. */
export const QUANTITY = String.raw`(?:\d{1,3}(?:\.\d{3}){1,9}|\d{1,60})(?:,\d{1,20})?`;
/** The same, and what is meant only when a unit follows: `50 000`, `12.5`. */
export const MEASURED = String.raw`(?:\d{1,3}(?:\.\d{3}){1,5}(?:,\d{1,6})?|\d{1,3}(?: \d{3}){1,5}|\d{1,18}(?:[.,]\d{1,6})?)`;

/** Says {@link QUANTITY} or {@link MEASURED}: `1.250,5` is `một nghìn hai trăm năm mươi phẩy năm`. */
export function sayQuantity(written: string, words: NumberWords): string {
  if (!/[., ]/u.test(written)) return readNumber(written, words);
  const [whole = "", fraction] = plain(written).split(",");
  const said = readNumber(whole, words);
  return fraction === undefined ? said : `${said} phẩy ${sayFraction(fraction, words)}`;
}

/** Only digits and at most one comma. */
const plain = (written: string): string =>
  /^\d+\.(?:\d{1,2}|\d{4,})$/u.test(written) ? written.replace(".", ",") : written.replaceAll(/[. ]/gu, "");

/** The value, for comparing; digits beyond what a number can hold do not matter there. */
export const quantityValue = (written: string): number => Number(plain(written).replace(",", "."));

/** 0,5 is `không phẩy năm`, 1,25 is `một phẩy hai mươi lăm`, 3,1416 digit by digit. */
const sayFraction = (digits: string, words: NumberWords): string =>
  digits.length <= 2 ? readNumber(digits, words) : readDigits(digits);

/** A number of at most four digits whose leading zeros mean nothing: `05` of `05 ca`, `07` of `tháng 07`. */
export const sayCount = (digits: string, words: NumberWords): string =>
  readNumber(digits.replace(/^0+(?=\d)/u, ""), words);

/** A year, whole: `hai nghìn không trăm hai mươi mốt`. Two digits are years of this century. */
export const sayYear = (digits: string, words: NumberWords): string =>
  readNumber(digits.length === 2 ? `20${digits}` : digits, words);

/** The fourth month and the fourth weekday are `tư`, never `bốn`. */
export const sayMonth = (digits: string, words: NumberWords): string =>
  Number(digits) === 4 ? "tư" : sayCount(digits, words);
