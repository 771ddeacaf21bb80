/**
 * Two numbers with a sign between them: ranges, scores, shares, house numbers, round the clock.
 *
 * @module
 */

import { behind } from "../conditions.js";
import { type NumberWords, readNumber } from "../numbers.js";
import { COUNTED, PARTED } from "./date-context.js";
import { type Form, firstOf, form, told } from "./form.js";
import { spell } from "./letters.js";
import { QUANTITY, quantityValue, sayCount, sayQuantity } from "./quantity.js";

const END = String.raw`(?![\p{L}\p{M}\p{N}]|[-–/:]\p{N}|[.,]\d)`;
const NOUN = /^ \p{Ll}/u;
const ONE_DAY = /(?<!(?:các|những|trong|hai|mấy) )ngày $/iu;
const mayBeMonth = (written: string): boolean => /^\d{1,2}$/u.test(written) && Number(written) <= 12;
const SCORE = behind(
  /(?:^|\P{L})(?:tỷ số|tỉ số|thắng|thua|hòa|hoà|dẫn|dẫn trước|chung cuộc|kết quả|ghi bàn|phạt đền|luân lưu|(?<!liên )hiệp (?:\d|một|hai|phụ|chính))(?: [\p{L}]+){0,4}:? ?$/iu,
);
/** The sets of a match: `thắng 21-18, 19-21, 21-15`. */
const SETS = behind(
  /(?:^|\P{L})(?:tỷ số|tỉ số|thắng|thua|hòa|hoà|dẫn|chung cuộc|kết quả)(?: \p{L}+){0,4}:? ?(?:\d{1,3}-\d{1,3}(?:, ?|; ?| và )){1,6}$/iu,
);
const ADDRESS = behind(
  /(?:^|\P{L})(?:số|nhà|số nhà|hẻm|ngõ|kiệt|ngách|lô|thửa|căn|căn hộ|địa chỉ:?|tại|ở|cổng|ki ốt|kiosk) (?:\d{1,4}(?:\/\d{1,4}){1,3}[A-Z]?(?:, ?| và |; ?)){0,6}$/iu,
);
/** Groups of houses, which may have such a number; `tổ 3/4 số hộ` is a share of the houses. */
const NEIGHBOURHOOD = behind(
  /(?:^|\P{L})(?:tổ|tổ dân phố|tổ nhân dân|khu phố|khu|thôn|ấp|khóm|xóm|bản|buôn|cụm|TDP|KP) ?(?:\d{1,4}(?:\/\d{1,4}){1,3}(?:, ?| và |; ?)){0,6}$/iu,
);
/** What no share and no day stands before. */
const NAMED_STREET = /^,? (?:đường|phố|hẻm|ngõ|kiệt) /u;
const STREET = /^,? (?:đường|phố|hẻm|ngõ|\p{Lu})/u;

/** `2-3 tháng`, `30 - 40 người`, `tổ 1-5`. From the lower to the higher it is a range. */
const span = form(
  new RegExp(String.raw`(${QUANTITY})( ?)[-–—~]\2(${QUANTITY})${END}`, "uy"),
  ({ groups, place, after }) => {
    const [, from = "", , to = ""] = groups;
    const { before, words } = place;
    const said = (joint: string) => `${sayShort(from, words)}${joint}${sayShort(to, words)}`;
    if (SCORE.test(before) || (SETS.test(before) && !NOUN.test(after))) return { spoken: said(" "), kind: "score" };
    const isRising = quantityValue(from) < quantityValue(to);
    // Both the fifth to the eighth and the fifth of August are written so.
    if (isRising && mayBeMonth(to) && ONE_DAY.test(before) && !NOUN.test(after))
      return { spoken: said(" đến "), kind: "range", known: false };
    // `A2 - B1: 0-3` is a score.
    const mayBeScore = /^0$/u.test(from) && /^\d{1,2}$/u.test(to) && /: $/u.test(before) && !NOUN.test(after);
    if (isRising) return { spoken: said(" đến "), kind: "range", known: !mayBeScore };
    return { spoken: said(NOUN.test(after) ? " đến " : " "), kind: "range", known: false };
  },
);

const sayShort = (written: string, words: NumberWords): string =>
  /^\d{1,3}$/u.test(written) ? sayCount(written, words) : sayQuantity(written, words);

/** Day and night. */
const always = form(/24\/(7|24)(?![\p{L}\p{M}\p{N}]|\/\d|[.,]\d)/uy, ({ groups: [, last], place }) =>
  /ngày $/u.test(place.before)
    ? undefined
    : { spoken: `hai mươi bốn trên ${last === "7" ? "bảy" : "hai mươi bốn"}`, kind: "fraction" },
);

/** `24/24h`, `24/24 giờ`. */
const alwaysHours = form(/24\/24 ?h(?![\p{L}\p{M}\p{N}])/uy, () => ({
  spoken: "hai mươi bốn trên hai mươi bốn giờ",
  kind: "fraction",
}));

