/**
 * Words that frighten, and writing that shouts.
 *
 * @module
 */
import type { Severity } from "../../../domain/check-severity.js";
import type { Class } from "../../../domain/class.js";
import { latin } from "../../latin.js";
import type { Hit } from "../finding.js";
import { spots } from "../phrases.js";
import type { View } from "../view.js";
import { type PhraseGroup, phraseList } from "./phrase-list.js";

const PANIC: readonly PhraseGroup[] = [
  {
    phrases:
      "kinh hoàng|khủng khiếp|rùng rợn|chết chóc|thảm khốc|thảm họa khôn lường|tử thần|chết như rạ|chết hàng loạt|tử vong hàng loạt|lây lan chóng mặt|lan với tốc độ chóng mặt|mất kiểm soát|ngoài tầm kiểm soát|không thể kiểm soát|vỡ trận|toang|hoảng loạn|hoảng sợ|náo loạn|đại nạn|tận thế|không còn đường thoát|không thuốc nào chữa được|vô phương cứu chữa|ai cũng có thể chết|chết người hàng|cực kỳ nguy cấp|nguy kịch đến nơi|mau tháo chạy|chạy ngay kẻo|kẻo không kịp|hậu quả khôn lường|bùng phát dữ dội|tin sốc|báo động đỏ khắp|gieo rắc cái chết|cơn ác mộng|hết gạo|hết hàng rồi|sắp cạn kiệt lương thực|phong tỏa toàn bộ ngay",
    words: { vi: "Lời lẽ gây hoảng sợ.", en: "Frightening words." },
    suggestion: {
      vi: "Nói bình tĩnh: việc gì đang xảy ra, ai đang xử lý, bà con cần làm gì.",
      en: "Say calmly what is happening, who is dealing with it, and what people should do.",
    },
  },
];
const findPanic = phraseList(PANIC);

const SHOUTED_MARKS = /!(?: ?!){1,20}|\?(?: ?[!?]){2,20}/gu;
/** Five or more words in capitals in a row. */
const IN_CAPITALS = latin(/(?<![\p{L}\p{N}])\p{Lu}{2,12}(?:[ ,.-]{1,2}\p{Lu}{1,12}){4,60}(?![\p{L}\p{N}])/gu);

/** Frightening words and shouting. In an emergency short capitals are usual, so only the marks count there. */
export function tone(view: View, kind: Class | undefined): Hit[] {
  const panic = findPanic(view).map(
    ({ start, end, group }): Hit => ({
      check: "tone.panic",
      span: [start, end],
      words: group.words,
      suggestion: group.suggestion,
    }),
  );
  const marks = spots(SHOUTED_MARKS, view.seen).map(({ start, end }) => shouting([start, end], "note"));
  const loud =
    kind === "emergency" ? [] : spots(IN_CAPITALS, view.seen).filter(({ start, end }) => !isHeading(view, start, end));
  return [...panic, ...marks, ...loud.map(({ start, end }) => shouting([start, end], "warning"))];
}

/** A line of its own in capitals is a heading: words, not shouting. */
function isHeading({ text }: View, start: number, end: number): boolean {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const next = text.indexOf("\n", end);
  const lineEnd = next < 0 ? text.length : next;
  const rest = text.slice(lineStart, start) + text.slice(end, lineEnd);
  return lineEnd - lineStart <= LONGEST_HEADING && !/\p{Ll}{2}/u.test(rest) && !/!/u.test(rest) && next >= 0;
}
const LONGEST_HEADING = 200;

const shouting = (span: readonly [number, number], severity: Severity): Hit => ({
  check: "tone.shouting",
  severity,
  span,
  words: {
    vi: "Viết hoa cả câu hoặc nhiều dấu chấm than: giọng đọc không to hơn, người duyệt thì khó đọc.",
    en: "Whole sentences in capitals or rows of exclamation marks: the voice does not get louder, and reading gets harder.",
  },
  suggestion: {
    vi: "Viết chữ thường, một dấu chấm. Cần gấp thì chọn loại «khẩn cấp».",
    en: "Write plainly with one full stop. If it is urgent, choose the emergency class.",
  },
});
