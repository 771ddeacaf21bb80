/**
 * What people and devices are told when a pairing, a confirmation or a revocation cannot be.
 *
 * @module
 */
import { Fault } from "../../base/errors.js";
import type { ReceiverId } from "../../domain/ids.js";

export const badCode = () =>
  new Fault(
    "forbidden",
    {
      vi: "Mã ghép nối sai, đã dùng hoặc đã hết hạn. Hãy tạo mã mới trên trang quản lý rồi nhập lại.",
      en: "The pairing code is wrong, used or expired. Make a new one in the panel and enter that.",
    },
    { reason: "bad-code", path: "/code" },
  );

export const isRevoked = () =>
  new Fault(
    "forbidden",
    {
      vi: "Khóa của thiết bị này đã bị thu hồi và không được dùng lại. Hãy xóa thư mục lưu giữ của loa để thiết bị tạo khóa mới, rồi ghép lại bằng mã mới.",
      en: "The key of this device has been revoked and is never taken again. Remove the state folder of the loudspeaker, so that the device makes a new key, and pair it with a new code.",
    },
    { reason: "revoked", path: "/publicKey" },
  );

export const nothingToConfirm = (id: ReceiverId) =>
  new Fault(
    "conflict",
    {
      vi: `Không có thiết bị nào đang chờ xác nhận ở «${id}». Hãy tạo mã ghép và nhập mã đó ở loa trước.`,
      en: `No device waits to be confirmed at "${id}". Make a pairing code and enter it at the loudspeaker first.`,
    },
    { reason: "nothing-to-confirm" },
  );

export const wordsDiffer = (id: ReceiverId) =>
  new Fault(
    "conflict",
    {
      vi: `Sáu từ không khớp với thiết bị đang chờ ở «${id}», nên chưa xác nhận. Nếu loa đang hiện đúng những từ đó thì có kẻ đứng giữa hoặc thiết bị khác đã dùng mã: hãy tạo mã mới và ghép lại.`,
      en: `The six words are not those of the device that waits at "${id}", so nothing was confirmed. If the loudspeaker does show them, somebody stands between, or another device used the code: make a new code and pair again.`,
    },
    { reason: "words-differ", path: "/words" },
  );

export const noDevice = (id: ReceiverId) =>
  new Fault(
    "conflict",
    {
      vi: `Vị trí «${id}» chưa có thiết bị nào. Hãy tạo mã ghép cho vị trí này.`,
      en: `The place "${id}" has no device. Make a pairing code for it.`,
    },
    { reason: "no-device" },
  );

export const nothingToClear = (id: ReceiverId) =>
  new Fault(
    "conflict",
    { vi: `Vị trí «${id}» không bị cách ly.`, en: `The place "${id}" is not in quarantine.` },
    { reason: "not-quarantined" },
  );
