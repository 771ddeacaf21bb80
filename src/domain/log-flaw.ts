/**
 * What is wrong with a log, in the words of whoever has to act on it.
 *
 * @module
 */
import type { Words } from "../base/errors.js";
import type { LocalDate } from "./local-time.js";

/** The first thing that is not as it was written. `n` is the number of the first line that cannot be relied on. */
export type LogFlaw =
  | { readonly kind: "changed"; readonly n: number }
  /** Lines from `n` up to `upTo` are gone. */
  | { readonly kind: "removed"; readonly n: number; readonly upTo: number }
  /** What lies beside the line is not what was written with it. */
  | { readonly kind: "words-changed"; readonly n: number }
  /** It is gone, and no line tells that it was erased. */
  | { readonly kind: "words-removed"; readonly n: number }
  | { readonly kind: "swapped"; readonly n: number; readonly with: number }
  /** The lines of a day are not those that its signed head is of; `held` says who has that head. */
  | {
      readonly kind: "day-rewritten";
      readonly n: number;
      readonly upTo: number;
      readonly day: LocalDate;
      readonly held?: string;
    }
  /** A day that does not follow upon the one before it. */
  | { readonly kind: "day-out-of-order"; readonly n: number; readonly day: LocalDate }
  /** Two days have changed places, among the lines from `n` on, or only in the book of days. */
  | {
      readonly kind: "days-swapped";
      readonly n: number;
      readonly day: LocalDate;
      readonly with: LocalDate;
      readonly inBook?: boolean;
    }
  | { readonly kind: "day-removed"; readonly n: number; readonly day: LocalDate }
  | { readonly kind: "day-unsigned"; readonly n: number; readonly day: LocalDate }
  /** The end is missing: there were lines up to `upTo` at least. */
  | {
      readonly kind: "cut-off";
      readonly n: number;
      readonly upTo: number;
      readonly day: LocalDate;
      readonly held?: string;
    }
  /** No line has the hash that somebody noted down. */
  | { readonly kind: "head-unknown"; readonly n: number; readonly head: string };

/** Lines that were lost with a damaged file, and the line `told` that tells of them; `last` is unknown where all of it went. */
export interface ToldGap {
  readonly first: number;
  readonly last?: number | undefined;
  readonly told: number;
}

export function flawWords(flaw: LogFlaw): Words {
  switch (flaw.kind) {
    case "changed":
      return {
        vi: `Dòng ${flaw.n} đã bị sửa sau khi ghi.`,
        en: `Line ${flaw.n} was changed after it was written.`,
      };
    case "removed":
      return flaw.upTo === flaw.n
        ? { vi: `Dòng ${flaw.n} đã bị xóa.`, en: `Line ${flaw.n} was removed.` }
        : {
            vi: `Các dòng từ ${flaw.n} đến ${flaw.upTo} đã bị xóa.`,
            en: `Lines ${flaw.n} to ${flaw.upTo} were removed.`,
          };
    case "words-changed":
      return {
        vi: `Lời văn của dòng ${flaw.n} đã bị sửa sau khi ghi.`,
        en: `The words of line ${flaw.n} were changed after they were written.`,
      };
    case "words-removed":
      return {
        vi: `Lời văn của dòng ${flaw.n} đã bị xóa mà nhật ký không ghi ai xóa.`,
        en: `The words of line ${flaw.n} are gone, and no line tells who erased them.`,
      };
    case "swapped":
      return {
        vi: `Dòng ${flaw.n} và dòng ${flaw.with} đã bị đổi chỗ.`,
        en: `Lines ${flaw.n} and ${flaw.with} have changed places.`,
      };
    case "day-rewritten":
      return {
        vi: `Ngày ${vietnamese(flaw.day)}: các dòng từ ${flaw.n} đến ${flaw.upTo} không còn như lúc khóa sổ (so với ${flaw.held ?? "đầu sổ đã ký trong nhật ký"}).`,
        en: `${flaw.day}: lines ${flaw.n} to ${flaw.upTo} are not those that were there when the day was closed (by ${flaw.held ?? "the signed head in the log"}).`,
      };
    case "day-out-of-order":
      return {
        vi: `Ngày ${vietnamese(flaw.day)} (khóa sổ ở dòng ${flaw.n}) không nối tiếp ngày trước: có ngày bị xóa hoặc đổi chỗ.`,
        en: `${flaw.day} (closed in line ${flaw.n}) does not follow upon the day before: a day was removed or has changed places.`,
      };
    case "days-swapped": {
      const [one, other] = [vietnamese(flaw.day), vietnamese(flaw.with)];
      return flaw.inBook
        ? {
            vi: `Ngày ${one} và ngày ${other} đã bị đổi chỗ trong sổ các ngày.`,
            en: `${flaw.day} and ${flaw.with} have changed places in the book of days.`,
          }
        : {
            vi: `Ngày ${one} và ngày ${other} đã bị đổi chỗ, từ dòng ${flaw.n}.`,
            en: `${flaw.day} and ${flaw.with} have changed places, from line ${flaw.n} on.`,
          };
    }
    case "day-removed":
      return {
        vi: `Ngày ${vietnamese(flaw.day)} đã bị gỡ khỏi sổ các ngày, hoặc bị sửa ở đó (khóa sổ ở dòng ${flaw.n}).`,
        en: `${flaw.day} was taken out of the book of days, or changed there (closed in line ${flaw.n}).`,
      };
    case "day-unsigned":
      return {
        vi: `Ngày ${vietnamese(flaw.day)} (dòng ${flaw.n}): chữ ký trên đầu sổ không phải của đài.`,
        en: `${flaw.day} (line ${flaw.n}): the signature on the day's head is not the station's.`,
      };
    case "cut-off":
      return {
        vi: `Nhật ký bị cắt đuôi: thiếu từ dòng ${flaw.n} đến ít nhất dòng ${flaw.upTo}, của ngày ${vietnamese(flaw.day)} (so với ${flaw.held ?? "sổ các ngày đã khóa"}).`,
        en: `The end of the log is missing: from line ${flaw.n} to at least line ${flaw.upTo}, of ${flaw.day} (by ${flaw.held ?? "the book of closed days"}).`,
      };
    case "head-unknown":
      return {
        vi: `Không có dòng nào mang mã ${flaw.head.slice(0, 16)}… đã ghi lại: nhật ký bị cắt đuôi hoặc viết lại trước dòng ${flaw.n}.`,
        en: `No line has the hash ${flaw.head.slice(0, 16)}… that was noted down: the log was cut off or rewritten before line ${flaw.n}.`,
      };
  }
}

