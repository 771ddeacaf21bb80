/**
 * Where somebody lives: house numbers, alleys, flats.
 *
 * The address of a public place and the stretch of a road works are everyday content of a ward and are left alone.
 *
 * @module
 */
import type { Words } from "../../../base/errors.js";
import type { Severity } from "../../../domain/check-severity.js";
import { latin } from "../../latin.js";
import { matchesIn } from "../../matches.js";
import { type Hit, MOST_HITS } from "../finding.js";
import { mentions, type Spot, spots, words } from "../phrases.js";
import { isOfOffender, isOfPatient, type Subject } from "../subject.js";
import { around, type View } from "../view.js";

const NUMERAL = "\\d{1,4}[a-hđ]?(?:[/.-]\\d{1,4}[a-h]?){0,4}";
const HOUSE = words(
  `(?:số nhà|nhà số|nhà trọ số|phòng trọ số|căn hộ(?: số)?|căn số|phòng số|sn) ${NUMERAL}|phòng \\d{3,4}`,
);
const NUMBERED = words(
  `số ${NUMERAL},? (?:đường|phố|hẻm|ngõ|kiệt|ngách|quốc lộ|đại lộ|dốc|xóm|khóm|ấp|cư xá|chung cư)(?: [\\p{L}\\d/]{1,10}){0,4}|(?:hẻm|ngõ|ngách|kiệt)(?: số)? ${NUMERAL}|\\d{1,4}[a-hđ]?(?:/\\d{1,4}[a-h]?){1,4},? (?:đường|phố|hẻm|ngõ|kiệt|ngách)(?: [\\p{L}\\d/]{1,10}){0,4}`,
);
/** `20/11 đường Trần Phú` is a day and a street. */
const DAY_BEFORE = /(?:ngày|sáng|trưa|chiều|tối|đêm|hôm|từ|đến|tới|nay|mai|mùng|\()[ \n]?$/u;
/** Nobody calls an office so. */
const HOMEY = /^(?:nhà trọ|phòng trọ|căn hộ|căn số)/u;
/** A room in an office as well as in a lodging. */
const ROOM = /^phòng (?:số|\d)/u;
/** `số 12 Trần Phú`, `ngụ 12/3 Nguyễn Trãi`: here the capital tells the street. */
const STREET = latin(
  /(?<![\p{L}\p{N}/])(?:[Ss]ố|[Nn]gụ|[Tt]rú|tại|ở|[Đđ]ịa chỉ:?) \d{1,4}[A-Ha-hĐđ]?(?:\/\d{1,4}[A-Ha-h]?){0,4} \p{Lu}\p{Ll}{1,6}(?: \p{Lu}\p{Ll}{1,6}){1,3}/gu,
);

const LIVES = mentions(
  "ngụ|cư ngụ|cư trú|trú tại|trú ở|trú|thường trú|tạm trú|nơi ở|nhà riêng|sinh sống|sống tại|sống ở|ở trọ|thuê trọ|gia đình (?:ông|bà|anh|chị|có)|(?<!các )(?<!mọi )(?<!mỗi )(?<!những )(?<!hộ )(?:gia đình|hộ)(?: ở| ngụ| tại)|hộ (?:ông|bà|anh|chị)|nhà (?:ông|bà|anh|chị|cô|chú|cụ|của)|nhà bệnh nhân",
);
const LIVES_ANY = new RegExp(LIVES.source, "g");
const PUBLIC = mentions(
  "ubnd|ủy ban|trụ sở|cơ quan|trạm y tế|trung tâm|bệnh viện|phòng khám|trường|nhà văn hóa|hội trường|chợ|bưu điện|công an|điểm tiêm|điểm tiếp nhận|điểm bỏ phiếu|khu vực bỏ phiếu|nhà sinh hoạt|sinh hoạt cộng đồng|bến xe|công viên|ngân hàng|điện lực|công ty|một cửa|siêu thị|nhà thiếu nhi|sân vận động|chùa|nhà thờ|thư viện|đội quản lý|ban quản lý|hợp tác xã|quán|cửa hàng|tiệm|nhà hàng|nhà thuốc|khách sạn|rạp|quảng trường|cây xăng|chi nhánh|văn phòng|nhà tang lễ|hội quán",
);
const WORKS = mentions(
  "cắt điện|ngừng điện|mất điện|cúp điện|ngừng cấp|tạm ngừng|cắt nước|cúp nước|ngưng cấp|thi công|sửa chữa|sửa đường|nâng cấp|đào đường|rào chắn|cấm xe|cấm đường|phân luồng|lưu thông|ùn tắc|ngập|sạt lở|thu gom|phun thuốc|phun hóa chất|vệ sinh môi trường|đoạn từ|đoạn|khu vực|các tuyến|lắp đặt|chiếu sáng|cây xanh|đỗ xe|lát gạch|khơi thông|tổng vệ sinh",
);
const RANGE_BEFORE = /(?:từ|đến|tới)[ \n](?:\p{L}{1,6}[ \n]){0,2}$/u;
const RANGE_AFTER = /^[ \n](?:[\p{L}\d]{1,8}[ \n]){0,4}(?:đến|tới)[ \n](?:số|nhà|hẻm|ngõ|đường|hết|cuối|ngã)/u;

/** @param names where private people were named in the same text */
export function homeAddresses(view: View, subject: Subject, names: readonly Spot[]): Hit[] {
  const found = [...spots(HOUSE, view.lower), ...spots(NUMBERED, view.lower), ...spots(STREET, view.seen)];
  return joined(found)
    .flatMap((spot) => judge(view, spot, { subject, names, isHouse: IS_HOUSE.test(spot.text) }) ?? [])
    .slice(0, MOST_HITS);
}

const IS_HOUSE = new RegExp(HOUSE.source);

/** Pieces of one address that overlap or follow each other after a comma, as one. */
function joined(all: readonly Spot[]): Spot[] {
  const kept: Spot[] = [];
  for (const spot of all.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (last === undefined || spot.start > last.end + ", ".length) kept.push(spot);
    else
      kept[kept.length - 1] = {
        ...last,
        end: Math.max(last.end, spot.end),
        text: `${last.text} ${spot.text.toLowerCase()}`,
      };
  }
  return kept;
}

interface Ground {
  readonly subject: Subject;
  readonly names: readonly Spot[];
  readonly isHouse: boolean;
}

function judge(view: View, { start, end }: Spot, { subject, names, isHouse }: Ground): Hit | undefined {
  const { before, after } = around(view, [start, end], 110);
  const lives = lastEnd(LIVES_ANY, before);
  const found = view.lower.slice(start, end);
  const isHome =
    lives >= 0 ||
    /^(?:ngụ|trú)/u.test(found) ||
    HOMEY.test(found) ||
    (isHouse && /căn[ \n]$/u.test(before)) ||
    (isHouse && /(?:ở|tại|về)[ \n]$/u.test(before) && isOfPatient(view, start)) ||
    names.some((name) => start >= name.end && start - name.end < 60);
  if (/^\d/u.test(found) && DAY_BEFORE.test(before)) return undefined;
  const ofPatient = isOfPatient(view, start) || (subject.cases.length > 0 && !subject.itinerary);
  if (isPublic(before.slice(Math.max(0, lives)), after) && !isHome) return undefined;
  if (!isHome && !ofPatient && ROOM.test(found)) return undefined;
  if (!isHome && !isHouse && isWorks(before, after)) return undefined;
  if (isHouse && !isHome && !ofPatient && isWorks(before, after)) return undefined;
  const severity = severityOf({ isHome, isHouse, ofPatient: ofPatient || (isHome && subject.patients) }, view, start);
  return {
    check: "privacy.address",
    severity,
    span: [start, end],
    words: severity === "gate" ? OF_PATIENT : severity === "note" ? PERHAPS : HOME,
    suggestion: ADVICE,
  };
}

const isPublic = (before: string, after: string): boolean =>
  PUBLIC.test(before) || /^[ \n]?[(,–-] ?(?:trụ sở|trạm|nhà văn hóa|trường|chợ|ubnd)/u.test(after);
const isWorks = (before: string, after: string): boolean =>
  WORKS.test(before) || WORKS.test(after) || RANGE_BEFORE.test(before) || RANGE_AFTER.test(after);

interface Case {
  readonly isHome: boolean;
  readonly isHouse: boolean;
  readonly ofPatient: boolean;
}

function severityOf({ isHome, isHouse, ofPatient }: Case, view: View, at: number): Severity {
  if (ofPatient || (isHome && isOfOffender(view, at))) return "gate";
  return isHome || isHouse ? "warning" : "note";
}

function lastEnd(pattern: RegExp, text: string): number {
  let end = -1;
  for (const { 0: found, index } of matchesIn(text, pattern)) end = index + found.length;
  return end;
}

const OF_PATIENT: Words = {
  vi: "Số nhà, hẻm hoặc căn hộ trong câu nói về người bệnh hay người vi phạm: chỉ thẳng vào một gia đình.",
  en: "A house number, alley or flat beside a patient or an offence: it points straight at one household.",
};
const HOME: Words = {
  vi: "Địa chỉ nhà riêng có số nhà.",
  en: "The address of a home with its number.",
};
const PERHAPS: Words = {
  vi: "Địa chỉ có số nhà nhưng không nói là nơi công cộng nào.",
  en: "An address with a house number, without saying which public place it is.",
};
const ADVICE: Words = {
  vi: "Chỉ nói đến tổ dân phố hoặc khu phố. Nếu là nơi công cộng, nói tên nơi đó trước địa chỉ.",
  en: "Name only the neighbourhood. If it is a public place, say its name before the address.",
};
