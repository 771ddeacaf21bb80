/**
 * The verbs of whoever looks an announcement over before it is approved: its reading, its findings, decisions about them.
 *
 * @module
 */

import { Fault } from "../../base/errors.js";
import type { Announcement } from "../../domain/announcement.js";
import { type Decision, isForConfirmers } from "../../domain/finding.js";
import type { AnnouncementId } from "../../domain/ids.js";
import type { Person } from "../../domain/person.js";
import { stampOf } from "../../domain/stamp.js";
import { type TwoPeopleRule, whyCounts } from "../../domain/two-people.js";
import type { AnnouncementBook } from "./announcement-book.js";
import { changedBy, unspoken } from "./announcements.js";
import type { Editorial, Wording } from "./editorial.js";
import type { Normalise } from "./ports.js";
import type { SoundMaking } from "./sound-making.js";

export interface ReviewParts {
  readonly book: AnnouncementBook;
  readonly editorial: Editorial;
  readonly normalise: Normalise;
  readonly making: Pick<SoundMaking, "request">;
  readonly twoPeople: TwoPeopleRule;
  /** Civil time, ISO 8601. */
  readonly now: () => string;
}

/** What somebody decides about a finding, and whether they have the right to confirm figures. */
interface Deciding extends Pick<Decision, "finding" | "reason"> {
  readonly mayConfirm: boolean;
}

export function createReviewVerbs({ book, editorial, normalise, making, twoPeople, now }: ReviewParts) {
  const changeable = (id: AnnouncementId): Announcement & { readonly text: string } => {
    const found = book.allowing("edit", id);
    if (found.text === undefined) throw noText;
    return { ...found, text: found.text };
  };

  return {
    /** The text token by token as it would be read today, with everything that the checks find. */
    reading(id: AnnouncementId) {
      const announcement = book.get(id);
      const { text = "", spokenText, decisions = [], voice } = announcement;
      const read = normalise(text, voice);
      // Before its first sound there is nothing that could differ.
      const isCurrent = spokenText === undefined || read.spoken === spokenText;
      return { ...read, isCurrent, findings: editorial.findingsIn(announcement), decisions };
    },

    /** Reads the text again, as after the lexicon was changed. Where it sounds different then, it must be approved anew. */
    async readAgain(id: AnnouncementId, by: Person) {
      const before = changeable(id);
      const { spoken, reading } = editorial.read(before.text, before.voice);
      const judged = editorial.judged(before, before);
      const isSame = before.clip !== undefined && spoken === before.spokenText;
      const next = isSame ? { ...judged, reading } : changedBy(unspoken(judged), by, book.isApproved(before));
      await book.write(next, { what: "read-again", by, detail: { changed: !isSame } });
      if (!isSame) making.request(id);
      return book.kept(id);
    },

    /**
     * Notes that a finding stays as it is, and why.
     * @throws Fault "not-found" when the text no longer has that finding, "forbidden" when it is not theirs to decide
     */
    async decide(id: AnnouncementId, { finding, reason, mayConfirm }: Deciding, by: Person) {
      const before = changeable(id);
      const found = editorial.findingsIn(before).find((one) => one.id === finding);
      if (found === undefined) throw noFinding;
      if (isForConfirmers(found) && !mayConfirm) throw onlyTheOffice;
      const others = (before.decisions ?? []).filter((decision) => decision.finding !== finding);
      const alone = whyCounts(before, by, twoPeople);
      const mark = alone === undefined ? {} : { alone };
      const decisions = [...others, { finding, ...stampOf(by, now()), reason, ...mark }];
      const detail = { finding, check: found.check, ...mark };
      await book.write(editorial.judged({ ...before, decisions }, before), {
        what: "decided",
        by,
        why: reason,
        detail,
      });
      return book.kept(id);
    },

    /** What would be said about a text that is still being written. */
    check(wording: Wording) {
      const { reading } = editorial.read(wording.text, wording.voice);
      return { findings: editorial.findingsOf(wording), ...reading };
    },
  };
}

const noText = new Fault(
  "invalid",
  {
    vi: "Bản tin này là bản ghi âm, không có chữ để đọc hay kiểm tra. Không có gì thay đổi.",
    en: "This announcement is a recording; it has no text to read or check. Nothing was changed.",
  },
  { reason: "no-text" },
);
const noFinding = new Fault(
  "not-found",
  {
    vi: "Bản tin không có (hoặc không còn) điều cần quyết định này. Hãy xem lại các điều được nêu ra của bản hiện tại.",
    en: "The announcement has no such finding, or no longer. Look at the findings of the present version.",
  },
  { reason: "no-finding" },
);
const onlyTheOffice = new Fault(
  "forbidden",
  {
    vi: "Số liệu dịch bệnh chưa xác nhận: chỉ người có quyền xác nhận số liệu (Phòng Y tế) mới quyết định giữ nguyên được. Hãy lấy số liệu đã xác nhận, bỏ con số, hoặc nhờ Phòng Y tế. Không có gì thay đổi.",
    en: "Case figures that are not confirmed: only whoever may confirm figures (the health office) decides to keep them. Take confirmed figures, leave the number out, or ask the health office. Nothing was changed.",
  },
  { reason: "only-confirmers" },
);
