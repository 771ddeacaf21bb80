/**
 * Entering: a name and a password, and a second factor where the account has one.
 *
 * @module
 */

import { createThrottle, networkOf } from "../../base/throttle.js";
import { minutes } from "../../base/units.js";
import { type Account, hasSecondFactor } from "../../domain/account.js";
import type { LineKind } from "../../domain/line-words.js";
import { type AccountId, accountIdSchema, type Factor, type Person } from "../../domain/person.js";
import type { AccountParts, Site, Whence } from "./account-parts.js";
import * as words from "./account-words.js";
import type { Answer, SecondFactors } from "./second-factors.js";
import type { SessionBook } from "./session-book.js";

/** Wrong passwords of one account from one address, then a quarter of an hour's wait. */
export const PAIR_LIMIT = { most: 5, within: minutes(1), wait: minutes(15) };
/** Of one account from anywhere: many addresses that guess together. Whoever is in stays in. */
export const ACCOUNT_LIMIT = { most: 50, within: minutes(15), wait: minutes(15) };
/** From one address, whatever the account. */
export const ADDRESS_LIMIT = { most: 20, within: minutes(1) };

export interface SignInParts extends AccountParts {
  readonly book: SessionBook;
  readonly guesses: Guesses;
  readonly factors: SecondFactors;
}

/** What a password led to: inside, or to the question for the second factor. */
export type Entered =
  | { readonly step: "inside"; readonly secret: string; readonly account: Account }
  | {
      readonly step: "second";
      readonly ticket: string;
      readonly account: Account;
      readonly factors: readonly Factor[];
    };

/** From where, and what somebody has shown by then. */
type Shown = Required<Pick<Person, "from">> & Pick<Person, "factor" | "session">;

/** How somebody shows again that it is them. */
export type Proof = { readonly kind: "password"; readonly password: string } | Answer;

/** How long the question for the second factor stands, and how many of them at a time. */
const TICKET_FOR = minutes(5);
const MOST_TICKETS = 1000;

export type Guesses = ReturnType<typeof createGuesses>;

/** Counts guesses at an account from an address before they are judged, so that many at once gain nothing. */
export function createGuesses({ clock }: Pick<AccountParts, "clock">) {
  const pairs = createThrottle(clock, PAIR_LIMIT);
  const accounts = createThrottle(clock, ACCOUNT_LIMIT);
  const addresses = createThrottle(clock, ADDRESS_LIMIT);
  const kept = (account: string, from: string) =>
    [
      [pairs, `${account} ${networkOf(from)}`],
      [accounts, account],
      [addresses, networkOf(from)],
    ] as const;
  return {
    /** @throws Fault "busy" with the seconds to wait */
    refuseMany(account: string, from: string): void {
      const seconds = Math.max(...kept(account, from).map(([throttle, key]) => throttle.waitSeconds(key)));
      if (seconds > 0) throw words.tooManyGuesses(seconds);
      for (const [throttle, key] of kept(account, from)) throttle.wrong(key);
    },
    forgive(account: string, from: string): void {
      for (const [throttle, key] of kept(account, from)) throttle.forgive(key);
    },
  };
}

