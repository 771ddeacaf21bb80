/**
 * Who is logged in where. A session is a secret in a browser's cookie, of which the station keeps the hash.
 *
 * @module
 */
import { hours, minutes } from "../../base/units.js";
import type { Session } from "../../domain/account.js";
import type { AccountId, Factor } from "../../domain/person.js";
import type { AccountParts, Whence } from "./account-parts.js";

/** Unused for so long, or this old, a session is over. */
export const IDLE = hours(12);
export const LONGEST = hours(7 * 24);
/** Browsers in which one account is logged in; the one that was used longest ago gives way. */
export const MOST_OF_ONE = 20;
/** How precisely it is kept when a session was last used: not every request is worth a write. */
const NOTED = minutes(5);

export interface SessionBook {
  /** A fresh one; the secret is said once and never kept. */
  open(of: { account: AccountId; factor: Factor } & Whence): Promise<{ secret: string; session: Session }>;
  /** The session of this secret while it holds; asking counts as using it. */
  find(secret: string): Session | undefined;
  /** Notes a fresh proof and gives the session another secret, so that one that leaked before is worth nothing. */
  prove(id: string, factor: Factor): Promise<string | undefined>;
  /** Another secret for the same session. */
  rotate(id: string): Promise<string | undefined>;
  of(account: AccountId): readonly Session[];
  /** Whether it still holds; asking does not count as using it. */
  holds(id: string): boolean;
  end(id: string): Promise<void>;
  /** All of an account, but for one. */
  endAll(account: AccountId, but?: string): Promise<void>;
  /** Calls `listener` with the id of each session that is ended, until the returned function is called. */
  onEnd(listener: (id: string) => void): () => void;
}

export function createSessionBook({
  sessions,
  proofs,
  now,
}: Pick<AccountParts, "sessions" | "proofs" | "now">): SessionBook {
  const byHash = new Map(sessions.all().map(({ hash, id }) => [hash, id]));
  /** When each was last used, more precisely than what is kept. */
  const used = new Map<string, number>();
  const listeners = new Set<(id: string) => void>();

  const isOver = ({ id, openedAt, usedAt }: Session) => {
    const last = Math.max(usedAt, used.get(id) ?? 0);
    return now() - openedAt >= LONGEST || now() - last >= IDLE;
  };
  const standing = (id: string): Session | undefined => {
    const session = sessions.get(id);
    return session && !isOver(session) ? session : undefined;
  };
  async function end(id: string): Promise<void> {
    const session = sessions.get(id);
    if (!session) return;
    byHash.delete(session.hash);
    used.delete(id);
    for (const listener of listeners) listener(id);
    await sessions.delete(id);
  }
  async function change(id: string, more: Partial<Session>): Promise<string | undefined> {
    const session = standing(id);
    if (!session) return undefined;
    const secret = proofs.newSecret();
    const hash = proofs.hashOf(secret);
    byHash.delete(session.hash);
    byHash.set(hash, id);
    await sessions.put({ ...session, ...more, hash, usedAt: now() });
    return secret;
  }

  return {
    async open({ account, factor, from, agent }) {
      await Promise.all(
        sessions
          .all()
          .filter(isOver)
          .map(({ id }) => end(id)),
      );
      const own = sessions.all().filter((session) => session.account === account);
      const last = ({ id, usedAt }: Session) => Math.max(usedAt, used.get(id) ?? 0);
      const spare = own.toSorted((a, b) => last(a) - last(b)).slice(0, Math.max(0, own.length - MOST_OF_ONE + 1));
      await Promise.all(spare.map(({ id }) => end(id)));
      const secret = proofs.newSecret();
      const at = now();
      const session: Session = {
        ...{ id: proofs.newId(), hash: proofs.hashOf(secret), account },
        ...{ openedAt: at, usedAt: at, provenAt: at, factor, from, agent: agent.slice(0, 200) },
      };
      await sessions.put(session);
      byHash.set(session.hash, session.id);
      return { secret, session };
    },
    find(secret) {
      const id = byHash.get(proofs.hashOf(secret));
      const session = id === undefined ? undefined : standing(id);
      if (!session) return undefined;
      used.set(session.id, now());
      if (now() - session.usedAt >= NOTED)
        // Were it lost, the session would end five minutes early: nobody waits for it, and nobody is told.
        void sessions.put({ ...session, usedAt: now() }).catch(() => {});
      return session;
    },
    prove: (id, factor) => change(id, { provenAt: now(), factor }),
    rotate: (id) => change(id, {}),
    of: (account) => sessions.all().filter((session) => session.account === account && !isOver(session)),
    holds: (id) => standing(id) !== undefined,
    end,
    async endAll(account, but) {
      const ended = sessions.all().filter(({ account: whose, id }) => whose === account && id !== but);
      await Promise.all(ended.map(({ id }) => end(id)));
    },
    onEnd(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
