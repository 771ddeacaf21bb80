/**
 * The two encodings in which Vietnamese was typed before Unicode, and which old documents of every office still carry.
 *
 * Both put Vietnamese letters in the places of western ones, so that without their fonts `phường` shows as `ph­êng` (TCVN3,
 * also called ABC: one sign for each letter) or `phöôøng` (VNI: a plain letter and a sign for its marks). The tables are
 * those of TCVN 5712:1993 and of the VNI-Windows fonts.
 *
 * @module
 */

const pairs = (...rows: readonly (readonly [signs: string, letters: string])[]): ReadonlyMap<string, string> =>
  new Map(rows.flatMap(([signs, letters]) => [...signs].map((sign, place) => [sign, [...letters][place] ?? sign])));

/** Key: the sign of TCVN3. Capitals with tone marks have none: fonts of capitals show small letters as large. */
export const TCVN3: ReadonlyMap<string, string> = pairs(
  ["¸µ¶·¹", "áàảãạ"],
  ["¨¾»¼½Æ", "ăắằẳẵặ"],
  ["©ÊÇÈÉË", "âấầẩẫậ"],
  ["®", "đ"],
  ["ÐÌÎÏÑ", "éèẻẽẹ"],
  ["ªÕÒÓÔÖ", "êếềểễệ"],
  ["Ý×ØÜÞ", "íìỉĩị"],
  ["ãßáâä", "óòỏõọ"],
  ["«èåæçé", "ôốồổỗộ"],
  ["¬íêëìî", "ơớờởỡợ"],
  ["óïñòô", "úùủũụ"],
  ["\u00AD\u00F8\u00F5\u00F6\u00F7\u00F9", "ưứừửữự"],
  ["ýúûüþ", "ýỳỷỹỵ"],
  ["¡¢£¤¥¦§", "ĂÂÊÔƠƯĐ"],
);

/** Signs of VNI that say a mark of the letter before them, with what they add to it: tones, or a hat or bow with a tone. */
const VNI_TONES = pairs(["ùøûõï", "\u0301\u0300\u0309\u0303\u0323"]);
const VNI_HATS: ReadonlyMap<string, string> = new Map([
  ["â", "\u0302"],
  ["á", "\u0302\u0301"],
  ["à", "\u0302\u0300"],
  ["å", "\u0302\u0309"],
  ["ã", "\u0302\u0303"],
  ["ä", "\u0302\u0323"],
]);
const VNI_BOWS: ReadonlyMap<string, string> = new Map([
  ["ê", "\u0306"],
  ["é", "\u0306\u0301"],
  ["è", "\u0306\u0300"],
  ["ú", "\u0306\u0309"],
  ["ü", "\u0306\u0303"],
  ["ë", "\u0306\u0323"],
]);
/** Signs that stand for a whole letter. */
const VNI_LETTERS = pairs(["íìæóòîöôñ", "íìỉĩịỵươđ"]);

/** Key: one or two signs of VNI. */
export const VNI: ReadonlyMap<string, string> = new Map(
  [
    ...[...VNI_LETTERS],
    ...vowels("aeouy", VNI_TONES),
    ...vowels("aeo", VNI_HATS),
    ...vowels("a", VNI_BOWS),
    ...[...VNI_TONES].flatMap(([sign, mark]) => [[`ö${sign}`, `ư${mark}`] as const, [`ô${sign}`, `ơ${mark}`] as const]),
  ].flatMap(([signs, letter]) => {
    const small = letter.normalize("NFC");
    const [first = "", second = ""] = signs;
    const capital = small.toUpperCase();
    // Capitals are typed with small or with capital signs.
    return [
      [signs, small],
      [first.toUpperCase() + second, capital],
      [signs.toUpperCase(), capital],
    ] as const;
  }),
);

function vowels(letters: string, signs: ReadonlyMap<string, string>): (readonly [string, string])[] {
  return [...letters].flatMap((letter) => [...signs].map(([sign, mark]) => [letter + sign, letter + mark] as const));
}
