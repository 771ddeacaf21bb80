/**
 * Days that are over, and days that never come.
 *
 * @module
 */
import type { LocalDate } from "../../domain/local-time.js";
import { daysFrom, type FoundDate } from "./dates.js";
import type { Hit } from "./finding.js";
import { mentions } from "./phrases.js";
import { sentenceAt, type View } from "./view.js";

/** What is still to come, or a term that one must keep. */
const TO_COME = mentions(
  "sẽ|mời|kính mời|trân trọng kính mời|đề nghị|yêu cầu|xin|hạn chót|hạn cuối|thời hạn|hạn nộp|chậm nhất|đăng ký|có hiệu lực đến|áp dụng đến|hiệu lực đến hết|diễn ra|tổ chức (?:vào|lúc|từ)|bắt đầu|khai mạc|ngừng cấp|tạm ngừng|cắt điện|cắt nước|ngừng cung cấp|dự kiến|chuẩn bị|sắp tới|tới đây|khám (?:từ|vào|lúc)|tiêm (?:từ|vào|lúc)|nhận hồ sơ|nộp|thời gian:?",
);
const PAST = mentions(
  "đã|vừa|vừa qua|hôm qua|tính đến|tính tới|theo|căn cứ|thực hiện|ghi nhận|kết quả|kỷ niệm|ban hành|kể từ",
);
/** Directly before the day: the paper that is cited, or the day that something began. */
const CITED =
  /(?:công văn|thông báo|báo cáo|quyết định|kế hoạch|văn bản|chỉ thị|nghị quyết|nghị định|thông tư|luật|công điện|hướng dẫn|quy định|thư mời|giấy mời|số[ \n][\p{L}\d/-]{2,24})[^.;:]{0,60}$/u;
/** Behind this word nothing is cited: `Điện lực thông báo sẽ ngừng cấp điện`. */
const WILL = mentions("sẽ");
/** What is told behind these is over: `Ngày 20/11 các em nhặt được ví, đã nộp công an`. */
const DONE = mentions("đã|vừa|nhặt được");
/** Who is meant by a rule: children born from one day to another. */
const BIRTH = /(?<!vệ[ \n]|học[ \n]|thí[ \n]|phát[ \n]|thư[ \n])(?<![\p{L}])sinh[ \n](?!hoạt|viên)[^.;:]{0,40}$/u;
/** A first day that is over says nothing while the last is still to come: `từ ngày 1/11 đến ngày 30/11`. */
const RANGE = /^[ \n]?(?:đến|tới|-|–|và|,)[ \n]?(?:hết[ \n])?(?:ngày[ \n])?/u;

/** Days gone by where something is announced for them; days that do not exist. */
export function expiredDates(view: View, dates: readonly FoundDate[], today: LocalDate): Hit[] {
  return dates.flatMap((date): Hit[] => {
    const span = [date.start, date.end] as const;
    if (date.day === undefined) return [{ check: "date.impossible", span, words: IMPOSSIBLE, suggestion: CORRECT }];
    const days = daysFrom(date.day, today);
    if (days >= 0 || !isAnnounced(view, date) || dates.some((other) => isLaterPart(view, { date, other, today })))
      return [];
    return [{ check: "date.expired", span, words: overWords(-days), suggestion: REMOVE }];
  });
}

function isAnnounced(view: View, { start, end }: FoundDate): boolean {
  const [from, to] = sentenceAt(view, start);
  const before = view.lower.slice(Math.max(from, start - 160), start);
  const after = view.lower.slice(end, Math.min(to, end + 120));
  const [cited] = CITED.exec(before) ?? [];
  if ((cited !== undefined && !WILL.test(cited)) || BIRTH.test(before)) return false;
  const near = before.slice(-70);
  if (PAST.test(near) && !TO_COME.test(near)) return false;
  return TO_COME.test(before) || TO_COME.test(after.split(DONE)[0] ?? "");
}

interface Pair {
  readonly date: FoundDate;
  readonly other: FoundDate;
  readonly today: LocalDate;
}

const isLaterPart = (view: View, { date, other, today }: Pair): boolean =>
  other.start > date.end &&
  other.start - date.end <= 40 &&
  other.day !== undefined &&
  daysFrom(other.day, today) >= 0 &&
  RANGE.test(view.lower.slice(date.end, other.start));

const overWords = (days: number) => ({
  vi: `Ngày này đã qua ${days} ngày mà câu văn vẫn báo việc sắp tới hoặc thời hạn.`,
  en: `This day was ${days} ${days === 1 ? "day" : "days"} ago, but the sentence announces something to come or a term.`,
});
const REMOVE = {
  vi: "Sửa ngày, hoặc thôi phát bản tin này.",
  en: "Correct the day, or stop airing this announcement.",
};
const IMPOSSIBLE = { vi: "Không có ngày này trong lịch.", en: "There is no such day in the calendar." };
const CORRECT = { vi: "Xem lại ngày và tháng.", en: "Look at day and month again." };
