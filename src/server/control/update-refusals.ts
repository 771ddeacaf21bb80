/**
 * Why a new program does not go out.
 *
 * @module
 */
import { Fault } from "../../base/errors.js";

export const badManifest = () =>
  new Fault(
    "invalid",
    {
      vi: "Bản kê của gói chương trình không đúng mẫu. Hãy đóng gói và ký lại: loa update pack, loa update sign.",
      en: "The package's manifest is not as it should be. Pack and sign it anew: loa update pack, loa update sign.",
    },
    { path: "/manifest", reason: "manifest" },
  );

export const badSignature = () =>
  new Fault(
    "invalid",
    {
      vi: "Chữ ký không khớp với bản kê của gói. Hãy ký lại: loa update sign.",
      en: "The signature does not fit the package's manifest. Sign it anew: loa update sign.",
    },
    { path: "/signature", reason: "update-signature" },
  );

export const noPackage = (sha256: string) =>
  new Fault(
    "not-found",
    {
      vi: `Đài chưa có gói chương trình ${sha256}. Hãy gửi gói trước.`,
      en: `The station does not hold the package ${sha256}. Send it first.`,
    },
    { path: "/manifest", reason: "no-package" },
  );

export const otherVersion = () =>
  new Fault(
    "invalid",
    {
      vi: "Phiên bản được nêu để hạ xuống không phải phiên bản của gói này.",
      en: "The version that is named for a downgrade is not that of this package.",
    },
    { path: "/downgradeTo", reason: "version" },
  );

export const noReceiver = (id: string) =>
  new Fault(
    "invalid",
    { vi: `Không có cụm loa «${id}».`, en: `There is no receiver "${id}".` },
    { path: "/stages", reason: "no-receiver" },
  );

export const alreadyRunning = ({ id }: { readonly id: string }) =>
  new Fault(
    "conflict",
    {
      vi: `Đợt cập nhật ${id} đang chạy. Hãy chờ nó xong, hoặc dừng nó trước: loa update stop`,
      en: `The rollout ${id} is under way. Wait for its end, or stop it first: loa update stop`,
    },
    { reason: "rollout-running" },
  );

export const noneRunning = () =>
  new Fault("not-found", { vi: "Không có đợt cập nhật nào đang chạy.", en: "No rollout is under way." });
