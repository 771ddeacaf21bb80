/**
 * What a connected device shows when it fetches over HTTP: a random token for each connection, good while that lives and a
 * little longer, so that a short loss of the connection breaks no download.
 *
 * @module
 */
import type { Clock } from "../../base/clock.js";
import { type Instant, later, minutes } from "../../base/units.js";
import type { ReceiverId } from "../../domain/ids.js";
import { createToken, hashToken } from "./token.js";

/** How long a token outlives its connection. */
export const OUTLIVES = minutes(10);

export interface ConnectionTokens {
  /** A fresh one for a new connection. The receiver's earlier one is on its way out. */
  give(receiver: ReceiverId): string;
  /** Its connection is over. */
  ended(receiver: ReceiverId): void;
  /** None of its tokens is good any more. */
  revoke(receiver: ReceiverId): void;
  /** Whose it is, while it is good. Looked up by hash, so its time tells nothing about the token. */
  receiverOf(token: string): ReceiverId | undefined;
}

interface Held {
  readonly receiver: ReceiverId;
  /** Absent while the connection lives. */
  until?: Instant;
}

export function createConnectionTokens(clock: Clock): ConnectionTokens {
  const byHash = new Map<string, Held>();
  const current = new Map<ReceiverId, string>();
  /** Hashes of tokens on their way out, in the order in which they end. */
  let ending: string[] = [];

  const sweep = () => {
    const good = ending.findIndex((hash) => !isOver(byHash.get(hash), clock.now()));
    const over = good === -1 ? ending : ending.slice(0, good);
    if (over.length === 0) return;
    for (const hash of over) byHash.delete(hash);
    ending = ending.slice(over.length);
  };
  const ended = (receiver: ReceiverId) => {
    const hash = current.get(receiver);
    const held = hash === undefined ? undefined : byHash.get(hash);
    current.delete(receiver);
    if (hash === undefined || held === undefined) return;
    held.until = later(clock.now(), OUTLIVES);
    ending.push(hash);
  };

  return {
    give(receiver) {
      sweep();
      ended(receiver);
      const token = createToken();
      const hash = hashToken(token);
      byHash.set(hash, { receiver });
      current.set(receiver, hash);
      return token;
    },
    ended,
    revoke(receiver) {
      current.delete(receiver);
      for (const [hash, held] of byHash) if (held.receiver === receiver) byHash.delete(hash);
    },
    receiverOf(token) {
      const held = byHash.get(hashToken(token));
      return held === undefined || isOver(held, clock.now()) ? undefined : held.receiver;
    },
  };
}

const isOver = (held: Held | undefined, now: Instant): boolean =>
  held === undefined || (held.until !== undefined && now >= held.until);
