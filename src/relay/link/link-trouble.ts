/**
 * What stands between a loudspeaker and its station, as one code for the log and one plain line for the person who looks
 * after the box: what is wrong, and what to do.
 *
 * @module
 */
import type { IncomingMessage } from "node:http";
import type { Words } from "../../base/errors.js";
import { isAboutTrust, trustWords } from "./tls-words.js";

/** Stable names of what can be wrong. */
export type Trouble =
  | "dns"
  | "refused"
  | "unreachable"
  | "timeout"
  | "cut"
  | "dead-link"
  | "silent"
  | "captive-portal"
  | "redirect"
  | "no-websocket"
  | "proxy"
  | "not-let-in"
  | "wrong-path"
  | "full"
  | "nonsense"
  | "tls"
  | "certificate";

/** One of them, where it was met. */
export interface LinkTrouble {
  readonly reason: Trouble;
  /** What exactly: the system's code, or the HTTP status. */
  readonly detail: string;
  readonly words: Words;
  /** The wait that the server asks for. */
  readonly waitMs?: number | undefined;
}

const SYSTEM: Readonly<Record<string, Trouble>> = {
  ENOTFOUND: "dns",
  EAI_AGAIN: "dns",
  EAI_NODATA: "dns",
  EAI_FAIL: "dns",
  ECONNREFUSED: "refused",
  ENETUNREACH: "unreachable",
  EHOSTUNREACH: "unreachable",
  ENETDOWN: "unreachable",
  EHOSTDOWN: "unreachable",
  EADDRNOTAVAIL: "unreachable",
  EACCES: "unreachable",
  ETIMEDOUT: "timeout",
  ECONNRESET: "cut",
  EPIPE: "cut",
  ECONNABORTED: "cut",
};

/** A server that could be asked tells more than one that could not be reached, when two address families fail differently. */
const TELLING: readonly Trouble[] = ["refused", "cut", "timeout"];

/** What went wrong with a socket, or with what came over it. */
export function troubleOfError(server: URL, thrown: unknown): LinkTrouble {
  const both = thrown instanceof AggregateError ? (thrown.errors as readonly unknown[]) : [];
  const found = [thrown, ...both].map((error) => ({ error, reason: reasonOfError(error) }));
  const { reason, error } = TELLING.map((one) => found.find((it) => it.reason === one)).find(Boolean) ??
    found[0] ?? { reason: "nonsense" as const, error: thrown };
  const detail = codeOf(error) || (thrown instanceof Error ? thrown.message : String(thrown));
  const words = reason === "certificate" ? trustWords(server, error) : wordsFor(reason, server, detail);
  return { reason, detail, words };
}

function reasonOfError(error: unknown): Trouble {
  if (isAboutTrust(error)) return "certificate";
  const code = codeOf(error);
  const known = SYSTEM[code];
  if (known) return known;
  if (code === "EPROTO" || code.startsWith("ERR_SSL_") || code.startsWith("ERR_TLS_")) return "tls";
  if (error instanceof Error && /socket hang up/.test(error.message)) return "cut";
  // `ws` has no code for what is no upgrade.
  return error instanceof Error && /^(?:Invalid (?:Upgrade|Sec-)|Server sent)/.test(error.message)
    ? "no-websocket"
    : "nonsense";
}

/** What came in place of the beginning of a WebSocket. Redirections are never followed. */
export function troubleOfAnswer(
  server: URL,
  { statusCode: status = 0, headers }: Pick<IncomingMessage, "statusCode" | "headers">,
): LinkTrouble {
  const reason = reasonOfAnswer(server, status, headers);
  const detail = headers.location === undefined ? `HTTP ${status}` : `HTTP ${status} ${headers.location.slice(0, 100)}`;
  const waitMs = reason === "full" ? (waitAsked(headers["retry-after"]) ?? 0) : undefined;
  return { reason, detail, waitMs, words: wordsFor(reason, server, detail) };
}

function reasonOfAnswer(server: URL, status: number, { location }: IncomingMessage["headers"]): Trouble {
  if (status === 511) return "captive-portal";
  if (status >= 300 && status < 400) return isSameHost(server, location) ? "redirect" : "captive-portal";
  // A server that speaks to the relay never answers 200 here: somebody's page.
  if (status < 300) return "captive-portal";
  if (status === 400 || status === 426) return "no-websocket";
  if (status === 401 || status === 403) return "not-let-in";
  if (status === 404 || status === 405 || status === 410) return "wrong-path";
  if (status === 503 || status === 429) return "full";
  return "proxy";
}

const isSameHost = (server: URL, location = ""): boolean =>
  URL.canParse(location, server.href) && new URL(location, server).hostname === server.hostname;

/** `Retry-After` in ms. A date is not taken: it is by a clock that is not known. */
export function waitAsked(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : undefined;
}

/** The line for a trouble that is known by name. */
export const trouble = (reason: Trouble, server: URL, detail: string): LinkTrouble => ({
  reason,
  detail,
  words: wordsFor(reason, server, detail),
});

