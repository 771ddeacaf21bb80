/**
 * The reason of a line of the log in words, by what the line is about: the same code may mean something else elsewhere. What a person
 * wrote as a reason is words already.
 *
 * @module
 */
import type { Words } from "../base/errors.js";
import { TROUBLE_WORDS } from "./alarm.js";
import type { Alone } from "./announcement.js";
import type { LiveEnd } from "./live.js";
import type { Factor } from "./person.js";
import { type About, reasonWords } from "./reason-words.js";
import type { ReportStage } from "./report-period.js";

type Table = Readonly<Record<string, Words>>;

/** Why somebody is not heard any more who spoke live. */
const LIVE: Readonly<Record<LiveEnd, Words>> = {
  finished: { vi: "người nói đã nói xong", en: "the speaker had finished" },
  "too-long": { vi: "đã nói hết thời gian dài nhất được phép", en: "it reached the greatest length" },
  "network-lost": { vi: "mất mạng từ micro tới đài", en: "the network between microphone and station was lost" },
  "no-sound": { vi: "không có tiếng nào từ micro tới đài", en: "no sound came from the microphone" },
  stopped: { vi: "có người bấm dừng", en: "a person stopped it" },
  closing: { vi: "phiên đăng nhập kết thúc hoặc đài tắt", en: "the session or the station ended" },
};

/** Why relayed radio ended. */
const RADIO: Table = {
  sent: { vi: "đã hết giờ tiếp âm", en: "its time was over" },
  stopped: LIVE.stopped,
  closing: { vi: "đài tắt", en: "the station ended" },
};

/** By what somebody showed who they are. */
const FACTORS: Readonly<Record<Factor, Words>> = {
  password: { vi: "bằng mật khẩu", en: "by password" },
  totp: { vi: "bằng mã trên điện thoại", en: "by a code of the telephone" },
  passkey: { vi: "bằng khóa truy cập", en: "by a passkey" },
  recovery: { vi: "bằng mã khôi phục", en: "by a recovery code" },
  token: { vi: "bằng mã của chương trình", en: "by a program's token" },
  station: { vi: "bằng mã của đài", en: "by the station's own token" },
};

/** Why one person was enough. */
const ALONE: Readonly<Record<Alone, Words>> = {
  emergency: { vi: "bản tin khẩn cấp, một người là đủ", en: "an emergency: one person is enough" },
  "single-officer": { vi: "đài chỉ có một cán bộ", en: "the station has a single officer" },
  "brought-in": { vi: "có sẵn khi lập đài", en: "the station came with it" },
};

const REPORTS: Readonly<Record<ReportStage, Words>> = {
  open: { vi: "kỳ báo cáo đang chạy", en: "the period is running" },
  draft: { vi: "đã có bản nháp", en: "its draft is ready" },
  due: { vi: "hôm nay là hạn nộp", en: "it is due today" },
  late: { vi: "đã quá hạn nộp", en: "it is late" },
  submitted: { vi: "đã nộp", en: "it was handed in" },
};

/** Troubles of the station itself. */
const STATION: Table = {
  "backup-failed": { vi: "sao lưu không thành công", en: "a backup failed" },
  "log-damaged": { vi: "nhật ký bị hỏng trên ổ đĩa", en: "the log was damaged on its disk" },
  "certificate-ending": { vi: "chứng chỉ sắp hết hạn", en: "the certificate is about to end" },
};

const MENDED: Table = {
  "disk-damage": { vi: "ổ đĩa làm hỏng tệp nhật ký", en: "the disk damaged the file of the log" },
};
const OLD: Table = { "too-old": { vi: "đã quá thời hạn lưu giữ", en: "it was kept for as long as it may be" } };

/** By the first part of a kind, or the whole. */
const TABLES: Readonly<Record<string, Table>> = {
  "live.ended": LIVE,
  "radio.ended": RADIO,
  login: FACTORS,
  announcement: ALONE,
  report: REPORTS,
  station: STATION,
  alarm: TROUBLE_WORDS,
  privacy: OLD,
  "log.words-erased": OLD,
  "log.mended": MENDED,
};
/** Where the reason is one of a loudspeaker's, and not why something did not sound. */
const ABOUT: Readonly<Record<string, About>> = {
  order: "order",
  programme: "order",
  "receiver.must-be-paired-again": "order",
  "receiver.turned-away": "door",
  "receiver.not-silenced": "door",
  "receiver.quarantined": "door",
  "receiver.gone": "link",
  update: "update",
};

/** Whether a reason is a code of the program's own; what it is not, a person wrote. */
export const isReasonCode = (kind: string, why: string): boolean => lineReason(kind, why) !== undefined;

/** `undefined` for what a person wrote, and for a code of another version of the program. */
export function lineReason(kind: string, why: string): Words | undefined {
  const [first = kind] = kind.split(".");
  const table = TABLES[kind] ?? TABLES[first];
  if (table && Object.hasOwn(table, why)) return table[why];
  return reasonWords(ABOUT[kind] ?? ABOUT[first] ?? "sound", why);
}
