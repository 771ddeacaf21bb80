/**
 * Asks the browser for the microphone, and says in words what to do when there is none.
 *
 * @module
 */
import { bilingual } from "../words/language.js";

const words = bilingual(
  {
    insecure:
      "Trình duyệt chỉ cho dùng micro qua HTTPS. Hãy mở trang bằng địa chỉ https, hoặc gửi tệp ghi âm ở Thư viện.",
    refused:
      "Trang này chưa được phép dùng micro. Hãy bấm biểu tượng ổ khóa hoặc micro cạnh địa chỉ trang, chọn Cho phép, rồi thử lại. Chưa có gì được ghi hay phát.",
    absent:
      "Không thấy micro nào. Hãy cắm micro hoặc tai nghe có micro vào máy rồi thử lại. Chưa có gì được ghi hay phát.",
    taken:
      "Micro đang bị chương trình khác giữ. Hãy đóng chương trình đó (họp trực tuyến, ghi âm) rồi thử lại. Chưa có gì được ghi hay phát.",
  },
  {
    insecure:
      "Browsers give the microphone only over HTTPS. Open this page by its https address, or upload a file in the library.",
    refused:
      "This page may not use the microphone yet. Press the lock or microphone beside the address, choose Allow, and try again. Nothing was recorded or heard.",
    absent:
      "There is no microphone. Plug one in, or a headset that has one, and try again. Nothing was recorded or heard.",
    taken:
      "Another program holds the microphone. Close it (a meeting, a recorder) and try again. Nothing was recorded or heard.",
  },
);

/** What browsers call the reasons. */
const REASONS: Readonly<Record<string, "absent" | "taken">> = {
  NotFoundError: "absent",
  OverconstrainedError: "absent",
  NotReadableError: "taken",
  AbortError: "taken",
};

/** @throws Error in words for people */
export async function openMicrophone(wishes: MediaTrackConstraints): Promise<MediaStream> {
  if (!isSecureContext || navigator.mediaDevices === undefined) throw new Error(words().insecure);
  return navigator.mediaDevices.getUserMedia({ audio: wishes }).catch((cause: unknown) => {
    const reason = cause instanceof DOMException ? (REASONS[cause.name] ?? "refused") : "refused";
    throw new Error(words()[reason], { cause });
  });
}

/** Why it cannot be used though the browser gave it. */
export const unusable = (): string => words().taken;

/** Loudest sample just now, 0 to 1. */
export function levelOf(analyser: AnalyserNode): number {
  const samples = new Float32Array(analyser.fftSize);
  analyser.getFloatTimeDomainData(samples);
  return samples.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0);
}
