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
  /** The last digit of 24: `tư` unless told otherwise. */
  readonly four?: "tư" | "bốn";
}

/** What the station says unless told otherwise: the northern thousand, and the `lẻ` that all regions understand. */
export const USUAL_WORDS: NumberWords = { thousand: "nghìn", and: "lẻ" };

/** Numbers beyond 10 to this power are read in groups of digits: nobody can follow them otherwise. */
export const GREATEST_POWER = 15;

const DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"] as const;

/** One digit after another, as telephone and account numbers are said. Anything that is no digit is left out. */
export function readDigits(digits: string): string {
  let said = "";
  for (let at = 0; at < digits.length; at++) {
    const digit = DIGITS[digits.charCodeAt(at) - ZERO];
    if (digit !== undefined) said += said === "" ? digit : ` ${digit}`;
  }
  return said;
}
const ZERO = "0".charCodeAt(0);

/** Groups of digits, digit by digit, with a short pause between the groups. */
export const readGroups = (groups: readonly string[]): string => groups.map(readDigits).join(", ");

/** Cuts a long run of digits from the left into groups of three; what remains at the end makes a group of two to four. */
export const inGroups = (digits: string): readonly string[] => digits.match(/\d{4}$|\d{3}(?=\d{2})|\d+$/gu) ?? [];

/**
 * Says a whole number: 21 `hai mươi mốt`, 24 `hai mươi tư`, 105 `một trăm lẻ năm`, 1005 `một nghìn không trăm lẻ năm`.
 *
 * @param digits only 0 to 9; a number with a leading zero is read digit by digit, one beyond 10^{@link GREATEST_POWER} in
 *   groups of three digits
 * @throws RangeError when there is anything but digits
 */
export function readNumber(digits: string, words: NumberWords = USUAL_WORDS): string {
  if (!areDigits(digits)) throw new RangeError(`${JSON.stringify(digits)} is not a whole number`);
  if (digits.startsWith("0") && digits.length > 1)
    return digits.length > 4 ? readGroups(inGroups(digits)) : readDigits(digits);
  if (isTooGreat(digits)) return readGroups(digits.match(/\d{1,3}(?=(?:\d{3})*$)/gu) ?? []);
  if (digits === "0") return DIGITS[0];
  return digits.length > MOST_KEPT ? readPositive(digits, { words, leads: true }) : kept(digits, words);
}

function areDigits(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const value = text.charCodeAt(at) - ZERO;
    if (value < 0 || value > 9) return false;
  }
  return text !== "";
}

/** Numbers of at most so many digits are said again and again, and kept once they have been made. */
const MOST_KEPT = 3;
/** By the words they are said in; there, by their value. */
const small = new WeakMap<NumberWords, string[]>();

function kept(digits: string, words: NumberWords): string {
  let said = small.get(words);
  if (said === undefined) {
    said = [];
    small.set(words, said);
  }
  const value = Number(digits);
  said[value] ??= readPositive(digits, { words, leads: true });
  return said[value];
}

const isTooGreat = (digits: string): boolean =>
  digits.length > GREATEST_POWER && digits !== `1${"0".repeat(GREATEST_POWER)}`;

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
  if (ones > 0) said.push(readOnes(ones, tens, words));
  return said.join(" ");
}

function readOnes(ones: number, tens: number, words: NumberWords): string {
  if (ones === 5 && tens > 0) return "lăm";
  if (ones === 1 && tens > 1) return "mốt";
  if (ones === 4 && tens > 1) return words.four ?? "tư";
  return DIGITS[ones] ?? "";
}
