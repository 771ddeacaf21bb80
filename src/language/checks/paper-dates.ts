/**
 * Which days in a text are those of a document that is cited, and which tell when something was counted.
 *
 * @module
 */
import { mentions } from "./phrases.js";
import { around, type View } from "./view.js";

/** Words for official papers, as a pattern over lower-case text. */
export const PAPER_KINDS =
  "công văn|thông báo|báo cáo|quyết định|kế hoạch|công điện|chỉ thị|nghị quyết|văn bản|bản tin|thông cáo|công bố|hướng dẫn";
/** A paper, and what stands between its name or number and a date: `Báo cáo số 12/BC-SYT của Sở Y tế `. */
const PAPER_BEFORE = new RegExp(`(?:${PAPER_KINDS}|số[ \\n][\\p{L}\\d/-]{2,24})([^.;\\n]{0,90})$`, "u");
/** From here on it is news. */
const NEWS = mentions(
  "tính đến|tính tới|cập nhật|ghi nhận|phát hiện|trong ngày|\\d{1,2} ?(?:giờ|h|g)|giờ|từ đầu|trong tuần|đến|hết",
);
const NEWS_AFTER = /^[ \n,](?:phường|xã|toàn|trên|tại|địa|có|ghi|xác|đã|khu|thêm)/u;

/** Whether a date is that of the paper named before it in the same sentence. */
export function isPaperDate(view: View, { start, end }: { readonly start: number; readonly end: number }): boolean {
  const { before, after } = around(view, [start, end], 110);
  const between = PAPER_BEFORE.exec(before)?.[1];
  if (between === undefined || NEWS.test(between)) return false;
  // «Công văn số 7 của Sở Y tế, ngày 22/11 phường ghi nhận…»: after the comma the news begins.
  return !(/,[ \n](?:ngày[ \n])?$/u.test(between) && NEWS_AFTER.test(after));
}