export function createSignIn(parts: SignInParts) {
  const { accounts, proofs, asRun, book, guesses, factors, now } = parts;
  /** Whoever has shown the password, by the hash of their ticket. */
  const tickets = new Map<string, { readonly account: AccountId; readonly until: number }>();
  const note = (kind: LineKind, account: AccountId, how: Shown, why?: string) =>
    asRun.event({
      ...{ kind, by: { name: accounts.get(account)?.name ?? account, account, ...how } },
      ...(why ? { why } : {}),
      detail: { account, from: how.from },
    });

  /** Whether it is the password, counted as a guess until it is. */
  async function judge(counted: string, password: string, kept: string | undefined, whence: Whence): Promise<boolean> {
    guesses.refuseMany(counted, whence.from);
    const isRight = await proofs.isPassword(password, kept).catch((thrown: unknown) => {
      // Nobody has looked at the password yet.
      guesses.forgive(counted, whence.from);
      throw thrown;
    });
    if (isRight) guesses.forgive(counted, whence.from);
    return isRight;
  }

  /** @throws Fault "forbidden", reason `wrong-password`, "busy" with the seconds to wait */
  async function recognise(id: AccountId, password: string, whence: Whence): Promise<void> {
    if (await judge(id, password, accounts.get(id)?.passwordHash, whence)) return;
    note("login.refused", id, { from: whence.from }, "password");
    throw words.wrongPassword();
  }

  return {
    /** @throws Fault "forbidden" without saying what was wrong; "busy" with the seconds to wait after too many wrong ones */
    async logIn(name: string, password: string, whence: Whence): Promise<Entered> {
      const id = idOf(name);
      // Names that nobody has share one count: a flood of them must not push real ones out of the memory.
      const known = id === undefined ? undefined : accounts.get(id);
      const isRight = await judge(known?.id ?? "?", password, known?.passwordHash, whence);
      if (!known || !isRight || known.disabled) {
        if (known) note("login.refused", known.id, { from: whence.from }, known.disabled ? "disabled" : "password");
        throw words.wrongLogIn();
      }
      if (hasSecondFactor(known)) return question(known);
      return enter(known.id, "password", whence);
    },
    /** What the browser needs to ask a passkey, for whoever has shown the password. */
    askAtDoor: (ticket: string, site: Site): Promise<object> => factors.askPasskey(holderOf(ticket), site),
    /** @throws Fault "forbidden", reason `wrong-code` or `no-ticket`; "busy" with the seconds to wait */
    async finishLogIn(ticket: string, answer: Answer, { site, ...whence }: Whence & { site: Site }): Promise<Entered> {
      const id = holderOf(ticket);
      await showSecond(id, answer, { site, ...whence });
      tickets.delete(proofs.hashOf(ticket));
      return enter(id, answer.kind, whence);
    },
    /** Shows again who sits there. @throws Fault as {@link finishLogIn}, or when the password alone is not enough */
    async showAgain(id: AccountId, proof: Proof, whence: Whence & { site: Site }): Promise<Factor> {
      const account = accounts.get(id);
      if (!account) throw words.noAccount(id);
      if (proof.kind !== "password") await showSecond(id, proof, whence);
      else if (hasSecondFactor(account)) throw words.proofBySecondFactor();
      else await recognise(id, proof.password, whence);
      return proof.kind;
    },
    recognise,
  };

  function question(account: Account): Entered {
    const ticket = proofs.newSecret();
    tickets.set(proofs.hashOf(ticket), { account: account.id, until: now() + TICKET_FOR });
    const oldest = tickets.size > MOST_TICKETS ? tickets.keys().next().value : undefined;
    if (oldest !== undefined) tickets.delete(oldest);
    return { step: "second", ticket, account, factors: factors.factorsOf(account) };
  }
  function holderOf(ticket: string): AccountId {
    const found = tickets.get(proofs.hashOf(ticket));
    if (!found || found.until <= now()) throw words.noTicket();
    return found.account;
  }
  async function enter(id: AccountId, factor: Factor, whence: Whence): Promise<Entered> {
    const account = accounts.get(id);
    if (!account || account.disabled) throw words.wrongLogIn();
    const { from, agent } = whence;
    const { secret, session } = await book.open({ account: id, factor, from, agent });
    note("login", id, { from, factor, session: session.id }, factor);
    return { step: "inside", secret, account };
  }
  async function showSecond(
    id: AccountId,
    answer: Answer,
    { site, ...whence }: Whence & { site: Site },
  ): Promise<void> {
    guesses.refuseMany(id, whence.from);
    if (!(await factors.isShown(id, answer, { site, from: whence.from }))) {
      note("login.refused", id, { from: whence.from }, answer.kind);
      throw words.wrongCode();
    }
    guesses.forgive(id, whence.from);
  }
}

const idOf = (name: string): AccountId | undefined => accountIdSchema.safeParse(name.trim().toLowerCase()).data;
