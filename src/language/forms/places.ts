/**
 * What names a place or a vehicle by letters and digits: roads, milestones, wards, classes, houses, number plates.
 *
 * @module
 */

import { behind } from "../conditions.js";
import { type NumberWords, readDigits, readNumber } from "../numbers.js";
import { type Form, firstOf, form, told } from "./form.js";
import { spell } from "./letters.js";
import { sayCount } from "./quantity.js";

/** `49A-123.45`, `49A1-234.56`, `59X1 23456`. */
const plate = form(
  /(\d\d)-?([A-ZĐ]{1,2}\d?)(?:[ -]? ?| - )(?:(\d{3})\.(\d\d)|(\d{5})|(\d{4}))(?![\p{L}\p{M}\p{N}]|[.,-]\d)/uy,
  ({ groups: [, province = "", series = "", three, two, five, four] }) => {
    const digits =
      three === undefined ? readDigits(five ?? four ?? "") : `${readDigits(three)}, ${readDigits(two ?? "")}`;
    return { spoken: `${readDigits(province)} ${spell(series)}, ${digits}`, kind: "plate" };
  },
);

/** What is told apart by a number and a letter. */
const CLASS_WORD = behind(
  /(?:^|\P{L})(?:lớp|khối|số|số nhà|nhà|tổ|tổ dân phố|TDP|KP|khu|khu phố|phòng|hẻm|ngõ|đường|lô|block|tòa|toà|cổng|căn|tầng|mục|điều|khoản|mẫu|tại|ở|ấp|khóm|xóm|thôn|đội|cụm|QL|quốc lộ|tỉnh lộ) ?(?:\d{1,3}[A-ZĐ]?\d{0,2}(?:, ?| và |; ?)){0,8}$/iu,
);

/** `lớp 5A`, `nhà 12B`: after the word for what is named so. */
const classed = form(
  /(\d{1,4})-?(?:\/(\d{1,3}))?([A-EGHKLMNĐ])(\d{1,2})?(?![\p{L}\p{M}\p{N}]|[-/.]\p{N})/uy,
  ({ groups, place, after }) => {
    const [, number = "", lane, letter = "", digit] = groups;
    const isHouse = lane !== undefined && /^,? (?:đường|phố|hẻm|ngõ|\p{Lu}\p{Ll})/u.test(after);
    if (!isHouse && !CLASS_WORD.test(place.before)) return undefined;
    const head =
      readNumber(number.replace(/^0+(?=\d)/u, ""), place.words) +
      (lane === undefined ? "" : ` trên ${sayCount(lane, place.words)}`);
    return { spoken: `${head} ${spell(letter)}${digit === undefined ? "" : ` ${readNumber(digit)}`}`, kind: "code" };
  },
);

const ROADS: Readonly<Record<string, string>> = {
  QL: "quốc lộ",
  TL: "tỉnh lộ",
  ĐT: "đường tỉnh",
  DT: "đường tỉnh",
  HL: "hương lộ",
  ĐH: "đường huyện",
  CT: "cao tốc",
};

/** `QL20`, `ĐT.725`, `TL 10`. */
const road = form(
  /(QL|TL|ĐT|DT|HL|ĐH|CT)([. -]?)(\d{1,3})([A-E])?(?![\p{L}\p{M}\p{N}]|[.,/-]\p{N})/uy,
  ({ groups: [, kind = "", gap = "", number = "", letter], place }) => {
    // `ĐT 113` is a telephone, `TL 10` may be a scale.
    if (/^[ -]/u.test(gap) && kind !== "QL") return undefined;
    if (kind === "CT" && !/(?:^|\P{L})(?:cao tốc|tuyến) $/iu.test(place.before)) return undefined;
    const said = number.length > 2 ? readDigits(number) : sayCount(number, place.words);
    const name = ROADS[kind] ?? "";
    const word = place.before.toLowerCase().endsWith(`${name} `) ? "" : `${name} `;
    return { spoken: `${word}${said}${letter === undefined ? "" : ` ${spell(letter)}`}`, kind: "code" };
  },
);

/** `P.1, TP. Đà Lạt, Q.`: a short form at the end of a row of them. */
const lastOfRow = form(/(P|Q|H|X)\.(?=\s*$)/uy, ({ groups: [, kind = ""], place: { before } }) =>
  /(?:TP|P|Q|H|TX|X)\.[^.]{0,20}, $/u.test(before)
    ? { spoken: { P: "phường", Q: "quận", H: "huyện", X: "xã" }[kind] ?? "", kind: "abbreviation" }
    : undefined,
);

/** `Km12+300`. */
const milestone = form(
  /(?!km[23](?!\d))[Kk][Mm] ?(\d{1,4})(?: ?\+ ?(\d{1,3}))?(?![\p{L}\p{M}\p{N}]|[.,/]\p{N})/uy,
  ({ groups: [, km = "", metres], place }) => ({
    spoken: `ki-lô-mét ${sayCount(km, place.words)}${metres === undefined ? "" : ` cộng ${metres === "000" ? "không" : sayCount(metres, place.words)}`}`,
    kind: "code",
  }),
);

const PLACES: Readonly<Record<string, string>> = { P: "phường", Q: "quận", KP: "khu phố", TDP: "tổ dân phố" };

/** A house and its road: `45/7 Trần Phú, `. */
const OF_ROAD = behind(/\d[A-Z]?,? (?:(?:đường|phố) )?\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+){1,3}, $/u);
const ward = (number: string, words: NumberWords) =>
  ({ spoken: `phường ${sayCount(number, words)}`, kind: "code" }) as const;

/** `P12, Q10`, `TDP5`. `P12` alone may be a room. */
const place = form(
  /(TDP|KP|P|Q)(\. ?)?(\d{1,2})(?![\p{L}\p{M}\p{N}]|[.,/-]\p{N}|-\p{L})/uy,
  ({ groups: [, kind = "", dotted, number = ""], place: { before, words }, after }) => {
    const isOfTown = /^,? ?(?:Q|quận|TP|thành phố|TX|thị xã)/iu.test(after);
    // With a stop it is the lexicon's, which takes it for a room on some floor.
    if (dotted !== undefined)
      return kind === "P" && (isOfTown || OF_ROAD.test(before)) ? ward(number, words) : undefined;
    const isSure = kind.length > 1 || isOfTown || /(?:UBND|HĐND|TYT|Công an|ủy|CA|P\.?\d{1,2},?) $/iu.test(before);
    return { spoken: `${PLACES[kind] ?? ""} ${sayCount(number, words)}`, kind: "code", known: isSure };
  },
);

/** Number plates, which begin with a digit. */
export const plates: Form = told(/^[-A-ZĐ]/u, plate);
/** Classes and houses, which begin with a digit. */
export const numberedPlaces: Form = told(/^[-/A-ZĐ]/u, classed);
/** What begins with a letter. */
export const letteredPlaces: Form = firstOf([
  told(/^[PQHX]/u, lastOfRow),
  told(/^[QTĐDHC]/u, road),
  told(/^[Kk]/u, milestone),
  told(/^[TKPQ]/u, place),
]);