/** What the log itself tells of lines that are missing. */
export function gapWords({ first, last, told }: ToldGap): Words {
  if (last === undefined)
    return {
      vi: `Tệp nhật ký trước đây đã mất vì hỏng đĩa, không rõ bao nhiêu dòng (ghi ở dòng ${told}).`,
      en: `The former log was lost with a damaged disk; nobody knows how many lines it had (told in line ${told}).`,
    };
  return first === last
    ? {
        vi: `Dòng ${first} đã mất vì hỏng đĩa (ghi ở dòng ${told}).`,
        en: `Line ${first} was lost with a damaged disk (told in line ${told}).`,
      }
    : {
        vi: `Các dòng từ ${first} đến ${last} đã mất vì hỏng đĩa (ghi ở dòng ${told}).`,
        en: `Lines ${first} to ${last} were lost with a damaged disk (told in line ${told}).`,
      };
}

/** What was done to a damaged log, for whoever has to look after the machine. */
export interface Mending {
  /** Name of the damaged file as it is kept; `undefined` when it was gone. */
  readonly aside?: string;
  /** Lines that are left. */
  readonly lines: number;
  readonly gaps: readonly Pick<ToldGap, "first" | "last">[];
}

export function mendedWords({ aside, gaps, lines }: Mending): Words {
  const missing = gaps.map(({ first, last = "?" }) => (first === last ? `${first}` : `${first}–${last}`)).join(", ");
  const none = missing === "";
  return {
    vi: `Tệp nhật ký bị hỏng nên đã lập lại: còn ${lines} dòng, ${none ? "không thiếu dòng nào" : `thiếu dòng ${missing}`}. ${aside === undefined ? "Không có tệp hỏng nào để giữ." : `Tệp hỏng còn giữ ở ${aside}.`} Hãy kiểm tra ổ đĩa, rồi khởi động lại đài để tắt cảnh báo này.`,
    en: `The log's file was damaged and was made anew: ${lines} lines are left, ${none ? "none is missing" : `missing: ${missing}`}. ${aside === undefined ? "There was no damaged file to keep." : `The damaged file is kept as ${aside}.`} Check the disk, then restart the station to end this warning.`,
  };
}

const vietnamese = (day: LocalDate): string => day.split("-").reverse().map(Number).join("/");
