/**
 * Where a patient works or learns.
 *
 * @module
 */
import type { Hit } from "../finding.js";
import { mentions, type Spot, spots, words } from "../phrases.js";
import { isOfPatient, type Subject } from "../subject.js";
import { around, type View } from "../view.js";

const PLACE =
  "công ty|nhà máy|xí nghiệp|xưởng|trường|chợ|bệnh viện|siêu thị|khách sạn|nhà hàng|quán|tiệm|cửa hàng|hãng|ngân hàng|trung tâm|lớp \\d|cơ sở|doanh nghiệp|hợp tác xã|khu công nghiệp|bến xe|nhà vườn|spa|trạm|ủy ban|ubnd|sạp|quầy|nhà trẻ|mầm non|tiểu học|thcs|thpt";
const WORK = words(
  `(?:(?:làm việc|làm(?: [\\p{L}]{1,6}){0,3}|công tác|dạy học|dạy|học|buôn bán|bán hàng|bán [\\p{L}]{1,6}(?: [\\p{L}]{1,6}){0,2}|kinh doanh|phụ bếp|giúp việc)(?: tại| ở| trong| cho| của)?|(?:công nhân|nhân viên|giáo viên|cô giáo|thầy giáo|học sinh|sinh viên|tiểu thương|tài xế|lái xe|bảo vệ|chủ|kế toán|đầu bếp|y tá|bác sĩ|thu ngân|thợ|học)(?: [\\p{L}]{1,6}){0,3}?(?: lớp [\\p{L}\\d]{1,5},?)?(?: của| tại| ở)?) (?:một |cổng |đầu |cuối |gần |trước |trong ){0,2}(?:${PLACE})(?! cấp cứu)(?: [\\p{L}\\d]{1,12}){0,5}`,
);
/** Advice to many, not news of one. */
const ADVICE =
  /(?:các|mọi|toàn thể|đề nghị|yêu cầu|mời|nếu|khi|người dân|phụ huynh|tất cả)[ \n](?:[\p{L}]{1,8}[ \n]){0,3}$/u;

/** One person is meant: `bé`, `một anh`, `là`. */
const OF_ONE = /(?:một|bé|cháu|em|cô|anh|chị|ông|bà|chú|bác|cụ|là|vốn là|f0)[ \n](?:\p{L}{1,6}[ \n]){0,1}$/u;
/** What should be done, not what is. */
const SHOULD = mentions("nếu|khi|nên|cần|phải|đề nghị|yêu cầu|hãy|mọi|tất cả|khuyến cáo|xin|mời|để|tại các");

/** @param names where private people were named in the same text */
export function workplaces(view: View, subject: Subject, names: readonly Spot[]): Hit[] {
  return spots(WORK, view.lower)
    .filter(({ start, end }) => {
      const { before } = around(view, [start, end], 60);
      if (ADVICE.test(before)) return false;
      const close = names.some((name) => Math.abs(start - name.end) < 60);
      const reports = subject.cases.length > 0 || subject.itinerary !== undefined || close;
      if (reports && subject.patients && (isOfPatient(view, start) || close)) return true;
      return isOneCase(before) || (isOfPatient(view, start) && OF_ONE.test(before) && !SHOULD.test(before));
    })
    .map(({ start, end }) => ({
      check: "privacy.workplace",
      span: [start, end],
      words: {
        vi: "Nơi làm việc hoặc nơi học của người bệnh: đồng nghiệp, bạn học sẽ biết ngay là ai.",
        en: "Where a patient works or learns: colleagues and classmates will know at once who it is.",
      },
      suggestion: {
        vi: "Bỏ chi tiết này. Những người tiếp xúc gần đã được cơ quan y tế báo riêng.",
        en: "Leave it out. Close contacts are told by the health service in person.",
      },
    }));
}

/** `bệnh nhân là công nhân…`, `ca bệnh làm việc tại…`: one case is meant even where nothing is counted. */
const isOneCase = (before: string): boolean =>
  /(?:bệnh nhân|người bệnh|ca bệnh|ca mắc|ca nhiễm|ca dương tính|trường hợp (?:này|mắc|nhiễm|dương tính)|người (?:mắc|nhiễm|dương tính)|f0)(?:[ \n,]{1,2}[\p{L}\d]{1,8}){0,4}(?:[ \n](?:là|hiện|đang|vốn|này))?[ \n,]{1,2}$/u.test(
    before,
  );
