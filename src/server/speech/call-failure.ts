/**
 * What can go wrong between us and a voice on the network, and how it is told to people.
 *
 * @module
 */
import { Fault, type Words } from "../../base/errors.js";
import type { Ms } from "../../base/units.js";

/** The reason codes of a network voice; they appear as `reason` of the fault. */
export type CallReason =
  | "offline"
  | "timeout"
  | "rate-limited"
  | "server-error"
  | "refused"
  | "redirected"
  | "not-audio"
  | "truncated"
  | "too-large"
  | "private-address"
  | "resting";

const WORDS: Readonly<Record<CallReason, Words>> = {
  offline: { vi: "không kết nối được (mất mạng?)", en: "could not be reached (no network?)" },
  timeout: { vi: "không trả lời kịp", en: "did not answer in time" },
  "rate-limited": { vi: "từ chối vì gọi quá nhiều", en: "refuses because it was asked too often" },
  "server-error": { vi: "đang gặp lỗi", en: "has an error of its own" },
  refused: { vi: "từ chối yêu cầu", en: "refuses the request" },
  redirected: { vi: "chuyển sang máy chủ khác", en: "points to another host" },
  "not-audio": { vi: "trả về nội dung không phải âm thanh", en: "answered with something that is not sound" },
  truncated: { vi: "trả về âm thanh bị đứt", en: "sent sound that breaks off" },
  "too-large": { vi: "trả về quá nhiều dữ liệu", en: "sent more than is allowed" },
  "private-address": {
    vi: "nằm ở địa chỉ nội bộ chưa được cho phép",
    en: "is at a private address that is not allowed",
  },
  resting: { vi: "vừa bị lỗi nên tạm nghỉ", en: "failed a moment ago and is left alone for a while" },
};

/** Trying again at once may help with these. */
const PASSING: ReadonlySet<CallReason> = new Set(["rate-limited", "server-error", "truncated"]);
/** These are about one text, not about the service. */
const OF_THE_TEXT: ReadonlySet<CallReason> = new Set(["refused", "too-large"]);

export interface CallFailureDetail {
  /** How long the service asked us to wait. */
  readonly retryAfter?: Ms | undefined;
  /** For the log: a status, an error code. Never a header or a key. */
  readonly detail?: string;
  readonly cause?: unknown;
}

/** One failed try at a service. Stays inside this folder; {@link faultOf} makes the answer of it. */
export class CallFailure extends Error {
  override readonly name = "CallFailure";
  readonly reason: CallReason;
  readonly retryAfter: Ms | undefined;

  constructor(reason: CallReason, { retryAfter, detail, cause }: CallFailureDetail = {}) {
    super(detail === undefined ? reason : `${reason}: ${detail}`, { cause });
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  get isPassing(): boolean {
    return PASSING.has(this.reason);
  }

  get isOfTheText(): boolean {
    return OF_THE_TEXT.has(this.reason);
  }
}

/** @param title the service as people know it */
export function faultOf(failure: CallFailure, title: string): Fault {
  const { vi, en } = WORDS[failure.reason];
  return new Fault(
    "unavailable",
    { vi: `${title} ${vi}.`, en: `${title} ${en}.` },
    { reason: failure.reason, cause: failure },
  );
}
