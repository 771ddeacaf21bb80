/**
 * Who may come in while there are no accounts: whoever holds the station's token, as a bearer token (programs) or as a
 * cookie that was given for it (browsers).
 *
 * @module
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Clock } from "../../base/clock.js";
import type { ReceiverId } from "../../domain/ids.js";
import type { DeviceVerbs } from "./control-verbs.js";

/** A browser that entered stays in for a week, then opens the link again. */
export const COOKIE_SECONDS = 7 * 24 * 3600;
export const COOKIE = "loa_station";
/** Longest token that is looked at, letters. */
const MAX_TOKEN = 512;

/** What is asked of a request. */
export interface Access {
  /** Whether it carries the station's token, or a cookie that is still good. */
  isLetIn(request: IncomingMessage): boolean;
  isRightToken(token: string): boolean;
  /** The value of a fresh cookie. It is not the token and does not lead back to it. */
  newCookie(): string;
}

/** @param token the station's token, at least 16 letters */
export function createAccess({ token, clock }: { token: string; clock: Clock }): Access {
  if (token.length < 16) throw new RangeError("the station's token is shorter than 16 letters");
  // Both sides are hashed first, so that neither the comparison's time nor its length tells anything.
  const mac = (text: string) => createHmac("sha256", token).update(text).digest();
  const right = mac(token);
  const sign = (expires: number) => mac(`cookie ${expires}`).toString("base64url");
  const isRightToken = (given: string) => given.length <= MAX_TOKEN && timingSafeEqual(mac(given), right);

  function isRightCookie(cookie: string): boolean {
    const [expires = "", signature = ""] = cookie.split(".");
    if (!/^\d{1,15}$/.test(expires) || Number(expires) * 1000 <= clock.date()) return false;
    return timingSafeEqual(mac(signature), mac(sign(Number(expires))));
  }

  return {
    isLetIn(request) {
      const bearer = bearerOf(request);
      if (bearer !== undefined) return isRightToken(bearer);
      return isRightCookie(cookieOf(request));
    },
    isRightToken,
    newCookie() {
      const expires = Math.floor(clock.date() / 1000) + COOKIE_SECONDS;
      return `${expires}.${sign(expires)}`;
    },
  };
}

/** The token of `Authorization: Bearer …`, if there is one of sensible length. */
export function bearerOf(request: IncomingMessage): string | undefined {
  const token = /^Bearer ([\x21-\x7e]+)$/i.exec(request.headers.authorization ?? "")?.[1];
  return token !== undefined && token.length <= MAX_TOKEN ? token : undefined;
}

/** The receiver that asks, by the token of its connection; `undefined` for a stranger. */
export const receiverAsking = (
  request: IncomingMessage,
  control: Pick<DeviceVerbs, "receiverOf">,
): ReceiverId | undefined => control.receiverOf(bearerOf(request) ?? "");

function cookieOf(request: IncomingMessage): string {
  const pairs = (request.headers.cookie ?? "").slice(0, 8192).split(";");
  const pair = pairs.map((one) => one.trim()).find((one) => one.startsWith(`${COOKIE}=`));
  return pair?.slice(COOKIE.length + 1, COOKIE.length + 1 + MAX_TOKEN) ?? "";
}