/** `số 12/5`, `12/3/5 Nguyễn Trãi`: houses in lanes. */
const house = form(
  /(\d{1,4})((?:\/\d{1,4}){1,4})([A-Z]?)(?![\p{L}\p{M}\p{N}]|[-.]\d)/uy,
  ({ groups: [, first = "", rest = "", letter = ""], place, after }) => {
    const isOfStreet =
      STREET.test(after) && (rest.lastIndexOf("/") > 0 || (Number(first) > 31 && NAMED_STREET.test(after)));
    const isOfHouses = NEIGHBOURHOOD.test(place.before) && !COUNTED.test(after);
    if (!ADDRESS.test(place.before) && !isOfHouses && !isOfStreet) return undefined;
    if (/^(?:tại|ở) $/iu.test(place.before.slice(-4).trimStart()) && !STREET.test(after)) return undefined;
    const numbers = [first, ...rest.slice(1).split("/")].map((number) => sayCount(number, place.words));
    // `họp tổ 5/8` may name the group or the day.
    const known =
      !isOfHouses || rest.lastIndexOf("/") > 0 || letter !== "" || !mayBeDay(first, rest.slice(1), first + rest);
    return {
      spoken: numbers.join(" trên ") + (letter === "" ? "" : ` ${letter.toLowerCase()}`),
      kind: "code",
      known,
    };
  },
);

/** What a row of houses follows. Days stand behind `tại` and `ở` as well. */
const LANE = behind(
  /(?:^|\P{L})(?:số|nhà|số nhà|hẻm|ngõ|kiệt|ngách|căn hộ) (?:\d{1,4}(?:\/\d{1,4}){1,3}(?:, ?| và |; ?)){0,6}$/iu,
);

/** `ngách 15/8-15/12`: from one house in a lane to another. */
const houses = form(
  /(\d{1,4}(?:\/\d{1,4}){1,3})( ?)[-–]\2(\d{1,4}(?:\/\d{1,4}){1,3})(?![\p{L}\p{M}\p{N}]|[-./]\p{N})/uy,
  ({ groups: [, first = "", , last = ""], place: { before, words } }) => {
    if (!LANE.test(before)) return undefined;
    const say = (house: string) =>
      house
        .split("/")
        .map((one) => sayCount(one, words))
        .join(" trên ");
    return { spoken: `${say(first)} đến ${say(last)}`, kind: "code" };
  },
);

/** `45B/7 Trần Phú`: a lane that is named by a number and a letter. */
const letteredHouse = form(
  /(\d{1,4})([A-EGHKLMNĐ])((?:\/\d{1,4}){1,3})([A-Z]?)(?![\p{L}\p{M}\p{N}]|[-.]\d)/uy,
  ({ groups: [, first = "", lane = "", rest = "", letter = ""], place, after }) => {
    const isOfStreet = /^,? (?:đường|phố|hẻm|ngõ|\p{Lu}\p{Ll}+ \p{Lu}\p{Ll})/u.test(after);
    if (!isOfStreet && !ADDRESS.test(place.before)) return undefined;
    const others = rest.slice(1).split("/");
    const said = [`${sayCount(first, place.words)} ${spell(lane)}`, ...others.map((one) => sayCount(one, place.words))];
    return { spoken: said.join(" trên ") + (letter === "" ? "" : ` ${spell(letter)}`), kind: "code" };
  },
);

/** Fractions that have a name of their own, whatever stands around. */
const USUAL = new Set(["1/2", "1/3", "2/3", "1/4", "3/4"]);
/** Of so many of these, so many: `5/7 hộ` is no fraction. */
const COUNTABLE =
  /^ (?:TDP|KP|CLB|HTX|hộ|người|phường|xã|thôn|tổ|khu|điểm|chốt|đại biểu|thành viên|ủy viên|trường|cơ sở|đơn vị|đồng chí|đảng viên|phiếu|cháu|em|tiêu chí|chỉ tiêu|dự án|công trình|doanh nghiệp|học sinh|ca|mẫu|quận|huyện|tỉnh|địa phương)(?!\p{L})/u;
/** A share of a whole in ten or fewer parts is said with "phần". */
const MOST_PARTS = 10;

/** Words after which a share follows, and no day. */
/** `lớp 9/4`. */
const CLASS = behind(/(?:^|\P{L})lớp $/iu);
const SHARED = behind(/(?:^|\P{L})(?:tỷ lệ|tỉ lệ|thị lực|đạt|bản đồ|chiếm|được|khoảng|gần|hơn|trên|tổng) $/iu);

/** `nhiệt độ 14/22 độ C`: the lowest and the highest of a day. */
const OF_WEATHER = behind(/(?:^|\P{L})(?:nhiệt độ|độ ẩm)(?: \p{L}+){0,3}:? ?$/iu);
const extremes = form(
  /(\d{1,3}) ?\/ ?(\d{1,3})(?=°| độ|%)/uy,
  ({ groups: [, low = "", high = ""], place: { before, words } }) =>
    OF_WEATHER.test(before)
      ? {
          spoken: `${sayShort(low, words)} đến ${sayShort(high, words)}`,
          kind: "range",
          known: Number(low) < Number(high),
        }
      : undefined,
);

