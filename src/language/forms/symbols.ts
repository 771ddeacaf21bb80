/**
 * Signs that are said, and what they mean where they stand: `5K + vaccine`, `>60 tuổi`, `-5°C`, `lần/ngày`.
 *
 * @module
 */

import { behind, type Condition } from "../conditions.js";
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

const SAME =
  "thứ|ngày|tháng|năm|quý|tổ|km|lớp|khối|cấp|lần|mục|điều|tầng|phường|quận|thôn|khu|kỳ|bài|đợt|mũi|vòng|bước|phần|chương|giai đoạn|BĐ|KP|TDP|báo động";
/** Key: a word that may stand before either of two; finds it before the first. */
const FIRST_OF_TWO: ReadonlyMap<string, Condition> = new Map(
  SAME.split("|").map((word) => [word, behind(new RegExp(`(?:^|\\P{L})${word} ?[\\p{L}\\d/.]{1,10} ?$`, "iu"))]),
);

/** A dash between two of the same: `thứ 2 - thứ 6`, `ngày 5 - ngày 7`. */
const to: Form = form(new RegExp(`[-–—] ?(?=(${SAME}) ?)`, "uy"), ({ groups: [, word = ""], place: { before } }) =>
  FIRST_OF_TWO.get(word)?.test(before) ? { spoken: " đến ", kind: "symbol" } : undefined,
);

/** `từ số 20 - số 58`, `đoạn từ chợ - cầu Trắng`: from one place to another. */
const fromTo: Form = form(/[-–—] (?=[\p{L}\d])/uy, ({ place: { before }, after }) => {
  const same = FROM_PLACE.exec(before)?.[1];
  const isSame = same !== undefined && after.toLowerCase().startsWith(`${same.toLowerCase()} `);
  const isOpen = !/(?:^| )(?:đến|tới) /u.test(before) && STRETCH.test(before);
  return isSame || isOpen ? { spoken: " đến ", kind: "symbol" } : undefined;
});
const FROM_PLACE =
  /từ ((?:nhà số|số nhà|số|nhà|hẻm|ngõ|ngách|kiệt|cột|trụ|cầu|cống|lô|dãy|căn|phòng|đường|ngã ba|ngã tư|nút|trạm|cửa|bến)) [^,;:.!?()–—-]{1,24} $/iu;
const STRETCH = behind(
  /(?:^|\P{L})(?:đoạn|tuyến đường|tuyến xe|tuyến|hành trình|chạy) từ (?!\d)[^,;:.!?()–—-]{1,32} $/iu,
);

/** What is a moment: `từ 0h ngày 12/1 - 24h ngày 15/1`, `từ tối nay - sáng mai`. */
const MOMENT =
  /^(?:\d{1,2} ?(?:[hg:]|giờ)|\d{1,2}\/\d{1,2}|(?:ngày|sáng|trưa|chiều|tối|đêm|hết|cuối|đầu|thứ|tháng|năm|quý|tuần|mùng|rằm) )/iu;
/** The first of two moments, with nothing between that ends it. */
const FROM_MOMENT =
  /(?:^|\P{L})từ (?!trần|thiện|chối|chức|bỏ|ngữ)(?:(?!(?:từ|đến|tới) )[^,;:.!?()–—-]){0,40}(?:\d|nay|mai|sáng|trưa|chiều|tối|đêm|năm|tuần|tháng|giờ) $/iu;

/** A dash between two moments. */
const untilThen: Form = form(/[-–—] (?=[\p{L}\d])/uy, ({ place: { before }, after }) =>
  MOMENT.test(after) && FROM_MOMENT.test(before) ? { spoken: " đến ", kind: "symbol" } : undefined,
);

/** A dash between two amounts in words: `500 nghìn - 1 triệu đồng`. */
const upTo: Form = form(/[-–—] (?=\d)/uy, ({ place: { before }, after }) =>
  AMOUNT.test(before) || (PART_OF_DAY.test(before) && CLOCK.test(after))
    ? { spoken: " đến ", kind: "symbol" }
    : undefined,
);
/** `7h30 sáng - 5h chiều`. */
const PART_OF_DAY = behind(/\d ?(?:[hg]|giờ) ?\d{0,2} (?:sáng|trưa|chiều|tối|đêm|khuya) $/iu);
const CLOCK = /^\d{1,2} ?(?:[hg:]|giờ)/u;
const AMOUNT = behind(
  /\d (?:nghìn|ngàn|triệu|tỷ|tỉ|đồng|giờ|phút|ngày|tuần|tháng|tuổi|mét|km|m|kg|người|hộ|lần|độ|ha|tấn) $|\d ?[aApP]\.?[mM]\.? $/u,
);

