/**
 * What a person is told when a server's certificate is not trusted. It is never connected to all the same.
 *
 * @module
 */
import { Fault, type Words } from "../../base/errors.js";

/** Node's codes for a certificate that is from nobody who is trusted, for another name, or out of its time. */
const ABOUT_TRUST =
  /^(?:UNABLE_TO_(?:VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT(?:_LOCALLY)?)|SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|CERT_\w+|INVALID_CA|ERR_TLS_CERT_ALTNAME_INVALID)$/;

const codeOf = (thrown: unknown): string => (thrown instanceof Error && "code" in thrown ? String(thrown.code) : "");

/** Whether a connection failed because of the server's certificate. */
export const isAboutTrust = (thrown: unknown): boolean => ABOUT_TRUST.test(codeOf(thrown));

/** What is wrong with the certificate, in words. */
export function trustWords(server: URL, thrown: unknown): Words {
  const code = codeOf(thrown);
  if (code === "CERT_NOT_YET_VALID")
    return {
      vi: `Không kết nối: theo đồng hồ máy này thì chứng chỉ của ${server.origin} chưa tới ngày dùng. Thường là đồng hồ máy sai: hãy chỉnh ngày giờ, hoặc ghép với đài có trust.authority thì loa không cần đồng hồ đúng. (${code})`,
      en: `Not connected: by the clock of this machine the certificate of ${server.origin} is not valid yet. Mostly the clock is wrong: set it, or pair with a station that names trust.authority, for which no right clock is needed. (${code})`,
    };
  if (code === "CERT_HAS_EXPIRED")
    return {
      vi: `Không kết nối: chứng chỉ của ${server.origin} đã hết hạn, hoặc đồng hồ máy này chạy trước. Hãy xem ngày giờ của máy, rồi gia hạn chứng chỉ của máy chủ. (${code})`,
      en: `Not connected: the certificate of ${server.origin} is over, or the clock of this machine is ahead. Check the date here, then renew the server's certificate. (${code})`,
    };
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID")
    return {
      vi: `Không kết nối: chứng chỉ của máy chủ không phải cho tên ${server.hostname}. Hãy xem lại --server. (${code})`,
      en: `Not connected: the server's certificate is not for the name ${server.hostname}. Check --server. (${code})`,
    };
  return {
    vi: `Không kết nối: chứng chỉ của ${server.origin} không do nơi cấp mà loa này tin ký. Có thể có kẻ đứng giữa, hoặc đài đã đổi nơi cấp chứng chỉ: khi đó hãy ghép lại bằng mã mới. (${code})`,
    en: `Not connected: the certificate of ${server.origin} is not from the authority that this receiver trusts. Somebody may stand between, or the station has changed its authority: then pair again with a new code. (${code})`,
  };
}

/** @returns a Fault "unavailable", reason `untrusted-server`: a clock that was wrong may be right by the next try */
export const untrusted = (server: URL, cause: unknown): Fault =>
  new Fault("unavailable", trustWords(server, cause), { reason: "untrusted-server", cause });
