/**
 * Balanced news of an outbreak: who tells of new cases tells of the recovered as well, and as of when.
 *
 * @module
 */
import type { FoundDate } from "./dates.js";
import type { Hit } from "./finding.js";
import { isPaperDate } from "./paper-dates.js";
import { mentions, NUMBER, type Spot, spots, words } from "./phrases.js";
import type { Subject } from "./subject.js";
import { around, sentenceAt, type View } from "./view.js";

const RECOVERED = words(
  "khỏi bệnh|đã khỏi|chữa khỏi|điều trị khỏi|khỏi hẳn|số khỏi|ca khỏi|người khỏi|xuất viện|ra viện|hồi phục|bình phục|hoàn thành điều trị|kết thúc điều trị|hết cách ly|lành bệnh|hết bệnh|khỏe lại|khỏe mạnh trở lại|về nhà khỏe(?: mạnh)?|âm tính(?: trở lại)?|(?:đi học|đi làm)(?: trở)? lại|trở lại (?:trường|lớp|làm việc)",
);
/** A wish or an advice is no figure. */
const WISHED = /(?:khi|mau|chóng|sớm|mong|chúc|nếu|đến lúc|để|cho đến|trước khi)[ \n](?:[\p{L}]{1,6}[ \n]){0,2}$/u;
const FIGURE = mentions(
  `\\d{1,6}(?! ?(?:giờ|h|g|tháng|ngày|[/.:-]\\d))|${NUMBER} (?:ca|người|trường hợp|bệnh nhân|em|cháu|trẻ|học sinh|f0)|tất cả|toàn bộ|đều|chưa có|không có|chưa ca nào|cả (?:hai|ba|bốn|năm|\\d{1,3})`,
);
const AS_OF =
  /(?:tính đến|tính tới|cập nhật|đến|tới|hết|trong|hôm nay|hôm qua|sáng|trưa|chiều|tối|từ|24 giờ|24h|lúc|qua)(?:[ \n,(]{1,2}[\p{L}\d:]{1,6}){0,5}[ \n,(]{1,2}$/u;
/** The day of the paper that was named before. */
const SAME_DAY = mentions("(?:tính đến|tính tới|cập nhật|đến|tới|lúc)(?: [\\p{L}\\d]{1,5}){0,4} cùng ngày");
const MONTH = words(
  "trong (?:tháng|tuần)[^.;\\n]{0,20}(?:/|năm )(?:20)?\\d{2,4}|từ đầu năm(?: \\d{4})? đến (?:nay|hết)[^.;\\n]{0,12}\\d{1,2}[/]\\d",
);

/** What a case bulletin lacks; nothing for any other text. */
export function balance(view: View, { cases }: Subject, dates: readonly FoundDate[]): Hit[] {
  const [first] = cases;
  if (first === undefined) return [];
  const span = [first.start, first.end] as const;
  const hits: Hit[] = [];
  if (!namesRecovered(view))
    hits.push({
      check: "balance.recovered",
      span,
      words: {
        vi: "Bản tin nêu ca mắc mới nhưng không nêu số người đã khỏi. Chỉ nghe tin xấu, người dân dễ hoang mang.",
        en: "The bulletin tells of new cases but not of the recovered. Bad news alone spreads fear.",
      },
      suggestion: {
        vi: "Thêm câu: «… người đã khỏi bệnh, xuất viện». Nếu chưa có ai khỏi, nói rõ «chưa có người xuất viện».",
        en: "Add how many have recovered. If nobody has, say so.",
      },
    });
  const isDated = dates.some(
    (date) => isAsOf(view, date, cases) || (isPaperDate(view, date) && SAME_DAY.test(view.lower)),
  );
  if (!isDated && spots(MONTH, view.lower).length === 0)
    hits.push({
      check: "balance.as-of",
      span,
      words: {
        vi: "Số ca mắc không ghi tính đến ngày giờ nào. Bản tin phát lại hôm sau sẽ sai.",
        en: "The figures do not say as of when. Repeated tomorrow they will be wrong.",
      },
      suggestion: { vi: "Thêm: «tính đến 18 giờ ngày …».", en: "Add 'as of 6 p.m. on …'." },
    });
  return hits;
}

const namesRecovered = (view: View): boolean =>
  spots(RECOVERED, view.lower).some(({ start, end }) => {
    const { before, after } = around(view, [start, end], 50);
    return !WISHED.test(before) && (FIGURE.test(before) || FIGURE.test(after));
  });

function isAsOf(view: View, date: FoundDate, cases: readonly Spot[]): boolean {
  if (date.day === undefined || isPaperDate(view, date)) return false;
  const { before } = around(view, [date.start, date.end], 60);
  if (AS_OF.test(before.replace(/ngày[ \n]$/u, ""))) return true;
  const [from, to] = sentenceAt(view, date.start);
  return cases.some((spot) => spot.start >= from && spot.end <= to);
}
