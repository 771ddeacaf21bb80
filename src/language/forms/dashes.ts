/**
 * What a dash or an arrow says between two things: "đến" between what rises or goes from one place or moment to another, a
 * pause between what stands side by side, nothing inside a name.
 *
 * @module
 */

import { behind, type Condition } from "../conditions.js";
import { type Form, firstOf, form, told } from "./form.js";

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
  /(?:^|\P{L})từ (?!trần|thiện|chối|chức|bỏ|ngữ)(?:(?!(?:từ|đến|tới) )[^,;:.!?()–—-]){0,40}(?:\d|nay|mai|sáng|trưa|chiều|tối|đêm|năm|tuần|tháng|giờ|chạp|giêng|lịch) $/iu;

/** `Tuyến 01: Bến xe - Hồ - Chợ`: stops of a way, each by itself. */
const stops: Form = form(/[-–—] (?=\p{Lu})/uy, ({ place: { before }, after }) => {
  const isRow = / [-–—] [^-–—]{1,24} $/u.test(before) || /^[^-–—,;:.\n]{1,24} [-–—] /u.test(after);
  return isRow && ROUTE.test(before) ? { spoken: ", ", kind: "symbol" } : undefined;
});
const ROUTE = behind(
  /(?:^|\P{L})(?:tuyến|lộ trình|hành trình|chặng|tuyến đường|buýt|xe khách|đi qua)(?!\p{L})[^;.!?]{0,44} $/iu,
);

/** What tells a day or more; `từ 7h30 - ngày 15/3` tells an hour first and then its day. */
const DAY_BEGINS = /^(?:(?:ngày|thứ|mùng|rằm|tháng|năm|quý|tuần) |\d{1,2}\/)/iu;
const HAS_DAY = /(?:ngày|thứ|mùng|rằm|tháng|năm|quý|tuần|nay|mai|\d\/\d)/iu;

/** A dash between two moments. */
const untilThen: Form = form(/[-–—] (?=[\p{L}\d])/uy, ({ place: { before }, after }) => {
  const [from] = MOMENT.test(after) ? (FROM_MOMENT.exec(before) ?? []) : [];
  if (from === undefined || (DAY_BEGINS.test(after) && !HAS_DAY.test(from))) return undefined;
  return { spoken: " đến ", kind: "symbol" };
});

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
  /\d ?(?:[hg°%đk]|giờ|ngày|tuổi|kg|km|mm|cm|độ|đồng|triệu|nghìn|ngàn|tháng|tuần|m)?\d{0,2}[A-ZĐ]?(?:\/\p{L}{1,8}){0,2} ?$/u,
);
const TO_NUMBER =
  /^(?:(?:KP|TDP|tổ|khu phố|thứ|T|tầng|ngày|tháng|quý|lớp|thôn|phường|số|cấp|mức|báo động|BĐ) ?)?(?:\d|[IVX]{1,4}(?!\p{L}))/iu;

/** Dashes and arrows, the surest first. */
export const dashes: Form = firstOf([
  told(/^[-–—=→⇒➔➜]/u, arrow),
  told(/^[-–—]/u, below),
  told(/^[-–]/u, onRoad),
  told(/^[-–—]/u, to),
  told(/^[-–—]/u, fromTo),
  told(/^[-–—]/u, untilThen),
  told(/^[-–—]/u, stops),
  told(/^[-–—]/u, upTo),
  told(/^[-–—]/u, pause),
  told(/^[-–—]/u, aside),
  told(/^[-–]/u, both),
]);
