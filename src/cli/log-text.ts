/**
 * Lines of the log, and what a check of it found, as `loa log` prints them.
 *
 * @module
 */
import { flawWords, gapWords } from "../domain/log-flaw.js";
import type { LogCheck } from "../domain/log-line.js";
import type { LogLineView } from "../server/api/log-views.js";
import { oneLine } from "./terminal.js";

/** One line, tab-separated: number, time, kind, then what there is to say. */
export const logLineText = (line: LogLineView): string =>
  [
    String(line.n),
    line.at,
    line.kind,
    line.area ?? "",
    line.receiver ?? "",
    line.by ?? "",
    line.words?.vi ?? line.why ?? "",
    ...(line.erased ? ["[lời văn đã xóa / words erased]"] : []),
  ]
    .map(oneLine)
    .join("\t");

/** What was found, in Vietnamese and English, with its line ends. */
export function checkText(check: LogCheck): string {
  const { ok, lines, days, head, flaw, gaps = [] } = check;
  if (!ok && flaw) {
    const { vi, en } = flawWords(flaw);
    return `Nhật ký KHÔNG nguyên vẹn. ${vi} Trước đó ${lines} dòng còn nguyên.\nThe log is NOT as it was written. ${en} ${lines} lines before it hold.\n`;
  }
  if (gaps.length > 0) {
    const said = gaps.map(gapWords).map(({ vi, en }) => `  ${vi}\n  ${en}\n`);
    return `Nhật ký KHÔNG ĐỦ, và chính nhật ký nói rõ thiếu gì; ${lines} dòng còn lại đúng như lúc ghi, ${days} ngày đã khóa sổ.\nThe log is NOT COMPLETE, and says itself what is missing; the other ${lines} lines are as they were written, ${days} closed days.\n${said.join("")}Mã dòng cuối / head: ${head}\n`;
  }
  return `Nhật ký nguyên vẹn: ${lines} dòng, ${days} ngày đã khóa sổ.\nThe log is as it was written: ${lines} lines, ${days} closed days.\nMã dòng cuối / head: ${head}\n`;
}
