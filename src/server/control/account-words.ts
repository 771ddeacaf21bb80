/**
 * What is said to people who enter or who look after accounts.
 *
 * @module
 */
import { Fault, type Words } from "../../base/errors.js";
import { ROLES } from "../../domain/role.js";

const lasting = (seconds: number): Words => {
  const minutes = Math.ceil(seconds / 60);
  return seconds < 120
    ? { vi: `${seconds} giây`, en: `${seconds} seconds` }
    : { vi: `${minutes} phút`, en: `${minutes} minutes` };
};

export function tooManyGuesses(seconds: number): Fault {
  const { vi, en } = lasting(seconds);
  return new Fault(
    "busy",
    {
      vi: `Đã nhập sai quá nhiều lần. Hãy chờ ${vi} rồi thử lại. Ai đang ở trong đài vẫn làm việc bình thường.`,
      en: `Too many wrong tries. Wait ${en}, then try again. Whoever is logged in stays so.`,
    },
    { reason: "throttled", waitSeconds: seconds },
  );
}

export const wrongLogIn = () =>
  new Fault(
    "forbidden",
    {
      vi: "Tên đăng nhập hoặc mật khẩu không đúng. Hãy nhập lại, hoặc nhờ người quản lý tài khoản cấp đường dẫn đặt lại mật khẩu.",
      en: "The name or the password is wrong. Try again, or ask whoever manages accounts for a link to choose another.",
    },
    { reason: "wrong-log-in" },
  );

export const badLink = () =>
  new Fault(
    "forbidden",
    {
      vi: "Đường dẫn này sai, đã dùng rồi hoặc đã hết hạn. Hãy xin đường dẫn mới.",
      en: "This link is wrong, used or expired. Ask for another.",
    },
    { reason: "bad-link" },
  );

export const isSetUp = () =>
  new Fault(
    "conflict",
    {
      vi: "Đài đã có tài khoản nên đường dẫn thiết lập không còn dùng được. Hãy đăng nhập.",
      en: "The station has accounts already, so there is nothing to set up. Log in.",
    },
    { reason: "is-set-up" },
  );

export const weak = ({ vi, en }: Words) =>
  new Fault(
    "invalid",
    { vi: `Không nhận: ${vi}. Không có gì được lưu.`, en: `Not taken: ${en}. Nothing was kept.` },
    { path: "/password", reason: "weak-password" },
  );

export const noAccount = (id: string) =>
  new Fault("not-found", { vi: `Không có tài khoản «${id}».`, en: `There is no account "${id}".` });

export const isTaken = (id: string) =>
  new Fault(
    "conflict",
    {
      vi: `Tên đăng nhập «${id}» đã có người dùng. Hãy chọn tên khác.`,
      en: `The name "${id}" is taken. Choose another.`,
    },
    { path: "/id", reason: "taken" },
  );

export const unknownArea = (area: string, at: number, field = "roles") =>
  new Fault(
    "invalid",
    {
      vi: `Không có địa bàn «${area}» trong config/areas.json.`,
      en: `There is no area "${area}" in config/areas.json.`,
    },
    { path: `/${field}/${at}/area` },
  );

export const ownAccount = () =>
  new Fault(
    "forbidden",
    {
      vi: "Không ai tự đổi quyền hoặc tự khóa tài khoản của mình. Hãy nhờ người quản lý tài khoản khác.",
      en: "Nobody changes their own roles or closes their own account. Ask somebody else who manages accounts.",
    },
    { reason: "own-account" },
  );

export const lastOwner = () =>
  new Fault(
    "conflict",
    {
      vi: `Đây là người cuối cùng giữ vai trò «${ROLES["culture-office"].title.vi}» cho cả đài. Hãy giao vai trò ấy cho một người nữa trước.`,
      en: "Nobody else looks after the whole station. Give that role to somebody else first.",
    },
    { reason: "last-owner" },
  );

export const wrongPassword = () =>
  new Fault(
    "forbidden",
    {
      vi: "Mật khẩu hiện tại không đúng. Không có gì thay đổi.",
      en: "The present password is wrong. Nothing has changed.",
    },
    { reason: "wrong-password" },
  );

export const noSession = () =>
  new Fault("not-found", {
    vi: "Không có phiên đăng nhập này, hoặc đã hết hạn.",
    en: "There is no such session, or it is over.",
  });

export const wrongCode = () =>
  new Fault(
    "forbidden",
    {
      vi: "Mã không đúng, đã dùng rồi hoặc đã hết giờ. Hãy nhập mã đang hiện trên điện thoại, hoặc một mã dự phòng chưa dùng.",
      en: "The code is wrong, used or too old. Enter the one that your telephone shows now, or a recovery code.",
    },
    { reason: "wrong-code" },
  );

export const noTicket = () =>
  new Fault(
    "forbidden",
    {
      vi: "Đã quá lâu từ lúc nhập mật khẩu. Hãy đăng nhập lại từ đầu.",
      en: "It has been too long since the password. Log in again from the start.",
    },
    { reason: "no-ticket" },
  );

export const nothingStarted = () =>
  new Fault(
    "conflict",
    {
      vi: "Chưa bắt đầu thêm yếu tố này, hoặc đã quá 10 phút. Hãy làm lại từ đầu.",
      en: "This factor was not begun, or more than ten minutes ago. Begin again.",
    },
    { reason: "nothing-started" },
  );

export const tooManyPasskeys = () =>
  new Fault(
    "conflict",
    {
      vi: "Mỗi tài khoản có nhiều nhất 10 khóa. Hãy xóa một khóa cũ trước.",
      en: "An account has at most ten passkeys. Remove one first.",
    },
    { reason: "too-many" },
  );

export const noPasskeysHere = () =>
  new Fault(
    "conflict",
    {
      vi: "Khóa truy cập chỉ dùng được khi mở đài bằng tên có TLS (hoặc localhost), không dùng được với địa chỉ IP. Hãy dùng mã trên điện thoại.",
      en: "Passkeys work where the station is opened by a name with TLS (or localhost), not by an IP address. Use codes of a telephone.",
    },
    { reason: "no-passkeys-here" },
  );

export const noPasskey = () =>
  new Fault("not-found", { vi: "Không có khóa truy cập này.", en: "There is no such passkey." });

export const proofBySecondFactor = () =>
  new Fault(
    "forbidden",
    {
      vi: "Tài khoản này có yếu tố thứ hai, nên xác nhận bằng mã trên điện thoại hoặc khóa truy cập, không chỉ mật khẩu.",
      en: "This account has a second factor, so show it is you by a code of your telephone or a passkey, not by the password alone.",
    },
    { reason: "second-factor-needed" },
  );

export const noToken = () =>
  new Fault("not-found", { vi: "Không có mã chương trình này.", en: "There is no such token of a program." });

export const tooManyTokens = () =>
  new Fault(
    "conflict",
    {
      vi: "Tài khoản này đã có 20 mã chương trình. Hãy thu hồi mã không dùng nữa.",
      en: "This account has twenty tokens of programs. Revoke those that are not used.",
    },
    { reason: "too-many" },
  );
