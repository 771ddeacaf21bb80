/**
 * What people did with one announcement, told from the log.
 *
 * @module
 */
import type { Words } from "../../base/errors.js";
import type { AnnouncementId } from "../../domain/ids.js";
import { lineReason } from "../../domain/line-reasons.js";
import type { LogLine } from "../../domain/log-line.js";
import type { AnnouncementBook } from "./announcement-book.js";
import type { AsRunLog } from "./ports.js";

export interface HistoryParts {
  readonly book: Pick<AnnouncementBook, "get">;
  readonly asRun: Pick<AsRunLog, "historyOf">;
}

interface Page {
  /** Lines of the log after this number. */
  readonly after: number;
  readonly limit: number;
}

export function createHistoryVerbs({ book, asRun }: HistoryParts) {
  return {
    historyOf(id: AnnouncementId, { after, limit }: Page) {
      const lines = asRun.historyOf(id, after, limit);
      // What was removed still has its history; what never was has none.
      if (lines.length === 0) book.get(id);
      const last = lines.at(-1);
      return { lines: lines.map(told), ...(last && lines.length === limit ? { next: last.n } : {}) };
    },
  };
}

function told({ n, at, kind, by, why }: LogLine) {
  const what = kind.slice(kind.indexOf(".") + 1);
  return {
    ...{ n, at: new Date(at).toISOString(), what, words: WORDS[what] ?? { vi: what, en: what } },
    ...(by === undefined ? {} : { by }),
    ...(why === undefined ? {} : { why, ...reasonOf(kind, why) }),
  };
}

const reasonOf = (kind: string, why: string): { readonly reason?: Words } => {
  const reason = lineReason(kind, why);
  return reason === undefined ? {} : { reason };
};

const WORDS: Readonly<Record<string, Words>> = {
  created: { vi: "soạn", en: "written" },
  changed: { vi: "sửa", en: "changed" },
  "read-again": { vi: "đọc lại theo từ điển mới", en: "read again with the present lexicon" },
  decided: { vi: "quyết định về một điều được nêu ra", en: "decided about a finding" },
  submitted: { vi: "trình duyệt", en: "submitted" },
  returned: { vi: "trả lại", en: "returned" },
  approved: { vi: "duyệt", en: "approved" },
  "submission-withdrawn": { vi: "rút bản trình", en: "submission taken back" },
  "approval-withdrawn": { vi: "rút duyệt", en: "approval taken back" },
  blocked: { vi: "chặn", en: "blocked" },
  unblocked: { vi: "bỏ chặn", en: "block lifted" },
  required: { vi: "yêu cầu bắt buộc phát", en: "ordered to be aired" },
  "mandate-ended": { vi: "thôi bắt buộc phát", en: "no longer ordered to be aired" },
  recalled: { vi: "thu hồi", en: "recalled" },
  removed: { vi: "xóa", en: "removed" },
};
