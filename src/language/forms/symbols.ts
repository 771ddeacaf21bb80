/**
 * Signs that are said, and what they mean where they stand: `5K + vaccine`, `>60 tuổi`, `-5°C`, `lần/ngày`.
 *
 * @module
 */

import { behind } from "../conditions.js";
import { dashes } from "./dashes.js";
import { type Form, firstOf, form, told } from "./form.js";
import { EACH, unitAt } from "./units.js";

/** Between words a plus sign takes breath before it; between numbers it does not. */
const plus: Form = form(/\+ (?=\p{L})/uy, ({ place: { before } }) =>
  /[\p{L}”"»)] $/u.test(before) || /\d[A-Z] $/u.test(before) ? { spoken: ", cộng ", kind: "symbol" } : undefined,
);

/** What is below zero wherever it stands. */
const MEASURED = /^\d{1,3}(?:[.,]\d{1,2})? ?(?:°|độ|%)/u;
/** Something counted: at the beginning of a line both `âm mười ca` and an item of ten cases are written so. */
const COUNTED = /^[\d.,]{1,12} \p{Ll}/u;
/** Hours, days and telephones are never below zero. */
const NO_AMOUNT = /^(?:\d{1,2} ?(?:[hg:/](?!\p{L})|giờ)|0\d)/u;

/** A minus sign before a number, where a number begins. What was the mark of an item among others is gone by now. */
const minus: Form = form(/[-−–](?=\d)/uy, ({ place: { before, index, text }, after }) => {
  const isMinus = text.startsWith("−", index);
  const beginsLine = before === "" && !isMinus;
  const isFree = /[\s(:=/“"]$/u.test(before) || isMinus || (beginsLine && !NO_AMOUNT.test(after));
  if (!isFree || /\d ?$/u.test(before)) return undefined;
  return { spoken: "âm", kind: "symbol", known: !beginsLine || MEASURED.test(after) || !COUNTED.test(after) };
});

/** A word behind a number in the same part of a sentence. */
const OF_NUMBER = behind(/\d[^.;:!?\n]{0,20}\p{L} ?$/u);
const COUNT = behind(
  /(?:^|\P{L})(?:lần|ca|lượt|mũi|liều|viên|giờ|phút|buổi|suất|đồng|người|lít|ngày|tháng|triệu|tỷ|kg|bữa|chuyến|tấn|tạ|mét|km|ha)$/iu,
);
/** An amount of money, perhaps for each of something already: the word behind a stroke is read as it is read alone. */
const PAID = behind(
  /(?:đồng|triệu|tỷ|tỉ|nghìn|ngàn|\d(?: ?(?:đ|Đ|vnđ|VNĐ|VND|vnd|₫|USD|€|\$)|k|tr))(?:\/[\p{L}\d]{1,8})?$/u,
);
/** The number of an item in the middle of a line: `Đề nghị: 1/ Tắt đèn; 2/ Khóa cửa`. */
const ITEM = behind(/[:;.] \d{1,2}$/u);
/** A name or a short form, behind which another is no unit: `CCCD/VNeID`, `Zalo/Facebook`. */
const NAME = behind(/(?<![\p{L}\d/])\p{Lu}\p{L}{2,}$/u);
const ROAD = behind(/(?:QL|TL|ĐT|DT|HL)[. -]?\d{1,3}[A-E]?$/u);
const LETTER = behind(/\p{L}$/u);
const DIGIT = behind(/\d$/u);

const OF_PEOPLE =
  /^\d[\d.]{0,8} (?:em|HS|học sinh|người|cháu|hộ|nhân khẩu|khẩu|con|đại biểu|đảng viên|hội viên|đoàn viên|cử tri|lượt người)(?!\p{L})/u;

/** `lần/ngày`, `đồng/người`: so many for each. */
const each: Form = form(/\/ ?/uy, ({ groups: [written = ""], place: { before }, after }) => {
  // `12 ngày/đêm`: each is both.
  if (/(?:^|\P{L})ngày$/iu.test(before) && /^đêm(?!\p{L})/u.test(after)) return { spoken: " ", kind: "symbol" };
  const isCounted = OF_NUMBER.test(before);
  const isCount = COUNT.test(before);
  if (DIGIT.test(before) && /^\d/u.test(after)) return { spoken: ", ", kind: "symbol" };
  if (ITEM.test(before) && written === "/ " && /^\p{Lu}/u.test(after)) return { spoken: ", ", kind: "symbol" };
  if (NAME.test(before) && /^\p{Lu}\p{L}{2}/u.test(after)) return { spoken: ", ", kind: "symbol" };
  if (ROAD.test(before) && /^(?:QL|TL|ĐT|DT|HL)[. ]?\d/u.test(after)) return { spoken: ", ", kind: "symbol" };
  const unit = isCounted || isCount ? unitAt(after) : undefined;
  if (unit !== undefined && !unit.isMoney)
    return { spoken: ` một ${unit.spoken}`, kind: "symbol", length: written.length + unit.length };
  const isPaid = PAID.test(before) && /^\p{Ll}{2,7}(?!\p{L})/u.test(after);
  if (((isCounted || isCount) && EACH.test(after)) || isPaid) return { spoken: " một ", kind: "symbol" };
  // `1 hộ/1 người`: one for one.
  if (/(?:^|\P{L})0?1 \p{L}{1,8}$/u.test(before) && /^0?1 \p{L}/u.test(after)) return { spoken: " ", kind: "symbol" };
  // `15'/2h`.
  if (/\d['’′]$/u.test(before) && /^\d{1,2} ?(?:h|giờ)(?!\p{L})/u.test(after))
    return { spoken: " mỗi ", kind: "symbol" };
  // `4 lớp/140 em`: so many of either.
  if (LETTER.test(before) && OF_PEOPLE.test(after) && isCounted && !/(?:^|\P{N})0?1 \p{L}+(?: \p{L}+)?$/u.test(before))
    return { spoken: ", ", kind: "symbol" };
  return LETTER.test(before) && /^\d/u.test(after) && isCounted
    ? {
        spoken: /^\d{1,2} (?:giờ|phút|ngày|tuần|tháng|năm|quý)(?!\p{L})/u.test(after) ? " mỗi " : " trên ",
        kind: "symbol",
      }
    : undefined;
});

/** Key: a sign before a number. */
const BEFORE_NUMBER: Readonly<Record<string, string>> = {
  ">": "trên",
  "<": "dưới",
  ">=": "lớn hơn hoặc bằng",
  "≥": "lớn hơn hoặc bằng",
  "≤": "nhỏ hơn hoặc bằng",
  "<=": "nhỏ hơn hoặc bằng",
  "±": "cộng trừ",
  "~": "khoảng",
  "≈": "khoảng",
  "≃": "khoảng",
  "=": "bằng",
  "×": "nhân",
  "÷": "chia",
  "#": "số",
};

const beforeNumber: Form = form(/(>=|<=|[<>≥≤±~≈≃=×÷#])(?= ?[-−]?\d)/uy, ({ groups: [, sign = ""] }) => {
  const spoken = BEFORE_NUMBER[sign];
  return spoken === undefined ? undefined : { spoken: ` ${spoken} `, kind: "symbol" };
});

/** Key: a sign that means the same wherever it stands. */
const ANYWHERE: Readonly<Record<string, string>> = {
  "=": " bằng ",
  "×": " nhân ",
  "÷": " chia ",
  "±": " cộng trừ ",
  "№": " số ",
  "°": " độ ",
  "℃": " độ xê ",
  "‰": " phần nghìn ",
  "₫": " đồng ",
  $: " đô la ",
  "€": " ơ-rô ",
  "@": " a còng ",
  "#": " thăng ",
  "*": " sao ",
  "©": "",
  "®": "",
  "™": "",
  "|": ", ",
  "¦": ", ",
  "^": "",
  "`": "",
  "~": "",
  "´": "",
};

/** `5*3`. */
const star: Form = form(/\*(?=\d)/uy, ({ place: { before } }) =>
  DIGIT.test(before) ? { spoken: " nhân ", kind: "symbol" } : undefined,
);

/** `10^6`. */
const power: Form = form(/\^(?=\d)/uy, ({ place: { before } }) =>
  DIGIT.test(before) ? { spoken: " mũ ", kind: "symbol" } : undefined,
);

const anywhere: Form = form(/[=×÷±№°℃‰₫$€@#*©®™|¦^`~´]/uy, ({ groups: [sign = ""] }) => {
  const spoken = ANYWHERE[sign];
  return spoken === undefined ? undefined : { spoken, kind: "symbol" };
});

/** `#5K`, `#AnToan`: a word that is searched for; the sign is not said before letters. */
const tag: Form = form(/#(?=\p{L}|\d\p{L})/uy, () => ({ spoken: "", kind: "symbol" }));

/** Signs that are said, or that are known to be silent. */
export const symbols: Form = firstOf([
  told(/^\+/u, plus),
  dashes,
  told(/^[-−–]/u, minus),
  told(/^\//u, each),
  told(/^\*/u, star),
  told(/^\^/u, power),
  told(/^#/u, tag),
  told(/^[<>≥≤±~≈≃=×÷#]/u, beforeNumber),
  told(/^[=×÷±№°℃‰₫$€@#*©®™|¦^`~´]/u, anywhere),
]);
