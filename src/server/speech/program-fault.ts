/**
 * What can go wrong with a speaking program, in words.
 *
 * @module
 */
import { Fault, type Words } from "../../base/errors.js";

/** `closed` when the server is ending; `unfit` when the program cannot work on this machine; `refused` for one phrase. */
export type ProgramReason = "crashed" | "hung" | "unfit" | "refused" | "closed";

const WORDS: Readonly<Record<ProgramReason, Words>> = {
  crashed: { vi: "bị dừng đột ngột", en: "stopped all of a sudden" },
  hung: { vi: "không phản hồi", en: "does not respond" },
  unfit: { vi: "không chạy được trên máy này", en: "cannot run on this machine" },
  refused: { vi: "không đọc được đoạn này", en: "cannot say this" },
  closed: { vi: "đã được tắt", en: "has been closed" },
};

/** How much of a program's own words people see, UTF-16 units. */
const SHOWN_DETAIL = 200;

/** @param detail the program's own words, or how it ended */
export function programFault(title: string, reason: ProgramReason, detail: string): Fault {
  const shown = detail.replace(/\s+/gu, " ").trim().slice(-SHOWN_DETAIL);
  const tail = shown === "" ? "." : ` (${shown}).`;
  const { vi, en } = WORDS[reason];
  const words = { vi: `Giọng ${title} ${vi}${tail}`, en: `Voice ${title} ${en}${tail}` };
  return new Fault("unavailable", words, { reason });
}
