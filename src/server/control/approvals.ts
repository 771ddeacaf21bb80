/**
 * From a draft to an approval and back: what is handed in, returned, approved and withdrawn is one exact version (R2).
 *
 * @module
 */
import { Fault } from "../../base/errors.js";
import type { Alone, Announcement, Approval } from "../../domain/announcement.js";
import type { AnnouncementId } from "../../domain/ids.js";
import type { Person } from "../../domain/person.js";
import type { Act } from "../../domain/stage.js";
import { stampOf } from "../../domain/stamp.js";
import { consentOf, type TwoPeopleRule } from "../../domain/two-people.js";
import type { AnnouncementBook } from "./announcement-book.js";
import type { Editorial } from "./editorial.js";
import type { FrozenAnswer, FrozenQuestion } from "./frozen-question.js";
import type { SoundMaking } from "./sound-making.js";

export interface ApprovalParts {
  readonly book: AnnouncementBook;
  readonly making: Pick<SoundMaking, "request">;
  readonly editorial: Pick<Editorial, "judged" | "mustBeClear">;
  readonly twoPeople: TwoPeopleRule;
  readonly frozen: FrozenQuestion;
  /** Civil time, ISO 8601. */
  readonly now: () => string;
}

/** The version that somebody has read and heard, and what they say about it. */
interface Verdict {
  readonly version: string;
  readonly reason: string;
}

/** How a submission or an approval is taken back. */
interface Withdrawal {
  /** Needed for an approval. */
  readonly reason?: string | undefined;
  /** What becomes of a sounding that is frozen already. */
  readonly frozen?: FrozenAnswer | undefined;
}

export function createApprovalVerbs(parts: ApprovalParts) {
  const { book, making, editorial, twoPeople, now } = parts;
  /** The announcement, if it is still the version that they have seen. */
  const asSeen = (act: Act, id: AnnouncementId, seen: string): Announcement => {
    const found = book.allowing(act, id);
    const present = book.version(found);
    if (present === undefined) throw notReady(found);
    if (present !== seen) throw otherVersion();
    return found;
  };
  /** The same, with today's findings. @throws Fault when something keeps it from being approved */
  const cleared = (act: Act & ("submit" | "approve"), id: AnnouncementId, seen: string): Announcement => {
    const found = asSeen(act, id, seen);
    if (found.text !== undefined && found.reading === undefined) {
      making.request(id);
      throw unread(found);
    }
    editorial.mustBeClear(found, act);
    return editorial.judged(found, found);
  };
  const keepApproval = async (found: Announcement, approval: Approval, by: Person) => {
    const { submission, returned: _mended, ...rest } = found;
    const { version, alone } = approval;
    const detail = { version, authors: found.authors, ...(submission ? { submittedBy: submission.by } : {}) };
    await book.write({ ...rest, approval }, { what: "approved", by, why: alone, detail });
    return book.kept(found.id);
  };
  const isApprovedAs = ({ approval }: Announcement, version: string) => approval?.version === version;

  return {
    /** Asks for an approval of what is there now. */
    async submit(id: AnnouncementId, version: string, by: Person) {
      const { returned: _mended, ...found } = cleared("submit", id, version);
      const submission = { version, ...stampOf(by, now()) };
      await book.write({ ...found, submission }, { what: "submitted", by, detail: { version } });
      return book.kept(id);
    },

    /** Sends it back to its authors. */
    async sendBack(id: AnnouncementId, { version, reason }: Verdict, by: Person) {
      const { submission: _over, ...found } = asSeen("return", id, version);
      const returned = { version, ...stampOf(by, now()), reason };
      await book.write({ ...found, returned }, { what: "returned", by, why: reason, detail: { version } });
      return book.kept(id);
    },

    async approve(id: AnnouncementId, version: string, by: Person) {
      const found = cleared("approve", id, version);
      // Asked once more, as after an answer that was lost: nothing has happened since.
      if (isApprovedAs(found, version)) return book.kept(id);
      const consent = consentOf(found, by, twoPeople);
      if ("refusal" in consent) throw new Fault("forbidden", consent.refusal, { reason: "own-text" });
      return keepApproval(found, { version, ...stampOf(by, now()), ...consent }, by);
    },

    /** What a station comes with counts as approved, and says that nobody did; not for the API. */
    async approveBroughtIn(id: AnnouncementId, version: string, by: Person) {
      const alone: Alone = "brought-in";
      return keepApproval(cleared("approve", id, version), { version, ...stampOf(by, now()), alone }, by);
    },

    /** Takes a submission back, or an approval: what is not frozen yet does not sound any more. */
    async withdraw(id: AnnouncementId, { reason, frozen }: Withdrawal, by: Person) {
      const { submission, approval, ...found } = book.allowing("withdraw", id);
      if (approval !== undefined && reason === undefined) throw noReason();
      parts.frozen.mustBeAnswered(id, frozen);
      const detail = { version: approval?.version ?? submission?.version };
      await book.write(found, {
        what: approval ? "approval-withdrawn" : "submission-withdrawn",
        by,
        why: reason,
        detail,
      });
      await parts.frozen.obey(id, frozen, by);
      return book.kept(id);
    },
  };
}

const otherVersion = () =>
  new Fault(
    "conflict",
    {
      vi: "Bản tin đã thay đổi sau khi đồng chí đọc. Hãy nghe và đọc lại bản mới rồi làm tiếp. Không có gì thay đổi.",
      en: "The announcement has changed since you read it. Hear and read the new version, then go on. Nothing was changed.",
    },
    { reason: "other-version" },
  );

const notReady = ({ title, problem }: Announcement) =>
  new Fault(
    "forbidden",
    {
      vi: `Bản tin «${title}» chưa có âm thanh nên chưa trình hay duyệt được. ${problem?.vi ?? ""}`.trim(),
      en: `The announcement "${title}" has no sound yet, so it cannot be submitted or approved. ${problem?.en ?? ""}`.trim(),
    },
    { reason: "no-audio" },
  );

const unread = ({ title }: Announcement) =>
  new Fault(
    "conflict",
    {
      vi: `Bản tin «${title}» được lưu từ trước khi máy biết kiểm tra cách đọc, nên đang được đọc lại. Hãy nghe bản mới rồi duyệt.`,
      en: `The announcement "${title}" was kept before readings were checked, so it is being read again. Hear the new version, then approve.`,
    },
    { reason: "unread" },
  );

const noReason = () =>
  new Fault(
    "invalid",
    {
      vi: "/reason: rút duyệt phải ghi lý do (3–500 chữ). Không có gì thay đổi.",
      en: "/reason: taking an approval back needs a reason of 3 to 500 letters. Nothing was changed.",
    },
    { reason: "missing-field", path: "/reason" },
  );
