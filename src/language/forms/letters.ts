/**
 * The names of letters, in Vietnamese, for what must be spelt.
 *
 * @module
 */
import { readDigits, readNumber } from "../numbers.js";

/** Key: capital letter. Names that are themselves Vietnamese syllables, so that every voice can say them. */
const NAMES: Readonly<Record<string, string>> = {
  A: "a",
  Ă: "á",
  Â: "ớ",
  B: "bê",
  C: "xê",
  D: "dê",
  Đ: "đê",
  E: "e",
  Ê: "ê",
  F: "ép",
  G: "giê",
  H: "hát",
  I: "i",
  J: "gi",
  K: "ca",
  L: "lờ",
  M: "mờ",
  N: "nờ",
  O: "o",
  Ô: "ô",
  Ơ: "ơ",
  P: "pê",
  Q: "quy",
  R: "rờ",
  S: "sờ",
  T: "tê",
  U: "u",
  Ư: "ư",
  V: "vê",
  W: "vê kép",
  X: "ích",
  Y: "y",
  Z: "dét",
};

/** Spells letters by their names, digits digit by digit; what is neither is left out. */
export function spell(code: string): string {
  const said: string[] = [];
  for (const sign of code.normalize("NFC").toUpperCase()) {
    const name = NAMES[sign] ?? readDigits(sign);
    if (name !== "") said.push(name);
  }
  return said.join(" ");
}

/** Spells letters, and says each run of one or two digits as a number: `B12` is `bê mười hai`, `H725` `hát bảy hai năm`. */
export const spellCode = (code: string): string =>
  (code.match(/\d+|\p{L}/gu) ?? [])
    .map((piece) => (/^\d{1,2}$/u.test(piece) ? readNumber(piece) : spell(piece)))
    .filter((said) => said !== "")
    .join(" ");
