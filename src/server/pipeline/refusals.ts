/**
 * What a person is told when a file does not become a clip. Each says what is wrong, that nothing was kept, and what to do.
 *
 * @module
 */
import { Fault, type Words } from "../../base/errors.js";
import { MEGABYTE } from "../../base/units.js";

/** Longest file name that a sentence repeats, letters. */
const LONGEST_NAME = 80;

/** Why a file was refused; the panel's help pages and the tests go by these. */
export type Reason =
  | "empty"
  | "unknown-format"
  | "too-large"
  | "too-long"
  | "too-short"
  | "damaged"
  | "silent"
  | "peaky";

/** Makes a refusal for the file called `name`, which may hold anything. */
export const refuse = (reason: Exclude<Reason, "too-large">, name: string, cause?: unknown): Fault =>
  new Fault("invalid", sentenceOf(name, SENTENCES[reason]), { reason, cause });

/** A code of its own, so that a browser can tell before it reads the sentence. */
export function refuseSize(name: string, mostBytes: number): Fault {
  const most = Math.floor(mostBytes / MEGABYTE);
  const words = {
    vi: `lớn quá ${most} MB. Hãy xuất sang MP3 rồi gửi lại.`,
    en: `is larger than ${most} MB. Export it as MP3 and send it again.`,
  };
  return new Fault("too-large", sentenceOf(name, words), { reason: "too-large" });
}

function sentenceOf(name: string, { vi, en }: Words): Words {
  const file = shown(name);
  return { vi: `Tệp “${file}” ${vi} Chưa lưu gì cả.`, en: `File “${file}” ${en} Nothing was kept.` };
}

/** No program to work with. The rest of the station goes on. */
export const noFfmpeg = (cause?: unknown): Fault =>
  new Fault(
    "unavailable",
    {
      vi: "Máy chủ chưa có ffmpeg dùng được nên chưa làm được âm thanh mới. Âm thanh đã có vẫn phát như thường. Hãy báo người quản trị chạy `loa doctor`.",
      en: "No working ffmpeg, so no new clip can be made. Existing clips go on air as before. Ask the administrator to run `loa doctor`.",
    },
    { reason: "no-ffmpeg", cause },
  );

/** The disk, or another limit of the machine, stood in the way; the file itself may be good. */
export const machineFailed = (what: "disk-full" | "too-slow" | "crowded", cause?: unknown): Fault =>
  new Fault(what === "crowded" ? "busy" : "unavailable", MACHINE[what], { reason: what, cause });

const SENTENCES: Record<Exclude<Reason, "too-large">, Words> = {
  empty: {
    vi: "không có gì bên trong. Hãy chọn lại tệp, hoặc thu âm lại.",
    en: "is empty. Choose the file again, or record anew.",
  },
  "unknown-format": {
    vi: "không phải tệp âm thanh mà hệ thống đọc được. Hãy dùng MP3, M4A, WAV, FLAC, OGG hoặc WebM.",
    en: "is not audio that this station reads. Use MP3, M4A, WAV, FLAC, OGG or WebM.",
  },
  "too-long": {
    vi: "dài quá mức cho phép (15 phút cho tệp gửi lên, 2 giờ cho lời đọc). Hãy chia thành nhiều bản tin.",
    en: "is too long (15 minutes for a recording, 2 hours for speech). Split it into several announcements.",
  },
  "too-short": {
    vi: "ngắn dưới một phần mười giây. Hãy thu âm lại.",
    en: "is shorter than a tenth of a second. Record it anew.",
  },
  damaged: {
    vi: "bị hỏng hoặc bị cắt cụt. Hãy mở tệp trên máy của bạn nghe thử đến hết, xuất lại và gửi lại.",
    en: "is damaged or cut off. Play it to the end on your own machine, export it again and send it again.",
  },
  silent: {
    vi: "hầu như chỉ có im lặng. Hãy kiểm tra micro và thu âm lại, hoặc cắt bỏ đoạn lặng.",
    en: "is mostly silence. Check the microphone and record again, or cut the silence out.",
  },
  peaky: {
    vi: "chỉ có tiếng nổ rời rạc, không đưa về mức âm lượng của đài được. Hãy dùng đoạn âm thanh khác.",
    en: "holds only isolated bangs and cannot be brought to the station's loudness. Use other audio.",
  },
};

const MACHINE: Record<"disk-full" | "too-slow" | "crowded", Words> = {
  "disk-full": {
    vi: "Máy chủ hết chỗ trên đĩa khi đang làm âm thanh. Chưa lưu gì cả. Hãy báo người quản trị dọn đĩa rồi gửi lại.",
    en: "The server's disk is full. Nothing was kept. Ask the administrator to make room, then send the file again.",
  },
  "too-slow": {
    vi: "Máy chủ làm âm thanh quá lâu nên đã dừng lại. Chưa lưu gì cả. Hãy thử lại sau ít phút; nếu vẫn vậy, hãy xuất tệp sang MP3.",
    en: "Making the clip took too long and was stopped. Nothing was kept. Try again in a few minutes; if it happens again, export the file as MP3.",
  },
  crowded: {
    vi: "Máy chủ đang làm nhiều âm thanh khác. Chưa lưu gì cả. Hãy gửi lại sau một phút.",
    en: "The server is busy with other clips. Nothing was kept. Send it again in a minute.",
  },
};

/** Control and text-direction characters would let a name rewrite the sentence around it. */
const shown = (name: string): string => name.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "").slice(0, LONGEST_NAME);
