/**
 * What stands between a loudspeaker and its station, as one code for the log and one plain line for the person who looks
 * after the box: what is wrong, and what to do.
 *
 * @module
 */
import type { IncomingMessage } from "node:http";
import type { Words } from "../../base/errors.js";
import { type LinkReason, linkWords } from "../../protocol/link-reasons.js";
import { isAboutTrust, trustWords } from "./tls-words.js";

/** What is wrong, where it was met. */
export interface LinkTrouble {
  readonly reason: LinkReason;
  /** What exactly: the system's code, or the HTTP status. */
  readonly detail: string;
  readonly words: Words;
  /** The wait that the server asks for. */
  readonly waitMs?: number | undefined;
}

const SYSTEM: Readonly<Record<string, LinkReason>> = {
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
const TELLING: readonly LinkReason[] = ["refused", "cut", "timeout"];

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

function reasonOfError(error: unknown): LinkReason {
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

function reasonOfAnswer(server: URL, status: number, { location }: IncomingMessage["headers"]): LinkReason {
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
export const trouble = (reason: LinkReason, server: URL, detail: string): LinkTrouble => ({
  reason,
  detail,
  words: wordsFor(reason, server, detail),
});

function wordsFor(reason: LinkReason, server: URL, detail: string): Words {
  const { vi, en } = linkWords(reason, nameOf(reason, server));
  return { vi: `${vi} (${detail})`, en: `${en} (${detail})` };
}

/** As much of the address as the trouble is about. */
function nameOf(reason: LinkReason, { host, hostname, href }: URL): Words {
  const name = reason === "dns" ? hostname : reason === "wrong-path" ? href : host;
  return { vi: name, en: name };
}

const codeOf = (thrown: unknown): string => (thrown instanceof Error && "code" in thrown ? String(thrown.code) : "");
