/**
 * How old one certain person is. Ages that tell who is meant by a rule (`từ 60 tuổi trở lên`) are not personal.
 *
 * @module
 */
import type { Words } from "../../../base/errors.js";
import type { Hit } from "../finding.js";
import { NUMBER, type Spot, spots, words } from "../phrases.js";
import { isOfPatient, type Subject } from "../subject.js";
import { around, type View } from "../view.js";

const AGE = words(`${NUMBER} tuổi`);
const BORN = words(
  "(?:sinh năm|năm sinh:?|sn:?|sinh) (?:19|20)\\d{2}|(?:sinh|ngày sinh:?|sinh vào) (?:ngày |tháng )?[\\d/.-]{1,8}(?: tháng [\\d]{1,2},? năm |[/.-]| năm )(?:19|20)\\d{2}",
);
/** The age of a group: a bound, a range, a rule. */
const GROUP_BEFORE =
  /(?:từ|trên|dưới|đủ|đến|hơn|ngoài|tới|quá|độ|trong|nhóm|lứa|khi|lên|tròn|tối thiểu|ít nhất|chưa đủ|chưa đến|cận|<|>|-|–|\d)[ \n]?$/u;
const GROUP_AFTER =
  /^[ \n]?(?:trở|đến|tới|-|–|đảng|đời|quân|nghề|hoặc|vào lớp|bước vào|có nhu cầu|được|phải|cần|mà|thì|chưa|đi tiêm|đăng ký)/u;
/** Before the age, these mean one person. */
const ONE_PERSON =
  /(?:nam|nữ|phụ nữ|đàn ông|đàn bà|bé trai|bé gái|cụ ông|cụ bà|thanh niên|bệnh nhân|người bệnh|ca bệnh|ca mắc|nạn nhân|em bé|cháu bé|một cháu|một em|em nhỏ|cháu nhỏ|một cụ|một người|(?:cháu|bé|(?<!trẻ[ \n])em|cô|con|cậu)[ \n](?:gái|trai)|ông (?:cụ|lão)|bà (?:cụ|lão)|(?<!các[ \n]|những[ \n]|quý[ \n])(?:ông|bà|anh|chị|chú|cô|cụ))[ \n,(]{1,2}(?:khoảng |mới |nay |năm nay |chừng |độ )?$/u;
const RESIDENT = /(?:ngụ|trú|thường trú|tạm trú|hiện ở|sống tại)(?:[ \n]|$)/u;
const NAME_CLOSE = 24;
/** Somebody is told of, a few words before: `Người vừa mất vì dại năm nay 57 tuổi`. */
const TOLD_OF =
  /(?<!các[ \n]|những[ \n]|mọi[ \n])(?:bệnh nhân|người bệnh|ca bệnh|ca mắc|nạn nhân|cụ ông|cụ bà|bé trai|bé gái|cháu bé|em bé|người|trường hợp)(?:[ \n,]{1,2}[\p{L}\d]{1,8}){0,12}(?:,|[ \n](?:năm nay|nay|mới|được|chừng|khoảng))[ \n]$/u;

/** @param names where private people were named in the same text */
export function personalAges(view: View, subject: Subject, names: readonly Spot[]): Hit[] {
  const told = [...spots(AGE, view.lower), ...spots(BORN, view.lower)];
  return told.filter((spot) => isPersonal(view, { subject, names }, spot)).map((spot) => ageHit(view, subject, spot));
}

interface Ground {
  readonly subject: Subject;
  readonly names: readonly Spot[];
}

function isPersonal(view: View, { subject, names }: Ground, { start, end }: Spot): boolean {
  const { before, after } = around(view, [start, end], 40);
  if (names.some((name) => start >= name.end && start - name.end <= NAME_CLOSE)) return true;
  if (GROUP_BEFORE.test(before) || GROUP_AFTER.test(after)) return false;
  if (
    /(?:trẻ|trẻ em|công dân|thanh niên|những người|các cụ|học sinh)[ \n](?:nam |nữ )?$/u.test(before) &&
    subject.cases.length === 0
  )
    return false;
  if (ONE_PERSON.test(before) || subject.cases.length > 0) return true;
  if (isOfPatient(view, start) && TOLD_OF.test(around(view, [start, end], 90).before)) return true;
  return isOfPatient(view, start) && RESIDENT.test(`${before} ${after}`);
}

function ageHit(view: View, subject: Subject, { start, end }: Spot): Hit {
  const ofPatient = subject.patients || isOfPatient(view, start);
  return {
    check: "privacy.age",
    ...(ofPatient ? { severity: "gate" } : {}),
    span: [start, end],
    words: ofPatient ? OF_PATIENT : OF_SOMEBODY,
    suggestion: {
      vi: "Bỏ tuổi và năm sinh, hoặc nói chung: «một người lớn tuổi».",
      en: "Leave out age and year of birth, or say it loosely: 'an elderly person'.",
    },
  };
}

const OF_PATIENT: Words = {
  vi: "Tuổi hoặc năm sinh của người bệnh. Cùng với tổ, khu phố thì hàng xóm đoán ra ngay là ai.",
  en: "The age or year of birth of a patient. Together with the neighbourhood it tells the neighbours who it is.",
};
const OF_SOMEBODY: Words = {
  vi: "Tuổi hoặc năm sinh của một người cụ thể.",
  en: "The age or year of birth of one certain person.",
};
