/**
 * Why somebody may not speak live now, in words that help.
 *
 * @module
 */
import { Fault } from "../../base/errors.js";
import type { Need } from "../../domain/alert.js";

export const nobodyThere = () =>
  new Fault(
    "invalid",
    {
      vi: "Nơi nhận đã chọn không có cụm loa hay xe loa nào đang hoạt động. Hãy chọn lại nơi nhận.",
      en: "There is no working receiver in the chosen targets. Choose others.",
    },
    { path: "/targets", reason: "no-receiver" },
  );

export const quietNow = (area: string) =>
  new Fault(
    "forbidden",
    {
      vi: `«${area}» đang trong giờ yên tĩnh nên không nói được. Chỉ tin khẩn cấp có người xác nhận mới được phát giờ này. Chưa có gì phát ra.`,
      en: `"${area}" is in its quiet hours. Only an emergency confirmed by a named person may sound now. Nothing was heard.`,
    },
    { reason: "quiet-hours", path: "/targets" },
  );

/** @param needs why one person is not enough */
export const needsGlass = (needs: readonly Need[]) => {
  const isWide = needs.includes("beyond-one-ward");
  const isNight = needs.includes("night");
  const vi = [...(isWide ? ["phát ở nhiều phường"] : []), ...(isNight ? ["đang giờ yên tĩnh"] : [])].join(", ");
  const en = [...(isWide ? ["several wards"] : []), ...(isNight ? ["quiet hours"] : [])].join(", ");
  return new Fault(
    "forbidden",
    {
      vi: `Nói khẩn cấp lúc này cần người thứ hai (${vi}). Hãy phát gói khẩn cấp đã chuẩn bị để người thứ hai xác nhận; hoặc phá kính: nói một mình và ghi lý do, mọi lãnh đạo sẽ được báo. Chưa có gì phát ra.`,
      en: `Speaking as an emergency needs a second person now (${en}). Give a prepared pack, by which a second person stands; or break the glass: speak alone and say why, and every leader is told. Nothing was heard.`,
    },
    { reason: "second-person" },
  );
};

export const alreadyThere = (who: string) =>
  new Fault(
    "conflict",
    {
      vi: `${who} đang nói trực tiếp tại một số loa đã chọn. Hãy đợi nói xong, hoặc chọn loa khác. Chưa có gì phát ra.`,
      en: `${who} is speaking at some of the chosen loudspeakers. Wait, or choose others. Nothing was heard.`,
    },
    { reason: "somebody-speaks" },
  );

export const tooMany = () =>
  new Fault(
    "unavailable",
    {
      vi: "Đã có nhiều người cùng nói trực tiếp. Hãy đợi một người nói xong. Chưa có gì phát ra.",
      en: "Too many people speak live at once. Wait until one has finished. Nothing was heard.",
    },
    { reason: "too-many" },
  );

export const notTheirs = () =>
  new Fault(
    "not-found",
    {
      vi: "Lượt nói này đã kết thúc, hoặc do người khác mở.",
      en: "This has ended, or somebody else opened it.",
    },
    { reason: "not-live" },
  );