/** `1/2`, `3/4`, `12/15 hộ`. What may also be a day, or two years, is marked, unless something is counted. */
const share = form(new RegExp(String.raw`(${QUANTITY}) ?/ ?(${QUANTITY})${END}`, "uy"), ({ groups, place, after }) => {
  const [written = "", part = "", whole = ""] = groups;
  const { words, before } = place;
  const isOfSome = COUNTABLE.test(after) && !USUAL.has(written);
  const spoken = isOfSome ? `${sayShort(part, words)} trên ${sayShort(whole, words)}` : sayShare(part, whole, words);
  const isShare = SHARED.test(before) || (COUNTED.test(after) && !/từ $/iu.test(before));
  return {
    spoken,
    kind: "fraction",
    known: isShare || CLASS.test(before) || !(mayBeDay(part, whole, written) || mayBeYears(part, whole)),
  };
});

/** `1/3-1/2 số hộ`: from one share to another. */
const shares = form(
  new RegExp(`(\\d{1,3})/(\\d{1,3}) ?[-–] ?(\\d{1,3})/(\\d{1,3})${END}`, "uy"),
  ({ groups: [, part = "", whole = "", lastPart = "", lastWhole = ""], place: { words }, after }) =>
    PARTED.test(after)
      ? {
          spoken: `${sayShare(part, whole, words)} đến ${sayShare(lastPart, lastWhole, words)}`,
          kind: "fraction",
        }
      : undefined,
);

const mayBeDay = (part: string, whole: string, written: string): boolean =>
  quantityValue(part) <= 31 && quantityValue(part) >= 1 && quantityValue(whole) <= 12 && !USUAL.has(written);

const mayBeYears = (part: string, whole: string): boolean => /^\d{4}$|,/u.test(part) && /^\d{4}$/u.test(whole);

function sayShare(part: string, whole: string, words: NumberWords): string {
  const isFraction = quantityValue(part) < quantityValue(whole) && quantityValue(whole) <= MOST_PARTS;
  const joint = isFraction ? " phần " : " trên ";
  const last = isFraction && quantityValue(whole) === 4 ? "tư" : sayShort(whole, words);
  return `${sayShort(part, words)}${joint}${last}`;
}

const PROPORTION = /(?:^|\P{L})(?:tỷ lệ|tỉ lệ|pha|bản đồ|theo)(?: \p{L}+){0,3}:? $/iu;
const DIRECTLY_PROPORTION = /(?:^|\P{L})(?:tỷ lệ|tỉ lệ|pha|pha loãng|bản đồ):? $/iu;

/** `tỷ lệ 1:10`, `2:1`. */
const proportion = form(
  new RegExp(String.raw`(${QUANTITY}) ?: ?(${QUANTITY})${END}`, "uy"),
  ({ groups, place, after }) => {
    const [, part = "", whole = ""] = groups;
    const { before, words } = place;
    const isScore = SCORE.test(before);
    // A colon with a space behind it alone announces a number: `tuần 47: 12 ca`.
    const announces = /\d: /u.test(groups[0] ?? "");
    // `Tỷ lệ tiêm mũi 2: 98,5%` announces, too: there only the word itself makes a proportion.
    const isProportion = (announces ? DIRECTLY_PROPORTION : PROPORTION).test(before) && !/^ ?%/u.test(after);
    if (announces && !isScore && !isProportion) return undefined;
    const said = `${sayShort(part, words)}${isScore ? " " : " trên "}${sayShort(whole, words)}`;
    return { spoken: said, kind: isScore ? "score" : "fraction", known: isScore || isProportion };
  },
);

/** Key: a fraction that is one sign. */
const SIGNS: ReadonlyMap<string, string> = new Map(
  Object.entries({ "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅛": "1/8" }),
);

/** `½`, `1½`. */
export const vulgar: Form = told(
  /^[½⅓⅔¼¾⅕⅛]/u,
  form(/(\d{1,3})?([½⅓⅔¼¾⅕⅛])(?!\p{N})/uy, ({ groups: [, whole, sign = ""], place }) => {
    const [part = "", parts = ""] = (SIGNS.get(sign) ?? "").split("/");
    const said = sayShare(part, parts, place.words);
    return { spoken: whole === undefined ? said : `${readNumber(whole, place.words)} và ${said}`, kind: "fraction" };
  }),
);

/** Ranges, scores, shares and houses. */
export const ratios: Form = firstOf([
  told(/^\//u, alwaysHours, "2"),
  told(/^\//u, always, "2"),
  vulgar,
  told(/^\//u, houses),
  told(/^\//u, house),
  told(/^[A-ZĐ]/u, letteredHouse),
  told(/^\//u, shares),
  told(/^ ?\//u, extremes),
  told(/^(?:[.,]0| ?\/)/u, share),
  told(/^(?:[.,]0| ?:)/u, proportion),
  told(/^(?:[.,]0| ?[-–—~])/u, span),
]);
