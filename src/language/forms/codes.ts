/**
 * Letters and digits that name something: versions, network addresses, sections, viruses, roads, plates, coordinates.
 *
 * @module
 */
import { type NumberWords, readDigits, readNumber } from "../numbers.js";
import { type Form, firstOf, form } from "./form.js";
import { spell } from "./letters.js";
import { sayCount } from "./quantity.js";

const END = String.raw`(?![\p{L}\p{N}]|[.:/-]\p{N})`;
const VERSION = /(?:^|\P{L})(?:phiên bản|version|bản|android|ios|windows|v)\.? ?$/iu;
const SECTION =
  /(?:^|\P{L})(?:mục|điểm|khoản|điều|phần|chương|bảng|hình|biểu|phụ lục|tiểu mục|tiết|bài|số|tiêu chí|mẫu)(?: số)? (?:\d{1,2}(?:\.\d{1,2}){1,3}(?:, ?| và | đến | ?- ?)){0,3}$/iu;

const dotted = (written: string, words: NumberWords): string =>
  written
    .split(".")
    .map((piece) => (piece.length > 2 && piece.startsWith("0") ? readDigits(piece) : sayCount(piece, words)))
    .join(" chấm ");

const isThousands = (written: string): boolean => /^\d{1,3}(?:\.\d{3})+$/u.test(written);

/** `10.0.0.1`: four numbers up to 255. */
const network = form(
  /(\d{1,3}(?:\.\d{1,3}){3})(\/\d{1,2})?(?::(\d{1,5}))?(?![\p{L}\p{N}]|[.]\p{N})/uy,
  ({ groups: [, written = "", mask, port], place }) => {
    const isNamed = /(?:^|\P{L})(?:ip|địa chỉ|máy chủ|dns)(?: mạng)?:? $/iu.test(place.before);
    if (written.split(".").some((piece) => Number(piece) > 255) || (isThousands(written) && !isNamed)) return undefined;
    const ending = mask === undefined ? "" : ` trên ${readNumber(mask.slice(1))}`;
    const door = port === undefined ? "" : `, cổng ${readNumber(port)}`;
    return { spoken: dotted(written, place.words) + ending + door, kind: "code" };
  },
);

/** `2.1`, `1.2.3`: sections after their word or at the beginning of a line, versions after theirs. */
const section = form(
  /(\d{1,3}(?:\.\d{1,3}){1,4})(?=\.? |\.?$|[.,;:)]|\n)(?![.,]\p{N})/uy,
  ({ groups: [, written = ""], place, after }) => {
    if (isThousands(written) && !VERSION.test(place.before)) return undefined;
    const isHeading =
      place.before === "" && place.index === lineStart(place.text, place.index) && /^\.? ["“(]?\p{Lu}/u.test(after);
    if (!isHeading && !VERSION.test(place.before) && !SECTION.test(place.before)) return undefined;
    return { spoken: dotted(written, place.words), kind: "code" };
  },
);

const lineStart = (text: string, index: number): number =>
  index === 0 || text.charAt(index - 1) === "\n" ? index : -1;

/** `12.5`, `1.1200`, `1.2.3`: nobody can tell whether a decimal, a section or a day is meant. */
const ambiguous = form(
  new RegExp(String.raw`(\d{1,18}(?:\.\d{1,18}){1,6})${END}`, "uy"),
  ({ groups: [, written = ""], place }) => {
    if (isThousands(written) && !written.startsWith("0")) return undefined;
    const pieces = written
      .split(".")
      .map((piece, at) => (at > 0 && piece.length > 2 ? readDigits(piece) : readNumber(piece, place.words)));
    return { spoken: pieces.join(" chấm "), kind: "number", known: false };
  },
);

/** `49A-123.45`, `49A1-234.56`, `59X1 23456`. */
const plate = form(
  /(\d\d)-?([A-ZĐ]{1,2}\d?)[ -]? ?(?:(\d{3})\.(\d\d)|(\d{5})|(\d{4}))(?![\p{L}\p{N}]|[.,-]\d)/uy,
  ({ groups: [, province = "", series = "", three, two, five, four] }) => {
    const digits =
      three === undefined ? readDigits(five ?? four ?? "") : `${readDigits(three)}, ${readDigits(two ?? "")}`;
    return { spoken: `${readDigits(province)} ${spell(series)}, ${digits}`, kind: "plate" };
  },
);

