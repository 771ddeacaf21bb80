/**
 * Full names of private people.
 *
 * Two ways lead to a name: a family name with what follows it, and a title (`bà`, `anh`, `bệnh nhân`) with a capital after
 * it. Streets, schools and known persons are left out by what stands before them; officials by the office that stands
 * beside them. A name that ends in an initial (`chị Lê Thị H.`) already hides its bearer.
 *
 * @module
 */
import type { Words } from "../../../base/errors.js";
import { latin } from "../../latin.js";
import { type Hit, MOST_HITS } from "../finding.js";
import { mentions, type Spot, spaced, spots, wordsBefore } from "../phrases.js";
import { isOfOffender, type Subject } from "../subject.js";
import { around, sentenceAt, type View } from "../view.js";
import {
  DOUBTFUL_SURNAMES,
  KNOWN_PERSONS,
  LEGENDS,
  NO_NAMES,
  OFFICES,
  PLACE_LEADS,
  SURNAMES,
  TELLING_MIDDLE,
  TITLES,
} from "./name-lists.js";

const EDGE = "(?<![\\p{L}\\p{M}\\p{N}])";
const END = "(?![\\p{L}\\p{M}\\p{N}])";
const OFFICE_BEGINS = "(?!Chủ tịch|Phó |Bí thư|Trưởng |Giám đốc|Tổ trưởng|Hiệu trưởng|Trạm trưởng|UBND|Ủy ban)";
/** One part of a name: `Nguyễn`, `K’Brẻo`; an initial only as the last. */
const PART = `${OFFICE_BEGINS}(?:\\p{Lu}\\p{Ll}{1,7}|[KĐ]['’]\\p{L}{1,8}|\\p{Lu}(?=\\.|${END}))${END}`;
const MORE = (least: number) => `(?: ${PART}){${least},4}`;

const BY_SURNAME = latin(
  new RegExp(
    `${EDGE}(?:(?:${SURNAMES})${END}${MORE(2)}|(?:${DOUBTFUL_SURNAMES}|${SURNAMES}) (?:${TELLING_MIDDLE})${END}${MORE(1)})`,
    "gu",
  ),
);
const IN_CAPITALS = latin(
  new RegExp(
    `${EDGE}(?:${`${SURNAMES}|${DOUBTFUL_SURNAMES}`.toUpperCase()}) (?:VĂN|THỊ)(?: (?!TRƯỜNG|TRẤN|XÃ|HÓA|PHÒNG|MINH|NGHỆ)\\p{Lu}{1,7}${END}){1,3}`,
    "gu",
  ),
);
const IN_SMALL = latin(
  new RegExp(
    `${EDGE}(?:${SURNAMES.toLowerCase()}|hoàng|hồ|mai|đào|lương) (?:thị(?! trường| trấn| xã| sát| giác| hiếu| phần| uy)|văn(?! hóa| minh| phòng| nghệ| bản| học| kiện| thư| công| bằng| hiến| chương)) (\\p{L}{2,7})${END}`,
    "gu",
  ),
);
const initialUp = (word: string) => `[${word.charAt(0)}${word.charAt(0).toUpperCase()}]${word.slice(1)}`;
const BY_TITLE = latin(
  new RegExp(
    `${EDGE}(?:${TITLES.split("|").map(initialUp).join("|")})(?:,? (?:tên(?: là)?|họ tên(?: là)?|con|cháu|bé|là|giáo|đồ|lang|chủ|thợ|tài|hai|ba|tư|năm|sáu|bảy|tám|chín|mười|út|cả))? ((?!(?:${NO_NAMES})${END}|(?:${LEGENDS})${END}(?! \\p{Lu}))${PART}${MORE(0)})`,
    "gu",
  ),
);

/** Whatever the family name, who has this middle name is a woman. */
const BY_MIDDLE = latin(
  new RegExp(
    `${EDGE}\\p{Lu}\\p{Ll}{0,6} Thị (?!Trấn|Xã|Trường|Nghè|Vải|Đội|Ủy|Phần|Hành|Chính|Sát|Giác)${PART}${MORE(0)}`,
    "gu",
  ),
);
const BEARERS = "thanh niên|cụ|bà|ông|bé|cháu|em|cô|anh|chị|chủ hụi|đối tượng|người|chồng|vợ|con|trai|gái"
  .split("|")
  .map(initialUp)
  .join("|");
/** `tên là Năm Ví`, `mang tên Huỳnh Thị Thử`: of a person when one is spoken of just before. */
const BY_NAMING = latin(
  new RegExp(
    `${EDGE}(?:tự xưng(?: là)?(?: tên)?|(?:${BEARERS})(?: [\\p{L}]{1,6})? tên|tên(?: gọi)?(?: là|:)|mang tên|họ tên:?|họ và tên:?|tên thường gọi(?: là)?|biệt danh) (${PART}${MORE(0)})`,
    "gu",
  ),
);
const PERSON_BEFORE = mentions(
  "ông|bà|anh|chị|em|cô|chú|bác|cụ|cháu|bé|người|bệnh nhân|nạn nhân|giấy tờ|căn cước|giấy phép|bằng lái|ví|thẻ|sổ|học sinh|đối tượng|thanh niên|tự xưng",
);

