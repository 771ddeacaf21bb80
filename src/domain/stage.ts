/**
 * Where an announcement stands between a draft and the past, and what may be done with it there. Nothing of it is kept: a stage
 * follows from what is kept of the announcement, from the plan and from the log, so that it is always true.
 *
 * @module
 */
import * as z from "zod/mini";
import { unreachable, type Words } from "../base/errors.js";
import type { Announcement } from "./announcement.js";
import { openGates } from "./finding.js";
import type { LocalDate } from "./local-time.js";

/**
 * `draft`: being written, or its sound is missing, or a word has no reading, or somebody has to decide about a finding.
 * `checked`: nothing keeps it from being approved. `submitted`: an author asks for the approval. `returned`: an approver sent it
 * back with a reason. `approved`: it may sound. `planned`: it will, in the coming days. `aired`: it has, and nothing more is
 * planned. `expired`: its last day is over. `blocked`: the city's editor keeps it off the air. `recalled`: withdrawn for good. `corrected`: recalled, and its correction is approved.
 */
export const stageSchema = z.enum([
  "draft",
  "checked",
  "submitted",
  "returned",
  "approved",
  "planned",
  "aired",
  "expired",
  "blocked",
  "recalled",
  "corrected",
]);
export type Stage = z.infer<typeof stageSchema>;

/** What a stage depends on besides the announcement itself. */
export interface Circumstances {
  /** Its present version; see `versionOf`. */
  readonly version: string | undefined;
  readonly today: LocalDate;
  /** Whether the plan or a ticket holds it at some coming instant. */
  readonly isPlanned: boolean;
  /** Whether a loudspeaker has said that it sounded. */
  readonly wasHeard: boolean;
  /** Whether a correction of it is approved. */
  readonly isCorrected: boolean;
}

export function stageOf(announcement: Announcement, circumstances: Circumstances): Stage {
  const { recalledAt, blocked, validUntil, submission, returned, approval } = announcement;
  const { version, today, isPlanned, wasHeard, isCorrected } = circumstances;
  const isOf = (mark: { readonly version: string } | undefined) => mark !== undefined && mark.version === version;
  if (recalledAt !== undefined) return isCorrected ? "corrected" : "recalled";
  if (blocked) return "blocked";
  if (validUntil !== undefined && validUntil < today) return "expired";
  if (isOf(approval)) return isPlanned ? "planned" : wasHeard ? "aired" : "approved";
  if (isOf(submission)) return "submitted";
  if (isOf(returned)) return "returned";
  return isClear(announcement) ? "checked" : "draft";
}

/** Whether, by what was found when it was last saved, nothing keeps it from being approved. */
function isClear({ text, clip, reading, findings = [], decisions }: Announcement): boolean {
  if (!clip) return false;
  if (text === undefined) return true;
  return reading !== undefined && reading.unknown.length === 0 && openGates(findings, decisions).length === 0;
}

/** What people do with an announcement. A recall and a look at it are always allowed. */
export type Act = "edit" | "submit" | "return" | "approve" | "withdraw" | "correct" | "require";

/** Why an act may not follow now, with a code for programs. */
export interface Refusal {
  readonly reason: string;
  readonly words: Words;
}

/** The stages that each act may follow. */
const AFTER: Readonly<Record<Act, readonly Stage[]>> = {
  edit: ["draft", "checked", "submitted", "returned", "approved", "planned", "aired", "expired", "blocked"],
  // A draft is looked at anew when it is handed in, and refused with what keeps it a draft.
  submit: ["draft", "checked", "submitted", "returned"],
  return: ["submitted"],
  approve: ["draft", "checked", "submitted", "approved", "planned", "aired"],
  withdraw: ["submitted", "approved", "planned", "aired", "blocked"],
  correct: ["planned", "aired", "expired", "blocked", "recalled", "corrected"],
  require: ["approved", "planned", "aired"],
};

/** @returns `undefined` when the act may follow */
export const refusalOf = (act: Act, stage: Stage): Refusal | undefined =>
  AFTER[act].includes(stage) ? undefined : { reason: reasonAt(stage, act), words: words(act, stage) };

const reasonAt = (stage: Stage, act: Act): string => (act === "correct" ? "never-heard" : stage);

function words(act: Act, stage: Stage): Words {
  const [at, what] = [STAGES[stage], ACTS[act]];
  const next = nextStep(act, stage);
  return {
    vi: `Bản tin ${at.vi} nên không ${what.vi} được. ${next.vi} Không có gì thay đổi.`,
    en: `The announcement ${at.en}, so it cannot be ${what.en}. ${next.en} Nothing was changed.`,
  };
}

/** What an announcement of that stage is, as the end of a sentence. */
const STAGES: Readonly<Record<Stage, Words>> = {
  draft: { vi: "còn là bản thảo", en: "is still a draft" },
  checked: { vi: "chưa được trình duyệt", en: "was not submitted" },
  submitted: { vi: "đang chờ duyệt", en: "waits for an approval" },
  returned: { vi: "đã bị trả lại", en: "was returned" },
  approved: { vi: "đã được duyệt", en: "is approved" },
  planned: { vi: "đã được duyệt và xếp lịch", en: "is approved and planned" },
  aired: { vi: "đã phát", en: "has been aired" },
  expired: { vi: "đã hết hạn", en: "is no longer valid" },
  blocked: { vi: "đang bị thành phố chặn", en: "is blocked by the city's editor" },
  recalled: { vi: "đã bị thu hồi", en: "was recalled" },
  corrected: { vi: "đã bị thu hồi và đính chính", en: "was recalled and corrected" },
};

const ACTS: Readonly<Record<Act, Words>> = {
  edit: { vi: "sửa", en: "changed" },
  submit: { vi: "trình duyệt", en: "submitted" },
  return: { vi: "trả lại", en: "returned" },
  approve: { vi: "duyệt", en: "approved" },
  withdraw: { vi: "rút lại", en: "withdrawn" },
  correct: { vi: "đính chính", en: "corrected" },
  require: { vi: "bắt buộc phát", en: "made mandatory" },
};

function nextStep(act: Act, stage: Stage): Words {
  switch (stage) {
    case "recalled":
    case "corrected":
      return { vi: "Hãy soạn bản đính chính mới.", en: "Write a correction." };
    case "blocked":
      return { vi: "Hãy hỏi nơi đã chặn; lý do ghi ở bản tin.", en: "Ask whoever blocked it; the reason is shown." };
    case "expired":
      return { vi: "Hãy sửa ngày cuối rồi làm lại.", en: "Change its last day first." };
    case "returned":
      return {
        vi: "Hãy sửa theo lý do trả lại rồi trình lại.",
        en: "Mend what it was returned for, then submit it again.",
      };
    case "approved":
    case "planned":
    case "aired":
      return act === "return"
        ? { vi: "Muốn bỏ duyệt, hãy rút duyệt.", en: "To take the approval back, withdraw it." }
        : { vi: "Sửa bản tin thì phải duyệt lại.", en: "A change needs a new approval." };
    case "draft":
    case "checked":
      return act === "correct"
        ? { vi: "Bản tin này chưa phát ở đâu: cứ sửa rồi duyệt lại.", en: "It was heard nowhere yet: just change it." }
        : act === "require"
          ? { vi: "Phải duyệt trước.", en: "It has to be approved first." }
          : { vi: "Người soạn phải trình trước.", en: "Its author has to submit it first." };
    case "submitted":
      return { vi: "Hãy duyệt hoặc trả lại trước.", en: "Approve or return it first." };
    default:
      return unreachable(stage);
  }
}
