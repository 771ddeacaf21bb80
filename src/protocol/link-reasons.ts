/**
 * What can stand between a loudspeaker and its station: one code for the wire and the logs, and one plain line for people,
 * what is wrong and what to do. The line is the same at both ends: the loudspeaker tells whoever stands before it, the
 * station whoever looks at the panel.
 *
 * @module
 */
import type { Words } from "../base/errors.js";

const LINES = {
  dns: {
    vi: "Không tìm ra địa chỉ của {server}: mạng chưa lên, DNS hỏng, hoặc --server viết sai.",
    en: "No address is found for {server}: the network is not up, DNS fails, or --server is misspelt.",
  },
  refused: {
    vi: "Máy ở {server} có đó nhưng không mở cổng này: máy chủ đang tắt hoặc đang khởi động lại, hoặc sai cổng.",
    en: "The machine at {server} is there and the port is closed: the server is off or starting, or the port is wrong.",
  },
  unreachable: {
    vi: "Không có đường tới {server}: xem dây mạng, SIM 4G, và máy có địa chỉ IPv4 hoặc IPv6 không.",
    en: "There is no way to {server}: look at cable and SIM, and whether the machine has an IPv4 or IPv6 address.",
  },
  timeout: {
    vi: "{server} không trả lời: sóng yếu, tường lửa chặn, hoặc máy chủ mất điện.",
    en: "{server} does not answer: a weak signal, a firewall, or a server without power.",
  },
  cut: {
    vi: "Kết nối tới {server} bị ngắt giữa chừng: mạng chập chờn, hoặc thiết bị trung gian cắt.",
    en: "The connection to {server} was cut off: an unsteady network, or something between.",
  },
  "dead-link": {
    vi: "Đường tới {server} đã đứt mà không báo: không nghe được gì nữa nên loa bỏ kết nối này và nối lại.",
    en: "The link to {server} died without a word: nothing was heard any more, so it is given up and made anew.",
  },
  silent: {
    vi: "{server} nhận kết nối rồi im lặng: máy chủ treo, hoặc proxy ở giữa giữ lại dữ liệu.",
    en: "{server} takes the connection and says nothing: the server hangs, or a proxy between holds back what is said.",
  },
  "captive-portal": {
    vi: "Mạng này trả về trang đăng nhập thay cho {server}: hãy đăng nhập mạng (wifi công cộng, SIM hết tiền) hoặc đổi mạng.",
    en: "This network answers with a log-in page in place of {server}: log in to it (public wifi, empty SIM), or use another.",
  },
  redirect: {
    vi: "{server} chỉ sang địa chỉ khác, loa không đi theo: hãy ghi đúng địa chỉ cuối (thường là https://) vào --server.",
    en: "{server} points to another address, which is not followed: give the final one (mostly https://) as --server.",
  },
  "no-websocket": {
    vi: "Có thiết bị trung gian (proxy) trước {server} không cho qua WebSocket: nhờ người quản mạng mở, hoặc dùng https://.",
    en: "Something before {server} (a proxy) does not let WebSocket through: have it opened, or use https://.",
  },
  proxy: {
    vi: "Proxy trước {server} trả lời mà không tới được máy chủ: máy chủ đang tắt, hoặc proxy hỏng hay cần đăng nhập.",
    en: "A proxy before {server} answers and does not reach the server: it is off, or the proxy fails or wants a log-in.",
  },
  "not-let-in": {
    vi: "{server} không cho vào: địa chỉ này không phải của đài, hoặc proxy đòi mật khẩu.",
    en: "{server} does not let us in: the address is not the station's, or a proxy asks for a password.",
  },
  "wrong-path": {
    vi: "Ở {server} không có đài nào: xem lại --server, nhất là phần sau tên máy.",
    en: "There is no station at {server}: look at --server, above all at what follows the name.",
  },
  full: {
    vi: "{server} đang bận đón nhiều loa: loa chờ theo lời máy chủ rồi nối lại, không phải làm gì.",
    en: "{server} is busy with many receivers: this one waits as it was told to. Nothing is to be done.",
  },
  nonsense: {
    vi: "{server} nói điều loa không hiểu: sai cổng, proxy làm hỏng dữ liệu, hoặc hai bên khác phiên bản.",
    en: "{server} says what this receiver does not understand: a wrong port, a proxy that garbles, or versions that differ.",
  },
  tls: {
    vi: "Không bắt tay TLS được với {server}: địa chỉ này có thể chỉ nói http://, hoặc có thiết bị xen giữa.",
    en: "TLS does not begin with {server}: perhaps it only speaks http://, or something stands between.",
  },
  certificate: {
    vi: "Loa không tin chứng chỉ của {server}: xem ngày giờ ở loa, rồi hạn dùng và nơi cấp của chứng chỉ.",
    en: "The certificate of {server} is not trusted: look at the date of the receiver, then at the certificate's dates and authority.",
  },
} satisfies Readonly<Record<string, Words>>;

/** Stable names of what can be wrong. */
export type LinkReason = keyof typeof LINES;

/** @param server how the person who reads it knows the server, such as its host */
export function linkWords(reason: LinkReason, server: Words): Words {
  const { vi, en } = LINES[reason];
  return { vi: vi.replaceAll("{server}", () => server.vi), en: en.replaceAll("{server}", () => server.en) };
}

/** How the station calls itself, and the address at which a loudspeaker looked for it. */
const STATION: Words = { vi: "đài", en: "the station" };
const ADDRESS: Words = { vi: "địa chỉ mà loa gọi", en: "the address that the loudspeaker calls" };

/** The line for people at the station. @param why as a loudspeaker told it; another version may know more codes */
export function awayWords(why: string): Words {
  if (!isLinkReason(why)) return { vi: `Loa báo lý do «${why}».`, en: `The loudspeaker gives the reason "${why}".` };
  const { vi, en } = linkWords(why, why === "wrong-path" ? ADDRESS : STATION);
  return { vi: capital(vi), en: capital(en) };
}

const isLinkReason = (why: string): why is LinkReason => Object.hasOwn(LINES, why);
const capital = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);
