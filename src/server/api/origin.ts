/**
 * Keeps other web pages out: a page that a browser has open elsewhere can send requests here, and a name that its owner
 * points at this address (DNS rebinding) could even read the answers.
 *
 * @module
 */
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import type { RequestHandler } from "express";
import { Fault } from "../../base/errors.js";

const LOOPBACK_NAMES = ["localhost", "127.0.0.1", "::1"];
/** Of a long list of proxies only the end is looked at, letters. */
const MAX_FORWARDED = 200;
const SAFE_METHODS = ["GET", "HEAD", "OPTIONS"];

/**
 * Whether the request was addressed to a name this station goes by: the loopback names, the configured ones, or a bare
 * IP address, which no stranger can point elsewhere.
 */
export function isOwnHost(request: IncomingMessage, hosts: readonly string[]): boolean {
  const name = nameOf(request.headers.host);
  return name !== undefined && (isIP(name) !== 0 || LOOPBACK_NAMES.includes(name) || hosts.includes(name));
}

/** Whether no web page sent it, or one of this very station did. */
export function isOwnOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  if (origin !== undefined) return origin === `http://${host}` || origin === `https://${host}`;
  const site = request.headers["sec-fetch-site"];
  return site === undefined || site === "same-origin" || site === "none";
}

const isLoopback = (address: string): boolean => address === "::1" || /^(?:::ffff:)?127\./.test(address);

/**
 * The network address that somebody comes from. A proxy on this machine tells whom it speaks for in the last entry of
 * `X-Forwarded-For`; what anybody else writes there is not believed.
 */
export function addressOf(request: IncomingMessage): string {
  const peer = request.socket.remoteAddress ?? "";
  if (!isLoopback(peer)) return peer;
  const told = String(request.headers["x-forwarded-for"] ?? "")
    .slice(-MAX_FORWARDED)
    .split(",")
    .at(-1);
  const address = told?.trim() ?? "";
  return isIP(address) === 0 ? peer : address;
}

/** Whether the connection comes from this machine itself, not through a proxy that speaks for others. */
export function isNear(request: IncomingMessage): boolean {
  return (
    isLoopback(request.socket.remoteAddress ?? "") &&
    request.headers["x-forwarded-for"] === undefined &&
    request.headers.forwarded === undefined
  );
}

/** Refuses foreign hosts always, and foreign origins when something would change. */
export function guardOrigin(hosts: readonly string[]): RequestHandler {
  return (request, _response, next) => {
    if (!isOwnHost(request, hosts)) throw new Fault("forbidden", FOREIGN_HOST, { reason: "foreign-host" });
    if (!SAFE_METHODS.includes(request.method) && !isOwnOrigin(request))
      throw new Fault("forbidden", FOREIGN_ORIGIN, { reason: "foreign-origin" });
    next();
  };
}

/** Seconds for which a browser that came by TLS comes by nothing else. */
const YEAR = 365 * 24 * 3600;

/** What browsers may do with our answers: nothing that did not come from here, no frames, no guessing of types. */
export const secureHeaders =
  (isSecure: boolean): RequestHandler =>
  (_request, response, next) => {
    if (isSecure) response.set("Strict-Transport-Security", `max-age=${YEAR}; includeSubDomains`);
    response.set({
      "Content-Security-Policy":
        "default-src 'none'; object-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      "X-Content-Type-Options": "nosniff",
      "X-Frame-Options": "DENY",
      // Not `no-referrer`: browsers then say `Origin: null` even to ourselves, and our own forms would be refused.
      "Referrer-Policy": "same-origin",
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Resource-Policy": "same-origin",
      "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
      "Cache-Control": "no-store",
    });
    next();
  };

/** The name part of a Host header, lower case, without port and brackets. */
function nameOf(host: string | undefined): string | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:[\]/@\s]+))(?::\d{1,5})?$/i.exec(host ?? "");
  return (match?.[1] ?? match?.[2])?.toLowerCase();
}

const FOREIGN_HOST = {
  vi: "Đài không nhận tên này. Hãy mở bằng localhost hoặc bằng địa chỉ IP của máy.",
  en: "The station does not go by this name. Use localhost or the machine's IP address.",
};
const FOREIGN_ORIGIN = {
  vi: "Yêu cầu đến từ một trang web khác nên bị từ chối. Không có gì thay đổi.",
  en: "The request came from another web page and was refused. Nothing has changed.",
};
