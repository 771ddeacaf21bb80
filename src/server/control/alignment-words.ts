/**
 * What a person is told who brings two loudspeakers into step.
 *
 * @module
 */
import { Fault, type FaultCode, type Words } from "../../base/errors.js";

/** What to do with the telephone. */
export const instructionsFor = (reference: string, other: string): Words => ({
  vi: `Hãy đứng yên ở chỗ nghe rõ cả «${reference}» và «${other}», bật ghi âm ngay bây giờ và giữ máy cho đến khi hết tiếng bíp: mỗi loa sáu tiếng, xen kẽ nhau, trong khoảng 12 giây. Ước lượng khoảng cách (mét) từ máy đến từng loa, rồi gửi bản ghi (WAV, M4A, OGG, MP3, không quá 2 phút).`,
  en: `Stand still where both "${reference}" and "${other}" are heard well, begin recording now and hold the telephone until the pips are over: six of each, in turns, within about 12 seconds. Estimate the metres from the telephone to each of them, then send the recording (WAV, M4A, OGG, MP3, two minutes at most).`,
});

const refusal = (code: FaultCode, reason: string, words: Words, path?: string) =>
  new Fault(code, words, { reason, ...(path === undefined ? {} : { path }) });

/** Why it does not go on. Nothing has changed then. */
export const refusals = {
  unknown: (id: string) =>
    refusal("not-found", "unknown", { vi: `Không có cụm loa «${id}».`, en: `There is no receiver "${id}".` }),
  same: () =>
    refusal(
      "invalid",
      "same-receiver",
      {
        vi: "Loa mốc và loa cần chỉnh phải là hai loa khác nhau.",
        en: "The reference and the receiver to be set must be two different ones.",
      },
      "/reference",
    ),
  unready: (name: string) =>
    refusal("conflict", "not-ready", {
      vi: `«${name}» đang mất kết nối, tắt tiếng, ngừng sử dụng hoặc chưa tin được đồng hồ nên chưa căn chỉnh được. Hãy xem: loa device list`,
      en: `"${name}" is not connected, muted, out of service or without trusted time. See: loa device list`,
    }),
  quiet: (area: string) =>
    refusal("forbidden", "quiet-hours", {
      vi: `«${area}» đang hoặc sắp vào giờ yên tĩnh nên không phát tiếng bíp.`,
      en: `"${area}" is in its quiet hours or about to enter them, so no pips are sounded.`,
    }),
  busy: (name: string) =>
    refusal("conflict", "busy", {
      vi: `«${name}» đang phát hoặc sắp phát chương trình. Hãy thử lại khi chương trình xong.`,
      en: `"${name}" sounds something or is about to. Try again when that is over.`,
    }),
  nothingOpen: (name: string) =>
    refusal("conflict", "nothing-open", {
      vi: `Chưa có lần căn chỉnh nào của «${name}» đang chờ bước này, hoặc đã quá một giờ. Hãy bắt đầu lại: loa device align`,
      en: `No alignment of "${name}" waits for this, or it is more than an hour old. Begin again: loa device align`,
    }),
  changed: (name: string) =>
    refusal("conflict", "changed", {
      vi: `Cài đặt của «${name}» đã đổi sau khi đo nên đề nghị không còn đúng. Chưa thay đổi gì; hãy đo lại.`,
      en: `The settings of "${name}" have changed since it was measured. Nothing was changed; measure again.`,
    }),
  missing: (name: string) =>
    refusal("invalid", "pips-missing", {
      vi: `Không nghe đủ tiếng bíp của «${name}» trong bản ghi. Chưa thay đổi gì. Hãy đứng gần «${name}» hơn, tránh gió và xe, rồi làm lại.`,
      en: `Too few pips of "${name}" are heard in the recording. Nothing was changed. Stand nearer to it, out of wind and traffic, and do it again.`,
    }),
  unsteady: () =>
    refusal("invalid", "pips-unsteady", {
      vi: "Các tiếng bíp trong bản ghi không đều, có thể do di chuyển máy, tiếng vọng mạnh hoặc bản ghi đã bị cắt. Chưa thay đổi gì. Hãy đứng yên và ghi lại.",
      en: "The pips in the recording do not fit together: the telephone moved, an echo is strong, or the recording was cut. Nothing was changed. Stand still and record again.",
    }),
};
