/**
 * What the verbs about accounts need from the stages.
 *
 * @module
 */
import type { Clock } from "../../base/clock.js";
import type { Words } from "../../base/errors.js";
import type { Epoch } from "../../base/units.js";
import type { Account, Passkey, ProgramToken, Session } from "../../domain/account.js";
import type { AreaTree } from "../../domain/area.js";
import type { AccountId } from "../../domain/person.js";
import type { AsRunLog, Records } from "./ports.js";

/** Secrets and what is kept of them. */
export interface Proofs {
  /** 256 bits of chance as text. */
  newSecret(): string;
  hashOf(secret: string): string;
  /** 20 hex digits that were never given before. */
  newId(): string;
  /** @throws Fault "busy" while too many passwords are being checked */
  hashPassword(password: string): Promise<string>;
  /** As slow without a hash as with one. */
  isPassword(password: string, kept: string | undefined): Promise<boolean>;
  /** Why it may not be a password. @param about names that are no secret here */
  weaknessOf(password: string, about: readonly string[]): Promise<Words | undefined>;

  /** A seed for the codes of a telephone, and as an app takes it. */
  newTotp(account: string): { readonly secret: string; readonly uri: string };
  /** The number of the half minute that a code is of. @param at civil milliseconds */
  totpStep(secret: string, code: string, at: number): number | undefined;
  newRecoveryCode(): string;
  readonly passkeys: Passkeys;
}

/** The name by which the browser knows the station, and the whole origin; a bare address has no passkeys. */
export interface Site {
  readonly host: string;
  readonly origin: string;
}

/** Keys that a telephone or a stick keeps. Options and answers are what browsers speak (WebAuthn), passed through. */
export interface Passkeys {
  creation(who: Account, site: Site): Promise<{ readonly challenge: string; readonly options: object }>;
  /** @throws whatever is wrong with it */
  created(
    response: unknown,
    challenge: string,
    site: Site,
  ): Promise<Pick<Passkey, "id" | "publicKey" | "counter" | "transports">>;
  request(who: Account, site: Site): Promise<{ readonly challenge: string; readonly options: object }>;
  /** The key that answered, with its new counter; `undefined` when the answer is none. */
  answered(
    who: Account,
    response: unknown,
    challenge: string,
    site: Site,
  ): Promise<Pick<Passkey, "id" | "counter"> | undefined>;
}

export type Accounts = Records<AccountId, Account>;
export type Sessions = Records<string, Session>;

export interface AccountParts {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly programs: Records<string, ProgramToken>;
  readonly proofs: Proofs;
  readonly facts: {
    readonly name: string;
    readonly zone: string;
    readonly areas: AreaTree;
    /** One officer only, who may approve what they wrote. */
    readonly singleOfficer: boolean;
    /** Whether nobody approves, airs or configures without a second factor. */
    readonly needsSecondFactor: boolean;
  };
  /** For waiting times; civil time is `now`. */
  readonly clock: Clock;
  readonly now: () => Epoch;
  readonly asRun: Pick<AsRunLog, "event">;
}

/** Where a request came from. */
export interface Whence {
  /** Network address. */
  readonly from: string;
  /** What the browser or program calls itself. */
  readonly agent: string;
}
