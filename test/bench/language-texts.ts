/**
 * Texts that try to make the reading slow: everyday ones, odd ones, and what somebody would send who wants to stop a station.
 *
 * @module
 */
import { readdirSync, readFileSync } from "node:fs";
import { SHIPPED } from "../../src/language/index.js";
import { speechText } from "./speech-text.js";

const PLAIN = "Kính thưa bà con, chiều nay tổ dân phố họp tại nhà văn hóa. ";

/** The golden cases of a kind, one after another. */
function golden(...kinds: readonly string[]): string {
  return readdirSync("test/golden/spoken")
    .filter((name) => kinds.length === 0 || kinds.includes(name.replace(".json", "")))
    .flatMap((name) => JSON.parse(readFileSync(`test/golden/spoken/${name}`, "utf8")) as { readonly text: string }[])
    .map(({ text }) => text)
    .join(". ");
}

/** Words that no spelling explains, each another. */
function strangeWords(most: number): string {
  const consonants = "bcdfghjklmnpqrstvwxz";
  const letters = (number: number) =>
    [...`${number}`].map((digit) => `${consonants[Number(digit)]}${consonants[Number(digit) + 9]}`).join("");
  return Array.from({ length: most / 8 }, (_, number) => `${letters(1000 + number)} `).join("");
}

/** TCVN 5712 as it looks without its font. */
const TCVN3 = "§¶ng uû ph­êng th«ng b¸o: s¸ng mai tiªm chñng cho trÎ em t¹i tr¹m y tÕ. ";
const VNI = "UÛy ban nhaân daân phöôøng thoâng baùo: saùng mai tieâm chuûng cho treû em. ";
const ITEM = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n";
const SIGNATURE = "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nNguyễn Văn An\n";

/** What is repeated until the text is as long as wanted. Key: what the row of the table is called. */
const UNITS: Readonly<Record<string, string>> = {
  announcements: speechText(300, 1),
  "all golden cases": golden(),
  "digits only": "1234567890",
  zeros: "0",
  "one word": "nghiêng",
  "one strange word": "q",
  "spaces only": " ",
  "line ends only": "\n",
  "spaces and line ends": " \n",
  "1/1/1": "1/",
  "1.1.1": "1.",
  "1,1,1": "1,",
  "1-1-1": "1-",
  "1:1:1": "1:",
  "1 1 1": "1 ",
  "a-a-a": "a-",
  "A.A.A": "A.",
  "capitals of words": "HỌP TỔ DÂN PHỐ ",
  "capitals of short forms": "QXZT ",
  "one run of capitals": "Ạ",
  "punctuation only": "?!.,;:…()«»“”",
  "full stops": ". ",
  commas: ",",
  "phone-like digits": "0905 123 456 ",
  "marks only": "\u0301",
  "a letter and marks": `a${"\u0301\u0323".repeat(20)}`,
  "decomposed words": "phường xã ".normalize("NFD"),
  TCVN3,
  VNI,
  "TCVN3 in one line each": `${TCVN3}\n`,
  "garbled UTF-8": "PhÆ°á»ng 12 thÃ´ng bÃ¡o ",
  "((((": "(",
  "[[[[": "[",
  "<<<<": "<",
  "&amp;amp;": "&amp;",
  "http://": "http://",
  "web addresses": "http://dalat.gov.vn/tin-tuc?a=1 ",
  "a.a.a.vn": "abcabcabcabcabcabcabc.",
  "@@@@": "@",
  "a@a@": "a@",
  "****": "*",
  ____: "_",
  emoji: "😀",
  "emoji in a row": "👨‍👩‍👧‍👦",
  IVXIVX: "IVX",
  "quý I, II": "quý I, II, III, IV ",
  "numbers with units": "12,5 km/h 50.000đ/kg 37.5°C 120/80 mmHg ",
  "quotes and units": "1' 2\" ",
  "disguised letters": "Аa",
  "bullets in lines": "- a\n",
  "numbered lines": "1. Họp\n",
  "lines of receivers": ITEM,
  signatures: SIGNATURE,
  "headings in capitals": "THÔNG BÁO\n",
  "ngày 1/1,": "ngày 1/1, ",
  "gọi gọi gọi": "gọi ",
  "names of people": "Nguyễn Văn An, Trần Thị Bình ",
  "names in capitals": "NGUYỄN VĂN AN ",
  "house numbers": "số 12/3/4/5 đường Trần Phú ",
  "document numbers": "335-CV/ThU 16/CT-TTg ",
  "slips of the pen": "trên đại bàn ",
  "small words twice": "và và ",
  "one sentence": "mời bà con đến họp ",
  "digits said": "một hai ba bốn năm ",
  "half of letters of two units": "\ud83d",
  "Korean letters": "ᄀ",
  "full-width": "Ａ１",
};

/** A text as long as is asked for, UTF-16 units. */
export type Text = (length: number) => string;

/** Pieces that mixtures are made of. */
export const PIECES: readonly string[] = Object.values(UNITS).filter(({ length }) => length <= 60);

/** By name. */
export const TEXTS: Readonly<Record<string, Text>> = {
  ...Object.fromEntries(
    Object.entries(UNITS).map(([name, unit]) => [name, (length: number) => filled(unit, length)] as const),
  ),
  "strange words": (length) => strangeWords(length).slice(0, length),
  "all short forms": (length) => filled(SHIPPED.map(({ written }) => `${written} `).join(""), length),
  "all short forms, glued": (length) => filled(SHIPPED.map(({ written }) => written).join(""), length),
  "a word in one line": (length) => `${"a ".repeat(length / 2 - PLAIN.length)}${PLAIN}`,
  "brackets that close at the end": (length) => `${"[".repeat(length / 2)}${"]".repeat(length / 2)}`,
};

/** A piece again and again, cut to so many UTF-16 units. */
export const filled = (unit: string, length: number): string =>
  unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