/** A dash before a number that is no range, such as that of another telephone, or the hour behind the place. */
const pause: Form = form(/[-–—] (?=[(+]?\d)/uy, ({ place: { before } }) =>
  /[\p{L}\d]\)? $/u.test(before) ? { spoken: ", ", kind: "symbol" } : undefined,
);

/** From one stone on a road to another: `Km226+400-Km228`. */
const onRoad: Form = form(/[-–] ?(?=[Kk][Mm] ?\d)/uy, ({ place: { before } }) =>
  /[Kk][Mm] ?\d[\d+ ]{0,9}$/u.test(before) ? { spoken: " đến ", kind: "symbol" } : undefined,
);

/** Two bodies with one name for both: `ĐU-HĐND`, `VH-TT`; and two positions: `13,5°N-112,8°E`. */
const both: Form = form(/[-–](?=[\p{Lu}&]{2,8}(?![\p{L}\p{M}\p{N}])|\d)/uy, ({ place: { before }, after }) => {
  const isBetween = /^\d/u.test(after) ? POSITION.test(before) : /(?<!\p{L})\p{Lu}[\p{Lu}&]{1,7}$/u.test(before);
  return isBetween ? { spoken: ", ", kind: "symbol" } : undefined;
});
const POSITION = /(?:\d ?[°º]|\d[.,]\d{1,2}) ?[BNĐETWS]$/u;

/** `Địa điểm:`. */
const LABEL = /^\p{L}[\p{L} ]{1,24}:/u;

/** A dash behind a number, or before the name of what follows: `19h30 - Địa điểm: hội trường`. */
const aside: Form = form(/[-–—] (?=\p{L})/uy, ({ place: { before }, after }) => {
  if (!/[\p{L}\d)%.] $/u.test(before)) return undefined;
  if (/\d $/u.test(before) && /^nay(?! là|\p{L})/u.test(after)) return { spoken: " đến ", kind: "symbol" };
  if ((/\d $/u.test(before) || AMOUNT.test(before)) && UP_TO.test(after)) return { spoken: " đến ", kind: "symbol" };
  return /[\d)%] $/u.test(before) || LABEL.test(after) ? { spoken: ", ", kind: "symbol" } : undefined;
});

/** `5 - dưới 12 tuổi`: what the second of two amounts may begin with. */
const UP_TO = /^(?:dưới|gần|hơn|trên|không quá|cận) \d/u;

/** `12-<18 tuổi`. */
const below: Form = form(/[-–—] ?< ?(?=\d)/uy, ({ place: { before } }) =>
  /\d ?$/u.test(before) || AMOUNT.test(`${before.trimEnd()} `) ? { spoken: " đến dưới ", kind: "symbol" } : undefined,
);

/** An arrow, also as a keyboard writes it: from one number, hour or group of houses to another; a pause between words. */
const arrow: Form = form(
  /(?:[→⇒➔➜]|[-–—]{1,2}>|={1,2}>)(?= ?[\p{L}\d]) ?/uy,
  ({ groups: [written = ""], place: { before }, after }) => {
    const numbers = NUMBERED.test(before) && TO_NUMBER.test(after);
    if (numbers) return { spoken: " đến ", kind: "symbol" };
    // `=>60 tuổi` may be meant for sixty and above.
    const isKnown = !(/^[=-].*>$/u.test(written) && /^\d/u.test(after));
    return { spoken: ", ", kind: "symbol", known: isKnown };
  },
);
const NUMBERED = behind(
  /\d ?(?:[hg°%đk]|giờ|ngày|tuổi|kg|km|mm|cm|độ|đồng|triệu|nghìn|ngàn|tháng|tuần|m)?\d{0,2}[A-ZĐ]? ?$/u,
);
const TO_NUMBER =
  /^(?:(?:KP|TDP|tổ|khu phố|thứ|T|tầng|ngày|tháng|quý|lớp|thôn|phường|số|cấp|mức|báo động|BĐ) ?)?(?:\d|[IVX]{1,4}(?!\p{L}))/iu;

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
  told(/^[-–—=→⇒➔➜]/u, arrow),
  told(/^[-–—]/u, below),
  told(/^[-–]/u, onRoad),
  told(/^[-–—]/u, to),
  told(/^[-–—]/u, fromTo),
  told(/^[-–—]/u, untilThen),
  told(/^[-–—]/u, upTo),
  told(/^[-–—]/u, pause),
  told(/^[-–—]/u, aside),
  told(/^[-–]/u, both),
  told(/^[-−–]/u, minus),
  told(/^\//u, each),
  told(/^\*/u, star),
  told(/^\^/u, power),
  told(/^#/u, tag),
  told(/^[<>≥≤±~≈≃=×÷#]/u, beforeNumber),
  told(/^[=×÷±№°℃‰₫$€@#*©®™|¦^`~´]/u, anywhere),
]);
