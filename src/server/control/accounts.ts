/**
 * The verbs about people: the first account, invitations, roles, passwords, and what each of them may do.
 *
 * @module
 */

import { hours } from "../../base/units.js";
import { type Account, hasSecondFactor, type Session } from "../../domain/account.js";
import type { LineKind } from "../../domain/line-words.js";
import { type Grant, withoutSecondFactor } from "../../domain/permission.js";
import { type AccountId, accountIdSchema, type Person } from "../../domain/person.js";
import { type Assignment, FIRST_ROLES, grantsOf } from "../../domain/role.js";
import { zoneOf } from "../../domain/zone.js";
import type { AccountParts, Whence } from "./account-parts.js";
import * as words from "./account-words.js";
import { numberOf } from "./announcements.js";
import { ownVerbs } from "./own-account.js";
import { createProgramTokens } from "./program-tokens.js";
import { createSecondFactors } from "./second-factors.js";
import { createSessionBook } from "./session-book.js";
import { createGuesses, createSignIn, type Entered } from "./sign-in.js";
import { slugOf } from "./slug.js";

/** How long a link to enter for the first time holds, and one to choose a new password. */
const INVITED_FOR = hours(7 * 24);
const SET_UP_FOR = hours(24);

/** Who somebody is who has entered, and what they may do today. */
export interface Identity {
  readonly account: Account;
  readonly session: Session;
  readonly grants: readonly Grant[];
  /** Whether more would be allowed with a second factor. */
  readonly isLimited: boolean;
}

/** An invitation as it is handed over: the secret is in the link and nowhere else. */
export interface Invitation {
  readonly account: Account;
  readonly secret: string;
  readonly expiresAt: number;
}