const PLACE_BEFORE = wordsBefore(`(?:${PLACE_LEADS})(?: (?:mang tên|tên|số \\d{1,3},?))?`);
const TITLE_BEFORE = wordsBefore(`(?:${TITLES})(?: tên| là| con)?`);
const PLURAL_BEFORE = wordsBefore("các|những|quý|toàn thể|trẻ|bà con|đàn|anh|chị|nước|tiếng|người|hai|vương quốc|mẹ");
const OFFICE_BEFORE = latin(
  new RegExp(
    `(?<![\\p{L}])(?:${spaced(OFFICES)})(?:[ \\n][^,.;:()]{0,60})?(?:,? ?(?:–|-|là|đồng chí|đ/c|ông|bà|anh|chị|bác sĩ|thầy|cô) ?){0,3},?[ \\n]?$`,
    "u",
  ),
);
const OFFICE_AFTER = latin(
  new RegExp(
    `^ ?[,(–—:-]{0,1} ?(?:(?:là|hiện là|giữ chức|chức vụ:?|nguyên|bác sĩ,?) ){0,2}(?:${spaced(OFFICES)})(?![\\p{L}])`,
    "u",
  ),
);
const OFFICE = mentions(OFFICES);
/** So far behind a comrade's name the office may be told. */
const COMRADE_REACH = 60;
/** An office excuses no naming of who is accused. */
const ACCUSED_AFTER = mentions("bị (?:tố cáo|bắt|phạt|khởi tố|kỷ luật|lập biên bản|xử phạt|điều tra)|ăn chặn|tham ô");
const ALSO =
  /^(?:[ \n]?[,;/–-][ \n]?|[ \n](?:và|với|đến|hoặc|giao với|giao|cắt)[ \n](?:đường[ \n])?|,[ \n]đường[ \n])$/u;
const HIDDEN_BY_INITIAL = / \p{Lu}\.?$/u;

/**
 * Names of private people, each with why it matters.
 *
 * @param topic where naming somebody is the purpose (a good example, a funeral) the finding is only a note
 */
export function privateNames(view: View, subject: Subject, topic: string | undefined): Hit[] {
  const found = merged([...byTitle(view), ...bySurname(view), ...byMiddle(view), ...byNaming(view)]).filter(
    (spot) => !isSigned(view, spot),
  );
  const gladly = topic !== undefined && NAMED_GLADLY.has(topic);
  return found.slice(0, MOST_HITS).map((spot) => nameHit(view, spot, { subject, gladly }));
}

function bySurname(view: View): Spot[] {
  const kept: Spot[] = [];
  let place: Spot | undefined;
  for (const spot of spots(BY_SURNAME, view.seen, 500)) {
    const { before, after } = around(view, [spot.start, spot.end], 90);
    const joined = place !== undefined && ALSO.test(view.lower.slice(place.end, spot.start));
    if (!TITLE_BEFORE.test(before) && (joined || PLACE_BEFORE.test(before) || KNOWN_PERSONS.has(spot.text)))
      place = spot;
    else if (isPrivate(spot, before, after)) kept.push(spot);
  }
  const small = spots(IN_SMALL, view.lower).filter(({ start, end }) => !/\p{Lu}/u.test(view.text.slice(start, end)));
  const loud = [...spots(IN_CAPITALS, view.seen), ...small];
  return [...kept, ...loud.filter((spot) => standsForPerson(view, spot))];
}

function byTitle(view: View): Spot[] {
  return spots(BY_TITLE, view.seen, 500).filter((spot) => {
    const { before, after } = around(view, [spot.start, spot.end], 90);
    if (KNOWN_PERSONS.has(spot.text)) return false;
    if ((PLURAL_BEFORE.test(before) && !isCouple(view, spot, before)) || PLACE_BEFORE.test(before)) return false;
    // The Mid-Autumn fairy, who is a given name elsewhere, comes with her companion.
    if (/chị hằng/u.test(spot.text.toLowerCase()) && /cuội/u.test(before + after)) return false;
    // A capital inside a sentence makes the title itself part of a name: hoa Anh Đào.
    if (/^\p{Lu}/u.test(spot.text) && !begins(view, spot.start) && !/ \S+ \S/u.test(spot.text)) return false;
    return isPrivate(spot, before, after);
  });
}

const byMiddle = (view: View): Spot[] =>
  spots(BY_MIDDLE, view.seen).filter((spot) => !KNOWN_PERSONS.has(spot.text) && standsForPerson(view, spot));

const byNaming = (view: View): Spot[] =>
  spots(BY_NAMING, view.seen).filter((spot) => {
    const { before, after } = around(view, [spot.start, spot.end], 90);
    return (
      PERSON_BEFORE.test(before + spot.text.toLowerCase()) &&
      !PLACE_BEFORE.test(before) &&
      isPrivate(spot, before, after)
    );
  });

