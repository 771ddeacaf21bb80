/**
 * Why an alert cannot be given, confirmed or ended, in words.
 *
 * @module
 */
import { Fault } from "../../base/errors.js";
import type { Alert } from "../../domain/alert.js";
import type { Pack } from "../../domain/emergency-pack.js";

export const noSuchAlert = () =>
  new Fault("not-found", { vi: "Không có cảnh báo này.", en: "There is no such alert." });

export const noExercise = ({ title }: Pack) =>
  new Fault(
    "forbidden",
    {
      vi: `Gói «${title}» chưa có bản báo diễn tập nên không diễn tập được: người nghe phải biết đó là diễn tập. Không có gì được phát.`,
      en: `The pack "${title}" has no word that it is an exercise, so it cannot be rehearsed: listeners must know. Nothing was aired.`,
    },
    { reason: "no-exercise" },
  );

export const nobody = (isExercise: boolean) =>
  new Fault(
    "invalid",
    isExercise
      ? {
          vi: "Diễn tập chỉ phát ở địa bàn thử nghiệm, mà nơi đã chọn không có cụm loa thử nào. Không có gì được phát.",
          en: "An exercise sounds in places for tests alone, and none of the chosen loudspeakers stands in one. Nothing was aired.",
        }
      : {
          vi: "Nơi nhận đã chọn không có cụm loa hay xe loa nào đang hoạt động. Hãy chọn lại nơi nhận.",
          en: "There is no working receiver in the chosen targets. Choose others.",
        },
    { path: "/targets", reason: "no-receiver" },
  );

export const notAwaiting = ({ title, stage }: Alert) =>
  new Fault(
    "conflict",
    {
      vi:
        stage === "given" || stage === "ended"
          ? `«${title}» đã được phát rồi, không cần xác nhận nữa.`
          : `Đã quá hai phút mà chưa có người thứ hai nên yêu cầu phát «${title}» hết hiệu lực. Không có gì được phát. Nếu vẫn cần, hãy phát lại từ đầu.`,
      en:
        stage === "given" || stage === "ended"
          ? `"${title}" was given already and needs no further word.`
          : `Nobody stood by "${title}" within two minutes, so the request has lapsed. Nothing was aired. If it is still needed, begin again.`,
    },
    { reason: "not-awaiting" },
  );

export const notGiven = ({ title, stage }: Alert) =>
  new Fault(
    "conflict",
    {
      vi: `«${title}» ${stage === "ended" ? "đã kết thúc" : "chưa được phát"} nên không có gì để đính chính hay báo yên.`,
      en: `"${title}" ${stage === "ended" ? "has ended already" : "was not given"}, so there is nothing to correct or to clear.`,
    },
    { reason: stage },
  );