const SIDES: Readonly<Record<string, string>> = {
  B: "Bắc",
  N: "Bắc",
  Đ: "Đông",
  E: "Đông",
  T: "Tây",
  W: "Tây",
  S: "Nam",
};

/** `11°56′30″N`, `108°26'E`: in and around Viet Nam N is north, though the letter also begins "Nam". */
const position = form(
  /(\d{1,3}(?:[.,]\d{1,6})?)[°º] ?(?:(\d{1,2}(?:[.,]\d{1,4})?)['’′] ?)?(?:(\d{1,2}(?:[.,]\d{1,3})?)(?:["”″]|'') ?)?([BNĐETWS])(?![\p{L}\p{N}])/uy,
  ({ groups: [, degrees = "", minutes, seconds, side = ""], place }) => {
    const said = [`${sayDecimal(degrees, place.words)} độ`];
    if (minutes !== undefined) said.push(`${sayDecimal(minutes, place.words)} phút`);
    if (seconds !== undefined) said.push(`${sayDecimal(seconds, place.words)} giây`);
    return { spoken: `${said.join(" ")} ${SIDES[side] ?? ""}`, kind: "coordinate" };
  },
);

/** `11°56′30″` without a side. */
const angle = form(
  /(\d{1,3})[°º] ?(\d{1,2})['’′](?: ?(\d{1,2}(?:[.,]\d{1,3})?)(?:["”″]|''))?/uy,
  ({ groups: [, degrees = "", minutes = "", seconds], place }) => {
    const end = seconds === undefined ? "" : ` ${sayDecimal(seconds, place.words)} giây`;
    return {
      spoken: `${sayCount(degrees, place.words)} độ ${sayCount(minutes, place.words)} phút${end}`,
      kind: "coordinate",
    };
  },
);

/** `11.9404, 108.4383` after the word for coordinates. */
const decimalPosition = form(/(\d{1,3}\.\d{3,8})(?!\p{N}|[.]\p{N})/uy, ({ groups: [, written = ""], place }) =>
  /(?:tọa độ|toạ độ|GPS|vĩ độ|kinh độ)(?: \p{L}+){0,2}:? ?\(?(?:\d{1,3}\.\d{3,8}[,;]? ?)?$/iu.test(place.before)
    ? { spoken: sayDecimal(written, place.words), kind: "coordinate" }
    : undefined,
);

function sayDecimal(written: string, words: NumberWords): string {
  const [whole = "", fraction] = written.split(/[.,]/u);
  return sayCount(whole, words) + (fraction === undefined ? "" : ` phẩy ${readDigits(fraction)}`);
}

/** `4G`, `5G`. */
const generation = form(/([2-6])G(?![\p{L}\p{N}])/uy, ({ groups: [, number = ""] }) => ({
  spoken: `${readNumber(number)} giê`,
  kind: "code",
}));

/** `lớp 5A`, `nhà 12B`: after the word for what is named so. */
const classed = form(
  /(\d{1,4})-?(?:\/(\d{1,3}))?([A-EGHKLMNĐ])(\d{1,2})?(?![\p{L}\p{N}]|[-/.]\p{N})/uy,
  ({ groups, place }) => {
    const [, number = "", lane, letter = "", digit] = groups;
    if (
      !/(?:^|\P{L})(?:lớp|khối|số|số nhà|nhà|tổ|tổ dân phố|khu|khu phố|phòng|hẻm|ngõ|đường|lô|block|tòa|toà|cổng|căn|tầng|mục|điều|khoản|mẫu|tại|ở|QL|quốc lộ|tỉnh lộ) ?$/iu.test(
        place.before,
      )
    )
      return undefined;
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
  /(QL|TL|ĐT|DT|HL|ĐH|CT)([. -]?)(\d{1,3})([A-E])?(?![\p{L}\p{N}]|[.,/-]\p{N})/uy,
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

/** `Km12+300`. */
const milestone = form(
  /[Kk][Mm] ?(\d{1,4})(?: ?\+ ?(\d{1,3}))?(?![\p{L}\p{N}]|[.,/]\p{N})/uy,
  ({ groups: [, km = "", metres], place }) => ({
    spoken: `ki-lô-mét ${sayCount(km, place.words)}${metres === undefined ? "" : ` cộng ${metres === "000" ? "không" : sayCount(metres, place.words)}`}`,
    kind: "code",
  }),
);

/** `B.1.617.2`, `BA.2.75`. */
const lineage = form(
  /([A-Z]{1,2})((?:\.\d{1,3}){2,5}|\.\d{1,2}(?=\P{L}*biến thể))(?![\p{L}\p{N}]|\.\p{N})/uy,
  ({ groups: [, letters = "", numbers = ""] }) => ({
    spoken: `${spell(letters)}${numbers
      .split(".")
      .slice(1)
      .map((piece) => ` chấm ${piece.length > 2 ? readDigits(piece) : readNumber(piece)}`)
      .join("")}`,
    kind: "code",
  }),
);

/** `A/H5N1`, `H1N1`. */
const influenza = form(
  /(?:([ABC])\/)?(?:\(?H(\d{1,2})N(\d{1,2})\)?)(?![\p{L}\p{N}])/uy,
  ({ groups: [, type, h = "", n = ""] }) => ({
    spoken: `${type === undefined ? "" : `${spell(type)} `}hát ${readNumber(h)} nờ ${readNumber(n)}`,
    kind: "code",
  }),
);

/** `F0`, `B2`, `A1`: one letter and a small number. A ward or a district may be meant by P and Q. */
const lettered = form(
  /([A-OR-ZĐ])(\d{1,2})(?![\p{L}\p{N}]|[.,/-]\p{N}|-\p{L})/uy,
  ({ groups: [, letter = "", number = ""], place }) => {
    if (letter === "T" && /^[2-7]$/u.test(number)) return undefined;
    return {
      spoken: `${spell(letter)} ${number.startsWith("0") ? readDigits(number) : readNumber(number, place.words)}`,
      kind: "code",
    };
  },
);

const PLACES: Readonly<Record<string, string>> = { P: "phường", Q: "quận", KP: "khu phố", TDP: "tổ dân phố" };

/** `P12, Q10`, `TDP5`. `P12` alone may be a room. */
const place = form(
  /(TDP|KP|P|Q)(\d{1,2})(?![\p{L}\p{N}]|[.,/-]\p{N}|-\p{L})/uy,
  ({ groups: [, kind = "", number = ""], place: { before, words }, after }) => {
    const isSure =
      kind.length > 1 ||
      /^,? ?(?:Q|quận|TP|thành phố)/iu.test(after) ||
      /(?:UBND|HĐND|TYT|Công an|ủy|CA|P\.?\d{1,2},?) $/iu.test(before);
    return { spoken: `${PLACES[kind] ?? ""} ${sayCount(number, words)}`, kind: "code", known: isSure };
  },
);

/** Names of anything else in capitals and digits, after a word that says so: `mã BN1234`, `thẻ GD4797912345678`. */
const named = form(
  /[A-ZĐ]{1,4}[-.]?\d{1,15}(?![\p{L}\p{N}]|[.,/-]\p{N})/uy,
  ({ groups: [written = ""], place: { before } }) =>
    /(?:^|\P{L})(?:mã|mã số|số thẻ|thẻ|thẻ BHYT|ký hiệu|kí hiệu|số hiệu|chuyến bay|hộ chiếu|mẫu|lô|bệnh nhân|seri)(?: số)?:? $/iu.test(
      before,
    )
      ? { spoken: `${spell(written.replace(/[\d.-]+/gu, ""))} ${readDigits(written)}`, kind: "identity" }
      : undefined,
);

/** What begins with a digit; plates and places first. */
export const plates: Form = plate;
export const positions: Form = firstOf([position, angle, decimalPosition]);
export const numberedCodes: Form = firstOf([network, section, generation, classed]);
export const dotDecimals: Form = ambiguous;
/** What begins with a letter. */
export const letteredCodes: Form = firstOf([influenza, lineage, road, milestone, named, place, lettered]);
