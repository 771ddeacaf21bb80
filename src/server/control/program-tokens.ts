/**
 * Tokens that people make for programs of theirs: with a scope, an area and an end. Of a token only the hash is kept.
 *
 * @module
 */

import { hours, minutes } from "../../base/units.js";
import type { ProgramToken } from "../../domain/account.js";
import type { LineKind } from "../../domain/line-words.js";
import type { Grant } from "../../domain/permission.js";
import type { AccountId, Person } from "../../domain/person.js";
import type { AccountParts } from "./account-parts.js";
import * as words from "./account-words.js";

/** By it a token is told from the station's own, and found by whoever looks for secrets in files. */
export const PROGRAM_PREFIX = "loa_";
/** So many of one account. */
const MOST_OF_ONE = 20;
const DAY = hours(24);
/** How precisely it is kept when a token was last used. */
const NOTED = minutes(5);

export interface NewProgramToken {
  readonly name: string;
  readonly grants: readonly Grant[];
  readonly days: number;
}

export function createProgramTokens({ programs, proofs, now, asRun, facts }: AccountParts) {
  const byHash = new Map(programs.all().map(({ hash, id }) => [hash, id]));
  const isOver = ({ expiresAt }: ProgramToken) => expiresAt <= now();
  const write = (kind: LineKind, token: ProgramToken, by: Person) => {
    const side = kind === "token.created" ? { after: token } : { before: token };
    asRun.event({ kind, by, detail: { account: token.account, token: token.id, name: token.name }, ...side });
  };

  return {
    /** @throws Fault "invalid" for an area that is not there, "conflict" when the account has too many */
    async createProgramToken(
      account: AccountId,
      { name, grants, days }: NewProgramToken,
      by: Person,
    ): Promise<{ readonly token: ProgramToken; readonly secret: string }> {
      grants.forEach(({ area }, at) => {
        if (area !== undefined && !facts.areas.has(area)) throw words.unknownArea(area, at, "grants");
      });
      const over = programs.all().filter(isOver);
      for (const { id, hash } of over) {
        byHash.delete(hash);
        await programs.delete(id);
      }
      if (programs.all().filter((one) => one.account === account).length >= MOST_OF_ONE) throw words.tooManyTokens();
      const secret = `${PROGRAM_PREFIX}${proofs.newSecret()}`;
      const token: ProgramToken = {
        ...{ id: proofs.newId(), hash: proofs.hashOf(secret), name, account, grants: [...grants] },
        ...{ createdAt: now(), expiresAt: now() + days * DAY },
      };
      await programs.put(token, 0);
      byHash.set(token.hash, token.id);
      write("token.created", token, by);
      return { token, secret };
    },
    programTokens: () => programs.all().filter((one) => !isOver(one)),
    async revokeProgramToken(id: string, by: Person): Promise<void> {
      const token = programs.get(id);
      if (!token) throw words.noToken();
      byHash.delete(token.hash);
      await programs.delete(id);
      write("token.revoked", token, by);
    },
    /** The token of this secret while it holds. */
    programOf(secret: string): ProgramToken | undefined {
      const id = byHash.get(proofs.hashOf(secret));
      const token = id === undefined ? undefined : programs.get(id);
      if (!token || isOver(token)) return undefined;
      if (now() - (token.usedAt ?? 0) >= NOTED)
        // Only for the list: were it lost, nobody would be let in or kept out by it.
        void programs.put({ ...token, usedAt: now() }).catch(() => {});
      return token;
    },
  };
}
