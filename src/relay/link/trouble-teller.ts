/**
 * Tells people about the link: each trouble once, and then seldom, however often it is met.
 *
 * @module
 */
import type { Clock } from "../../base/clock.js";
import type { Words } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import type { LinkReason } from "../../protocol/link-reasons.js";
import type { LinkTrouble } from "./link-trouble.js";

/** A trouble that stays is told again after this, ms: whoever opens the log sees that it is still there. */
const AGAIN = 3_600_000;
/** One that comes back after a connection is told again after this, ms: a link that flaps does not fill the log. */
const AGAIN_AFTER_CONNECTION = 60_000;

/** How long there was no connection, and what for, as the next greeting tells it. */
export interface Away {
  readonly why: LinkReason;
  /** Milliseconds. */
  readonly forMs: number;
}

export interface TroubleTeller {
  met(server: URL, trouble: LinkTrouble): void;
  /** There is a connection. */
  connected(server: URL, session: string): void;
  /** For how long there has been none, and what kept it away for the longest part; `undefined` when nothing was wrong. */
  away(): Away | undefined;
}

export interface TellerOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Shows a line to the person at the console. */
  readonly onTold?: ((words: Words) => void) | undefined;
}

export function createTroubleTeller({ clock, log, onTold = () => {} }: TellerOptions): TroubleTeller {
  /** By address. */
  const told = new Map<string, { readonly reason: LinkReason; readonly at: number }>();
  let since: number | undefined;
  let latest: { readonly why: LinkReason; readonly at: number } | undefined;
  /** For how long each has been the latest that was met, ms. */
  const lasted = new Map<LinkReason, number>();
  let tries = 0;
  let connectedAt = 0;
  let isToldSince = false;

  const isNews = (server: URL, reason: LinkReason): boolean => {
    const before = told.get(server.origin);
    if (before?.reason !== reason) return true;
    const after = before.at < connectedAt ? AGAIN_AFTER_CONNECTION : AGAIN;
    return clock.now() - before.at >= after;
  };

  /** Adds the time since then to the trouble that was met last. */
  const count = () => {
    if (latest === undefined) return;
    lasted.set(latest.why, (lasted.get(latest.why) ?? 0) + clock.now() - latest.at);
    latest = { why: latest.why, at: clock.now() };
  };
  const away = () => {
    count();
    // A connection that breaks off is seldom what keeps it away: that is what it meets from then on.
    const [longest] = [...lasted].reverse().sort(([, one], [, other]) => other - one);
    return since === undefined || !longest ? undefined : { why: longest[0], forMs: Math.round(clock.now() - since) };
  };
  return {
    met(server, { reason, detail, words }) {
      tries += 1;
      since ??= clock.now();
      count();
      latest = { why: reason, at: clock.now() };
      if (!isNews(server, reason)) return;
      isToldSince = true;
      told.set(server.origin, { reason, at: clock.now() });
      log.warn("relay.link-failed", {
        server: server.origin,
        reason,
        detail,
        tries,
        hint: `${words.vi} / ${words.en}`,
      });
      onTold(words);
    },
    connected(server, session) {
      log.info("relay.connected", { server: server.origin, session, tries, ...away() });
      if (isToldSince)
        onTold({ vi: `Đã nối lại với đài qua ${server.host}.`, en: `Connected again by ${server.host}.` });
      isToldSince = false;
      connectedAt = clock.now();
      [since, latest] = [undefined, undefined];
      lasted.clear();
      tries = 0;
    },
    away,
  };
}
