/**
 * How a number is said in Vietnamese.
 *
 * @module
 */

/** Words that differ between regions. */
export interface NumberWords {
  /** One thousand: `nghìn` in the north, `ngàn` in the south. */
  readonly thousand: "nghìn" | "ngàn";
  /** The empty tens of 105: `lẻ` or `linh`. */
  readonly and: "lẻ" | "linh";
}

/** What the station says unless told otherwise: the northern thousand, and the `lẻ` that all regions understand. */
export const USUAL_WORDS: NumberWords = { thousand: "nghìn", and: "lẻ" };

/** A number with more digits is read digit by digit: nobody can follow it otherwise. */
export const MOST_DIGITS = 18;

const DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"] as const;

/** One digit after another, as telephone and account numbers are said. Anything that is no digit is left out. */
export const readDigits = (digits: string): string =>
  [...digits].flatMap((digit) => DIGITS[Number.parseInt(digit, 10)] ?? []).join(" ");

/**
 * Says a whole number: 21 `hai mươi mốt`, 24 `hai mươi tư`, 105 `một trăm lẻ năm`, 1005 `một nghìn không trăm lẻ năm`.
 *
 * @param digits only 0 to 9; a number with a leading zero, or of more than {@link MOST_DIGITS} digits, is read digit by digit
 * @throws RangeError when there is anything but digits
 */
export function readNumber(digits: string, words: NumberWords = USUAL_WORDS): string {
  if (!/^\d+$/u.test(digits)) throw new RangeError(`${JSON.stringify(digits)} is not a whole number`);
  const asDigits = digits.length > MOST_DIGITS || (digits.startsWith("0") && digits.length > 1);
  if (asDigits) return readDigits(digits);
  return digits === "0" ? DIGITS[0] : readPositive(digits, { words, leads: true });
}

interface Part {
  readonly words: NumberWords;
  /** Whether nothing is said before it: then empty hundreds and tens stay unsaid. */
  readonly leads: boolean;
}

/** Above a milliard the language starts again: `hai nghìn tỷ`. */
function readPositive(digits: string, { words, leads }: Part): string {
  const cut = Math.max(0, digits.length - 9);
  const high = digits.slice(0, cut);
  const low = digits.slice(cut).padStart(9, "0");
  const saysHigh = /[1-9]/u.test(high);
  const said = saysHigh ? [readPositive(high, { words, leads }), "tỷ"] : [];
  const units = ["triệu", words.thousand, ""];
  units.forEach((unit, place) => {
    const group = low.slice(place * 3, place * 3 + 3);
    if (group === "000") return;
    said.push(readGroup(group, { words, leads: leads && said.length === 0 }), unit);
  });
  return said.filter((word) => word !== "").join(" ");
}

/** Three digits that are not all zero. */
function readGroup(group: string, { words, leads }: Part): string {
  const [hundreds = 0, tens = 0, ones = 0] = [...group].map(Number);
  const said: string[] = [];
  const saysHundreds = hundreds > 0 || !leads;
  if (saysHundreds) said.push(DIGITS[hundreds] ?? "", "trăm");
  if (tens > 1) said.push(DIGITS[tens] ?? "", "mươi");
  if (tens === 1) said.push("mười");
  if (tens === 0 && ones > 0 && saysHundreds) said.push(words.and);
  if (ones > 0) said.push(readOnes(ones, tens));
  return said.join(" ");
}

function readOnes(ones: number, tens: number): string {
  if (ones === 5 && tens > 0) return "lăm";
  if (ones === 1 && tens > 1) return "mốt";
  if (ones === 4 && tens > 1) return "tư";
  return DIGITS[ones] ?? "";
}