const begins = (view: View, at: number): boolean =>
  sentenceAt(view, at)[0] === at || /[:;–•("“\d.-][ \n]?$/u.test(view.text.slice(Math.max(0, at - 2), at));

const standsForPerson = (view: View, spot: Spot): boolean => {
  const { before, after } = around(view, [spot.start, spot.end], 90);
  const isPlace = !TITLE_BEFORE.test(before) && (PLACE_BEFORE.test(before) || KNOWN_LOWER.has(spot.text.toLowerCase()));
  return !isPlace && isPrivate(spot, before, after);
};
const KNOWN_LOWER: ReadonlySet<string> = new Set([...KNOWN_PERSONS].map((name) => name.toLowerCase()));
/** `anh chị Hai Tạm` are two people, `các anh chị Đoàn viên` are many. */
const isCouple = ({ text }: View, { end }: Spot, before: string): boolean =>
  /(?<!các[ \n]|quý[ \n]|những[ \n])(?<!\p{L})(?:anh|chú)[ \n]$/u.test(before) &&
  !/^[ \n]\p{Ll}/u.test(text.slice(end, end + 2));
const SICK_BEFORE = mentions("bệnh nhân|ca bệnh|ca mắc|ca nhiễm|ca dương tính|người bệnh|f0|nạn nhân");

function isPrivate(spot: Spot, before: string, after: string): boolean {
  if (HIDDEN_BY_INITIAL.test(spot.text)) return false;
  if (SICK_BEFORE.test(before.slice(-30)) || SICK_BEFORE.test(spot.text.toLowerCase())) return true;
  if (ACCUSED_AFTER.test(after.slice(0, COMRADE_REACH))) return true;
  const isComrade = /(?:đồng chí|đ\/c)[ \n]$/u.test(before) && OFFICE.test(after.slice(0, COMRADE_REACH));
  return !isComrade && !OFFICE_BEFORE.test(before) && !OFFICE_AFTER.test(after);
}

/** Between an office in a signature and the name below it lie a few empty lines at most. */
const SIGNATURE_REACH = 80;

/** A name on a line of its own below an office: the signature of a paper. */
function isSigned({ text, lower }: View, { start, end }: Spot): boolean {
  const alone =
    /(?:^|\n)[ ]?$/u.test(text.slice(Math.max(0, start - 2), start)) && /^(?:\n|$)/u.test(text.slice(end, end + 1));
  return alone && OFFICE.test(lower.slice(Math.max(0, start - SIGNATURE_REACH), start));
}

/** Overlapping spots as one, the longer of them, in order. */
function merged(all: readonly Spot[]): Spot[] {
  const kept: Spot[] = [];
  for (const spot of all.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (last === undefined || spot.start >= last.end) kept.push(spot);
    else if (spot.end > last.end) kept[kept.length - 1] = spot;
  }
  return kept;
}

/** Topics in which a person is named on purpose, and gladly. */
const NAMED_GLADLY: ReadonlySet<string> = new Set(["guong-tot", "tin-buon", "khuyen-hoc", "the-thao", "van-hoa"]);

interface Setting {
  readonly subject: Subject;
  readonly gladly: boolean;
}

function nameHit(view: View, { start, end }: Spot, { subject, gladly }: Setting): Hit {
  const hit = { check: "privacy.name", span: [start, end] } as const;
  if (subject.patients || subject.cases.length > 0)
    return { ...hit, severity: "gate", words: PATIENT_NAMED, suggestion: UNNAME };
  if (isOfOffender(view, start)) return { ...hit, severity: "gate", words: OFFENDER_NAMED, suggestion: UNNAME };
  return { ...hit, ...(gladly ? { severity: "note" } : {}), words: NAMED, suggestion: CONSENT };
}

const PATIENT_NAMED: Words = {
  vi: "Tên người trong bản tin về ca bệnh. Danh tính người bệnh không được công bố dưới bất kỳ hình thức nào.",
  en: "A person's name in an announcement about cases. The identity of a patient must not be made public in any form.",
};
const OFFENDER_NAMED: Words = {
  vi: "Tên người đi cùng chuyện vi phạm. Đây là dữ liệu cá nhân, dù người đó có lỗi.",
  en: "A name beside an offence. It is personal data even when the person is at fault.",
};
const UNNAME: Words = {
  vi: "Bỏ tên; nói «một người dân», «một trường hợp», không kèm chi tiết để đoán ra là ai.",
  en: "Leave the name out; say 'a resident', 'one case', without details by which the person can be guessed.",
};
const NAMED: Words = {
  vi: "Họ tên của một người không thấy nêu chức vụ. Nói tên riêng của người dân trên loa là công khai dữ liệu cá nhân.",
  en: "The name of a person whose office is not given. Naming a resident on the loudspeaker publishes personal data.",
};
const CONSENT: Words = {
  vi: "Bỏ tên, hoặc ghi quyết định: người này (hoặc gia đình) đã đồng ý. Nếu là cán bộ, thêm chức vụ bên cạnh tên.",
  en: "Leave it out, or record that the person (or family) agreed. If it is an official, put the office beside the name.",
};
