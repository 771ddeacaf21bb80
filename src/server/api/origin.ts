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
  return request.headers["sec-fetch-site"] !== "cross-site";
}

/** Whether the connection comes from this machine itself, not through a proxy that speaks for others. */
export function isNear(request: IncomingMessage): boolean {
  const address = request.socket.remoteAddress ?? "";
  const isLoopback = address === "::1" || /^(?:::ffff:)?127\./.test(address);
  return isLoopback && request.headers["x-forwarded-for"] === undefined && request.headers.forwarded === undefined;
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

/** What browsers may do with our answers: nothing that did not come from here, no frames, no guessing of types. */
export const secureHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    "Content-Security-Policy":
      "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
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
