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
/** Enough where a whole sentence, heading or text is such a row and nothing in it is written right: `Moi hop to 5`. */
const FEWEST_ALONE = { words: 2, doubtful: 1 } as const;

/** Words that stand so in everyday announcements; `Xin cho em tham gia thi` is written right. */
const COMMON = new Set(
  (
    "a ai am an anh ao ba ban bao bay bi bia bom bung ca cam can canh cao cha chai chanh chay che chi chia chim cho chung con " +
    "da dao danh dinh di do doanh du dung em gan gia gian giao gieo ghi gom hai hay ho hoa hoan hoang huy hy in kem keo khai khi khoa khoai khoan khoe khu " +
    "khung kim lan lang lao lau leo linh loa lo long mai mang may minh mong mua nam nay nga ngan ngang nghe ngon nguy nha nhai nhanh nhau nhu " +
    "pha phi phim phong phun qua quan quanh quay quen ra rau rong rung san sang sao sau sen sinh so soi song ta tai tan tang " +
    "tay tham than thanh thai thang thay theo thi thu thua tim tin tra trang tranh trao tre treo trong trung tu tung tuy vai van " +
    "vang vay ve vi vinh vui xa xanh xe xem xin xinh xong xoay y"
  ).split(" "),
);

/** Longest sentence that is looked at by itself, UTF-16 units. */
const LONGEST_ALONE = 200;
const HAS_WORD = /[A-Za-z]{2}/;

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
  const rows = rowsIn(view.seen).filter(({ words, doubtful }) => words >= FEWEST_WORDS && doubtful >= FEWEST_DOUBTFUL);
  return apart([...rows, ...sentencesAlone(view)])
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

/** The capital that only begins a sentence makes no name of its word: `Thong bao`, not `Lang Biang`. */
const inSmallLetters = (sentence: string): string =>
  sentence.replace(/^[A-Z](?=[a-z]{1,6} [a-z])/u, (letter) => letter.toLowerCase());

/** In order of place, without those that lie in another. */
function apart(rows: readonly Row[]): readonly Row[] {
  let last = -1;
  return rows
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
    .filter(({ end }) => {
      const isNew = end > last;
      last = Math.max(last, end);
      return isNew;
    });
}

/** Sentences, headings and lines in which no word has an accent and one at least is hardly meant so. */
function sentencesAlone({ seen, sentences }: View): readonly Row[] {
  return sentences.flatMap(([start, end]) => {
    // A longer one is a row by itself, or nobody can know.
    if (end - start > LONGEST_ALONE) return [];
    const sentence = seen.slice(start, end);
    if (!HAS_WORD.test(sentence) || ACCENTED.test(sentence)) return [];
    const words = (sentence.match(CHUNK) ?? []).map((chunk) => chunk.replace(CLOSING, ""));
    if (words.some((word) => sortOf(word) === "end")) return [];
    const [row] = rowsIn(inSmallLetters(sentence));
    if (row === undefined || row.words < FEWEST_ALONE.words || row.doubtful < FEWEST_ALONE.doubtful) return [];
    return [{ ...row, start: start + row.start, end: start + row.end }];
  });
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