export function createAccountVerbs(parts: AccountParts) {
  const { accounts, proofs, facts, now, asRun } = parts;
  const book = createSessionBook(parts);
  const guesses = createGuesses(parts);
  const factors = createSecondFactors(parts);
  const signIn = createSignIn({ ...parts, book, guesses, factors });
  const programs = createProgramTokens(parts);
  let setUp: { readonly hash: string; readonly expiresAt: number } | undefined;

  const get = (id: AccountId): Account => {
    const found = accounts.get(id);
    if (!found) throw words.noAccount(id);
    return found;
  };
  const hasAccounts = () => accounts.all().length > 0;
  const refuseWeak = async (password: string, names: readonly string[]) => {
    const places = [...facts.areas.values()].map(({ name }) => name.replace(/^(?:Phường|Xã|Tỉnh|Thành phố)\s+/i, ""));
    const weakness = await proofs.weaknessOf(password, [...names, facts.name, ...places]);
    if (weakness) throw words.weak(weakness);
  };
  const refuseUnknownAreas = (roles: readonly Assignment[]) => {
    roles.forEach(({ area }, at) => {
      if (area !== undefined && !facts.areas.has(area)) throw words.unknownArea(area, at);
    });
  };
  const write = (kind: LineKind, by: Person, { before, after }: { before?: Account; after: Account }) =>
    asRun.event({ kind, by, detail: { account: after.id }, before, after });
  const freshId = (name: string, wished?: AccountId): AccountId => {
    if (wished !== undefined && accounts.get(wished)) throw words.isTaken(wished);
    return wished ?? accountIdSchema.parse(slugOf(name, (slug) => accounts.get(slug as AccountId) !== undefined));
  };
  const newLink = (lastsMs: number, by: Person) => {
    const secret = proofs.newSecret();
    return { secret, kept: { hash: proofs.hashOf(secret), expiresAt: now() + lastsMs, by: by.name } };
  };
  /** Whether anybody but this account looks after the whole station. */
  const hasOtherOwner = (but: AccountId) =>
    accounts.all().some((one) => one.id !== but && isOwner(one) && !one.disabled && one.passwordHash !== undefined);

  /** What an account may do, less without a second factor where the station wants one. */
  const standing = (account: Account): { readonly grants: readonly Grant[]; readonly isLimited: boolean } => {
    const isLimited = facts.needsSecondFactor && !hasSecondFactor(account);
    const grants = grantsOf(account.roles);
    return { grants: isLimited ? withoutSecondFactor(grants) : grants, isLimited };
  };

  async function createFirst(about: { id?: AccountId | undefined; name: string; password: string }, whence: Whence) {
    const id = freshId(about.name, about.id);
    await refuseWeak(about.password, [id, about.name]);
    const passwordHash = await proofs.hashPassword(about.password);
    // Somebody else may have been quicker while the hash was being made.
    if (hasAccounts()) throw words.isSetUp();
    const roles = [...FIRST_ROLES, ...(facts.singleOfficer ? [{ role: "ward-leader" as const }] : [])];
    const account: Account = {
      ...{ id, name: about.name, roles, createdAt: now(), createdBy: about.name, passwordHash },
      ...{ passkeys: [], recovery: [] },
    };
    setUp = undefined;
    await accounts.put(account, 0);
    write("account.first", { name: about.name, account: id, from: whence.from }, { after: account });
    return account;
  }

  return {
    logIn: signIn.logIn,
    finishLogIn: signIn.finishLogIn,
    askAtDoor: signIn.askAtDoor,
    ...ownVerbs({ ...parts, book, factors, signIn }),
    ...programs,
    hasAccounts,
    here: () => ({ areas: facts.areas, today: zoneOf(facts.zone).toLocal(now()).date }),
    sessionHolds: book.holds,
    onSessionEnd: book.onEnd,
    async logOut(session: string, by: Person): Promise<void> {
      await book.end(session);
      asRun.event({ kind: "logout", by, detail: { account: by.account, session } });
    },
    /** A fresh secret for the link by which the first account is made, in place of any former one. */
    newSetUpLink(): { readonly secret: string; readonly expiresAt: number } {
      if (hasAccounts()) throw words.isSetUp();
      const { secret, kept } = newLink(SET_UP_FOR, { name: "" });
      setUp = kept;
      return { secret, expiresAt: kept.expiresAt };
    },
    /** @throws Fault "forbidden" for a link that is wrong, used or too old, "conflict" when there are accounts */
    async setUpStation(
      { link, ...about }: { link: string; id?: AccountId | undefined; name: string; password: string },
      whence: Whence,
    ): Promise<Entered> {
      if (hasAccounts()) throw words.isSetUp();
      guesses.refuseMany("set-up", whence.from);
      if (setUp === undefined || setUp.expiresAt <= now() || setUp.hash !== proofs.hashOf(link)) throw words.badLink();
      guesses.forgive("set-up", whence.from);
      const account = await createFirst(about, whence);
      const { secret } = await book.open({ account: account.id, factor: "password", ...whence });
      return { step: "inside", secret, account };
    },
    identify(secret: string): Identity | undefined {
      const session = book.find(secret);
      const account = session && accounts.get(session.account);
      if (!account || account.disabled) return undefined;
      return { account, session, ...standing(account) };
    },
    /** What the owner of a program may now, by the token's id; `undefined` once it holds no more. */
    grantsOfProgram(id: string): readonly Grant[] | undefined {
      const token = programs.programTokens().find((one) => one.id === id);
      const account = token && accounts.get(token.account);
      return account && !account.disabled ? standing(account).grants : undefined;
    },
    identifyProgram(secret: string) {
      const token = programs.programOf(secret);
      const account = token && accounts.get(token.account);
      if (!account || account.disabled) return undefined;
      return { token, account, ...standing(account) };
    },
    accounts: () => accounts.all(),
    account: get,
    /** Rises with each change of the account. */
    accountRevision: (id: AccountId) => String(accounts.version(id) ?? 0),
    sessionsOf: book.of,
    async endSession(account: AccountId, session: string, by: Person): Promise<void> {
      if (!book.of(account).some(({ id }) => id === session)) throw words.noSession();
      await book.end(session);
      asRun.event({ kind: "session.ended", by, detail: { account, session } });
    },
    async endSessionsOf(id: AccountId, by: Person): Promise<void> {
      const account = get(id);
      await book.endAll(id);
      write("account.logged-out", by, { before: account, after: account });
    },
    async invite(
      { id, name, roles }: { id?: AccountId | undefined; name: string; roles: readonly Assignment[] },
      by: Person,
    ): Promise<Invitation> {
      refuseUnknownAreas(roles);
      const { secret, kept } = newLink(INVITED_FOR, by);
      const account: Account = {
        ...{ id: freshId(name, id), name, roles: [...roles], createdAt: now(), createdBy: by.name },
        ...{ invitation: kept, passkeys: [], recovery: [] },
      };
      await accounts.put(account, 0);
      write("account.invited", by, { after: account });
      return { account, secret, expiresAt: kept.expiresAt };
    },
    /** A link to choose a new password. All that the account proves itself with is gone, and all its sessions. */
    async resetAccount(id: AccountId, by: Person): Promise<Invitation> {
      const before = get(id);
      const { passwordHash: _gone, totp: _also, ...rest } = before;
      const { secret, kept } = newLink(INVITED_FOR, by);
      const account: Account = { ...rest, passkeys: [], recovery: [], invitation: kept };
      await accounts.put(account);
      await book.endAll(id);
      write("account.reset", by, { before, after: account });
      return { account, secret, expiresAt: kept.expiresAt };
    },
    /** Whose link it is. @throws Fault "forbidden" when it is wrong, used or too old */
    invited(link: string): Account {
      const hash = proofs.hashOf(link);
      const found = accounts.all().find(({ invitation }) => invitation?.hash === hash);
      if (!found?.invitation || found.disabled || found.invitation.expiresAt <= now()) throw words.badLink();
      return found;
    },
    async acceptInvitation({ link, password }: { link: string; password: string }, whence: Whence): Promise<Entered> {
      guesses.refuseMany("invitation", whence.from);
      const { id, name } = this.invited(link);
      guesses.forgive("invitation", whence.from);
      await refuseWeak(password, [id, name]);
      const passwordHash = await proofs.hashPassword(password);
      const before = this.invited(link);
      const { invitation: _used, ...rest } = before;
      const account: Account = { ...rest, passwordHash };
      await accounts.put(account);
      await book.endAll(id);
      write("account.entered", { name, account: id, from: whence.from }, { before, after: account });
      const { secret } = await book.open({ account: id, factor: "password", ...whence });
      return { step: "inside", secret, account };
    },
    /** Other roles; whoever is logged in with it must log in again. @throws Fault "conflict" when it is not what was read */
    async setRoles(
      id: AccountId,
      roles: readonly Assignment[],
      { expected, by }: { readonly expected: string | undefined; readonly by: Person },
    ): Promise<Account> {
      if (by.account === id) throw words.ownAccount();
      refuseUnknownAreas(roles);
      const before = get(id);
      if (!isOwner({ roles: [...roles] }) && isOwner(before) && !hasOtherOwner(id)) throw words.lastOwner();
      const account: Account = { ...before, roles: [...roles] };
      await accounts.put(account, numberOf(expected));
      await book.endAll(id);
      write("account.roles", by, { before, after: account });
      return account;
    },
    /** Closes an account, or opens it again; its name stays taken for ever, since the log speaks of it. */
    async setDisabled(id: AccountId, disabled: boolean, by: Person): Promise<Account> {
      if (by.account === id) throw words.ownAccount();
      const before = get(id);
      const { disabled: since, ...rest } = before;
      if (disabled === (since !== undefined)) return before;
      if (disabled && isOwner(rest) && !hasOtherOwner(id)) throw words.lastOwner();
      const account: Account = disabled ? { ...rest, disabled: { at: now(), by: by.name } } : rest;
      await accounts.put(account);
      if (disabled) await book.endAll(id);
      write(disabled ? "account.disabled" : "account.enabled", by, { before, after: account });
      return account;
    },
  };
}

const isOwner = ({ roles }: Pick<Account, "roles">) =>
  roles.some(({ role, area, until }) => role === "culture-office" && area === undefined && until === undefined);

export type AccountVerbs = ReturnType<typeof createAccountVerbs>;
