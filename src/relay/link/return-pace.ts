/**
 * How long a receiver stays away before it tries again. Thousands lose a server in the same second and must not come back in one,
 * and none may ask without end at a server that lets it in and throws it out.
 *
 * @module
 */
import { backoff } from "../../base/backoff.js";
import { type Instant, type Ms, ms } from "../../base/units.js";

/** Bounds of the wait before the next try. */
const BASE = ms(1000);
const CAP = ms(60_000);
/** Tries after which the wait has reached its bound. */
const MANY = 6;
/** A connection that held this long was a good one, ms: the waits begin anew. */
const GOOD = 30_000;
/** Longest wait that a server may ask for, ms. Whoever asks for more is not meant: it would be a way to silence a loudspeaker. */
const MOST_ASKED = 600_000;
/**
 * How long to wait before asking again whether a person has confirmed; from half of it to one and a half, ms. At first somebody
 * stands before the device and waits, later nobody does.
 */
const ASK_AGAIN = 10_000;
const ASK_SOON = 2_000;
/** For how long it is asked soon, ms. */
const AT_FIRST = 900_000;

/**
 * Why to wait: `lost` the connection ended, or there was none; `elsewhere` there is another address to try first; `asked` the
 * server named a time; `last` nobody is helped by asking soon; `unconfirmed` a person has to act.
 */
export type Cause = "lost" | "elsewhere" | "last" | "unconfirmed" | { readonly askedMs: number };

export interface ReturnPace {
  /** The server has let it in, and says over how long those who lose it come back. */
  welcomed(now: Instant, spreadMs: number): void;
  /** The server says goodbye and names a wait. */
  bye(waitMs: number): void;
  /** The wait until the next try. */
  wait(now: Instant, cause: Cause): Ms;
  /** Tries since the last good connection. */
  tries(): number;
}

/** @param random a number in [0, 1) */
export function createReturnPace(random: () => number): ReturnPace {
  let tries = 0;
  let spread = 0;
  let welcomedAt: Instant | undefined;
  let unconfirmedSince: Instant | undefined;

  const ownWait = (isFirst: boolean) =>
    isFirst && spread > 0 ? ms(random() * spread) : backoff(tries, { base: BASE, cap: CAP, random });

  return {
    welcomed(now, spreadMs) {
      welcomedAt = now;
      unconfirmedSince = undefined;
      spread = within(spreadMs);
    },
    bye(waitMs) {
      spread = Math.max(spread, within(waitMs));
    },
    wait(now, cause) {
      if (welcomedAt !== undefined && now - welcomedAt >= GOOD) tries = 0;
      const isFirst = welcomedAt !== undefined && tries === 0;
      welcomedAt = undefined;
      if (cause === "unconfirmed") {
        unconfirmedSince ??= now;
        return ms((now - unconfirmedSince < AT_FIRST ? ASK_SOON : ASK_AGAIN) * (0.5 + random()));
      }
      if (cause === "elsewhere") return ms(random() * BASE);
      if (cause === "last") tries = Math.max(tries, MANY);
      const own = ownWait(isFirst);
      tries += 1;
      if (typeof cause === "string") return own;
      const asked = within(cause.askedMs);
      return ms(Math.max(own, asked * (1 + random() / 2)));
    },
    tries: () => tries,
  };
}

const within = (asked: number): number => Math.min(MOST_ASKED, Math.max(0, asked));