function wordsFor(reason: Trouble, server: URL, detail: string): Words {
  const [vi, en] = LINES[reason](server);
  return { vi: `${vi} (${detail})`, en: `${en} (${detail})` };
}

const LINES: Readonly<Record<Trouble, (server: URL) => readonly [vi: string, en: string]>> = {
  dns: ({ hostname }) => [
    `Không tìm ra địa chỉ của ${hostname}: mạng chưa lên, DNS hỏng, hoặc --server viết sai.`,
    `No address is found for ${hostname}: the network is not up, DNS fails, or --server is misspelt.`,
  ],
  refused: ({ host }) => [
    `Máy ở ${host} có đó nhưng không mở cổng này: máy chủ đang tắt hoặc đang khởi động lại, hoặc sai cổng.`,
    `The machine at ${host} is there and the port is closed: the server is off or starting, or the port is wrong.`,
  ],
  unreachable: ({ host }) => [
    `Không có đường tới ${host}: xem dây mạng, SIM 4G, và máy có địa chỉ IPv4 hoặc IPv6 không.`,
    `There is no way to ${host}: look at cable and SIM, and whether the machine has an IPv4 or IPv6 address.`,
  ],
  timeout: ({ host }) => [
    `${host} không trả lời: sóng yếu, tường lửa chặn, hoặc máy chủ mất điện.`,
    `${host} does not answer: a weak signal, a firewall, or a server without power.`,
  ],
  cut: ({ host }) => [
    `Kết nối tới ${host} bị ngắt giữa chừng: mạng chập chờn, hoặc thiết bị trung gian cắt.`,
    `The connection to ${host} was cut off: an unsteady network, or something between.`,
  ],
  "dead-link": ({ host }) => [
    `Đường tới ${host} đã đứt mà không báo: không nghe được gì nữa nên loa bỏ kết nối này và nối lại.`,
    `The link to ${host} died without a word: nothing was heard any more, so it is given up and made anew.`,
  ],
  silent: ({ host }) => [
    `${host} nhận kết nối rồi im lặng: máy chủ treo, hoặc proxy ở giữa giữ lại dữ liệu.`,
    `${host} takes the connection and says nothing: the server hangs, or a proxy between holds back what is said.`,
  ],
  "captive-portal": ({ host }) => [
    `Mạng này trả về trang đăng nhập thay cho ${host}: hãy đăng nhập mạng (wifi công cộng, SIM hết tiền) hoặc đổi mạng.`,
    `This network answers with a log-in page in place of ${host}: log in to it (public wifi, empty SIM), or use another.`,
  ],
  redirect: ({ host }) => [
    `${host} chỉ sang địa chỉ khác, loa không đi theo: hãy ghi đúng địa chỉ cuối (thường là https://) vào --server.`,
    `${host} points to another address, which is not followed: give the final one (mostly https://) as --server.`,
  ],
  "no-websocket": ({ host }) => [
    `Có thiết bị trung gian (proxy) trước ${host} không cho qua WebSocket: nhờ người quản mạng mở, hoặc dùng https://.`,
    `Something before ${host} (a proxy) does not let WebSocket through: have it opened, or use https://.`,
  ],
  proxy: ({ host }) => [
    `Proxy trước ${host} trả lời mà không tới được máy chủ: máy chủ đang tắt, hoặc proxy hỏng hay cần đăng nhập.`,
    `A proxy before ${host} answers and does not reach the server: it is off, or the proxy fails or wants a log-in.`,
  ],
  "not-let-in": ({ host }) => [
    `${host} không cho vào: địa chỉ này không phải của đài, hoặc proxy đòi mật khẩu.`,
    `${host} does not let us in: the address is not the station's, or a proxy asks for a password.`,
  ],
  "wrong-path": ({ href }) => [
    `Ở ${href} không có đài nào: xem lại --server, nhất là phần sau tên máy.`,
    `There is no station at ${href}: look at --server, above all at what follows the name.`,
  ],
  full: ({ host }) => [
    `Máy chủ ${host} đang bận đón nhiều loa: loa chờ theo lời máy chủ rồi nối lại, không phải làm gì.`,
    `The server ${host} is busy with many receivers: this one waits as it was told to. Nothing is to be done.`,
  ],
  nonsense: ({ host }) => [
    `${host} nói điều loa không hiểu: sai cổng, proxy làm hỏng dữ liệu, hoặc hai bên khác phiên bản.`,
    `${host} says what this receiver does not understand: a wrong port, a proxy that garbles, or versions that differ.`,
  ],
  tls: ({ host }) => [
    `Không bắt tay TLS được với ${host}: địa chỉ này có thể chỉ nói http://, hoặc có thiết bị xen giữa.`,
    `TLS does not begin with ${host}: perhaps it only speaks http://, or something stands between.`,
  ],
  certificate: ({ host }) => [`Không tin được chứng chỉ của ${host}.`, `The certificate of ${host} is not trusted.`],
};

const codeOf = (thrown: unknown): string => (thrown instanceof Error && "code" in thrown ? String(thrown.code) : "");
