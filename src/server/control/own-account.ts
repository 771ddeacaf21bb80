/**
 * What people do about their own account: another password, a second factor, showing again that it is them.
 *
 * @module
 */
import type { AccountId, Person } from "../../domain/person.js";
import type { AccountParts, Site, Whence } from "./account-parts.js";
import * as words from "./account-words.js";
import type { SecondFactors } from "./second-factors.js";
import type { SessionBook } from "./session-book.js";
import type { createSignIn, Proof } from "./sign-in.js";

/** Who is logged in where. */
export interface Own {
  readonly account: AccountId;
  readonly session: string;
  /** The same as the log names them, with where they came from and what they have shown. */
  readonly person: Person;
}

export interface OwnParts extends AccountParts {
  readonly book: SessionBook;
  readonly factors: SecondFactors;
  readonly signIn: ReturnType<typeof createSignIn>;
}

/** Each verb that changes what a session is worth returns its new secret. */
export function ownVerbs({ accounts, proofs, facts, asRun, book, factors, signIn }: OwnParts) {
  const nameOf = (id: AccountId) => accounts.get(id)?.name ?? id;
  /** A factor that came counts as shown, and every other browser must show it, too. */
  const renew = async ({ account, session }: Own, factor: "totp" | "passkey", recovery: readonly string[]) => {
    await book.endAll(account, session);
    return { secret: renewed(await book.prove(session, factor)), recovery };
  };

  return {
    /** @throws Fault "forbidden" for a wrong proof, "busy" with the seconds to wait */
    async prove({ account, session, person }: Own, proof: Proof, whence: Whence & { site: Site }): Promise<string> {
      const factor = await signIn.showAgain(account, proof, whence);
      const secret = renewed(await book.prove(session, factor));
      asRun.event({ kind: "login.proven", by: { ...person, factor }, why: factor, detail: { account } });
      return secret;
    },
    askAgain: ({ account }: Own, site: Site): Promise<object> => factors.askPasskey(account, site),
    /** Another password; every other session of the account is over. */
    async changePassword(
      { account: id, session, person: by }: Own,
      { present, password }: { readonly present: string; readonly password: string },
      whence: Whence,
    ): Promise<string> {
      await signIn.recognise(id, present, whence);
      const places = [...facts.areas.values()].map(({ name }) => name);
      const weakness = await proofs.weaknessOf(password, [id, nameOf(id), facts.name, ...places]);
      if (weakness) throw words.weak(weakness);
      const passwordHash = await proofs.hashPassword(password);
      const account = accounts.get(id);
      if (!account) throw words.noAccount(id);
      const after = { ...account, passwordHash };
      await accounts.put(after);
      await book.endAll(id, session);
      asRun.event({ kind: "account.password", by, detail: { account: id }, before: account, after });
      return renewed(await book.rotate(session));
    },
    startTotp: ({ account }: Own) => factors.startTotp(account),
    async addTotp(own: Own, code: string) {
      const recovery = await factors.addTotp(own.account, code, own.person);
      return await renew(own, "totp", recovery);
    },
    removeTotp: ({ account, person }: Own) => factors.removeTotp(account, person),
    startPasskey: ({ account }: Own, site: Site) => factors.startPasskey(account, site),
    async addPasskey(own: Own, made: { readonly name: string; readonly response: unknown }, site: Site) {
      const recovery = await factors.addPasskey(own, made, site);
      return await renew(own, "passkey", recovery);
    },
    removePasskey: (own: Own, key: string) => factors.removePasskey(own, key),
    renewRecovery: ({ account, person }: Own) => factors.renewRecovery(account, person),
  };
}

/** The session may have ended while the proof was being looked at. */
function renewed(secret: string | undefined): string {
  if (secret === undefined) throw words.noSession();
  return secret;
}
