/**
 * Text that was typed without accents: `moi ba con di hop`. A voice reads what stands there, and nobody understands it.
 *
 * One word without an accent proves nothing, for a fifth of all Vietnamese words have none. A row of them does, when some of
 * them are no words, or words that are seldom meant.
 *
 * @module
 */
import { latin } from "../latin.js";
import { matchesIn } from "../matches.js";
import { isBareSyllable, isSyllable } from "../syllable.js";
import { type Hit, MOST_HITS } from "./finding.js";
import type { View } from "./view.js";

/** So many words in a row without an accent. */
const FEWEST_WORDS = 5;
/** And so many among them that are hardly meant as they stand. */
const FEWEST_DOUBTFUL = 2;

/** Words that stand so in everyday announcements; `Xin cho em tham gia thi` is written right. */
const COMMON = new Set(
  (
    "a ai am an anh ao ba ban bao bay bi bia bom bung ca cam can canh cao cha chai chanh chay che chi chia chim cho chung con " +
    "da dao danh dinh di do du dung em gan gia gian giao gieo ghi hai hay ho hoa hoan huy hy in kem keo khai khi khoa khoai khoan khoe khu " +
    "khung kim lan lang lao lau leo linh loa lo long mai mang may minh mong mua nam nay nga ngan ngang nghe ngon nguy nha nhai nhanh nhau nhu " +
    "pha phi phim phong phun qua quan quanh quay quen ra rau rong rung san sang sao sau sen sinh so soi song ta tai tan tang " +
    "tay tham than thanh thai thang thay theo thi thu thua tim tin tra trang tranh trao tre treo trong trung tu tung tuy vai van " +
    "vang vay ve vi vinh vui xa xanh xe xem xin xinh xong xoay y"
  ).split(" "),
);

/** What stands between spaces and stops; addresses, hours and short forms with signs stay whole. */
const CHUNK = /[^\s,;!?…()"“”«»]+/gu;
const CLOSING = /(?<![.:])[.:]+$/u;
const PLAIN = /^[A-Za-z]+$/u;
/** What no row goes over: a letter that Vietnamese writes with a mark. */
const ACCENTED = latin(/(?![A-Za-z])[\p{L}\p{M}]/u);
const NAME = /^[A-Z][a-z]/u;
/** What is to be written in a transfer of money or a message is dictated as it must stand there. */
const DICTATED = latin(/(?:chuyển khoản|chuyển tiền|cú pháp|soạn tin|nhắn tin)[^.!?\n]{0,30}$/u);
const LONGEST_LEAD = 48;

/** A row of words without accents. */
interface Row {
  readonly start: number;
  end: number;
  words: number;
  doubtful: number;
}

/** Each row of words without accents that is hardly meant so. */
export function missingAccents(view: View): Hit[] {
  return rowsIn(view.seen)
    .filter(({ words, doubtful }) => words >= FEWEST_WORDS && doubtful >= FEWEST_DOUBTFUL)
    .filter(({ start }) => !DICTATED.test(view.lower.slice(Math.max(0, start - LONGEST_LEAD), start)))
    .slice(0, MOST_HITS)
    .map(({ start, end }) => ({
      check: "accents.missing",
      span: [start, end],
      words: {
        vi: "Văn bản không dấu: giọng đọc sẽ đọc sai, bà con không hiểu.",
        en: "Typed without accents: the voice reads it wrongly, and nobody will understand.",
      },
      suggestion: {
        vi: "Gõ lại đoạn này có dấu (bật bộ gõ tiếng Việt).",
        en: "Type this again with accents (switch the Vietnamese keyboard on).",
      },
    }));
}

function rowsIn(text: string): readonly Row[] {
  const rows: Row[] = [];
  let row: Row | undefined;
  for (const { 0: chunk, index } of matchesIn(text, CHUNK)) {
    const word = chunk.replace(CLOSING, "");
    const sort = sortOf(word);
    if (sort === "end") row = undefined;
    if (sort !== "bare") continue;
    row ??= startedAt(index, rows);
    row.end = index + word.length;
    row.words += 1;
    row.doubtful += isDoubtful(word) ? 1 : 0;
  }
  return rows;
}

function startedAt(start: number, rows: Row[]): Row {
  const row = { start, end: start, words: 0, doubtful: 0 };
  rows.push(row);
  return row;
}

/** Whether a word belongs to a row, ends it, or says nothing: hours, addresses and short forms stand in any text. */
function sortOf(word: string): "bare" | "end" | "other" {
  if (ACCENTED.test(word)) return "end";
  if (!PLAIN.test(word)) return "other";
  if (isBareSyllable(word)) return "bare";
  return word === word.toUpperCase() ? "other" : "end";
}

/** Whether a word is hardly meant as it stands. A name may be any syllable. */
const isDoubtful = (word: string): boolean => !isSyllable(word) || !(NAME.test(word) || COMMON.has(word.toLowerCase()));
