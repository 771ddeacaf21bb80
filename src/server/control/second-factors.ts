/**
 * The second factor: adding it, asking for it, taking it away.
 *
 * @module
 */

import { minutes } from "../../base/units.js";
import { type Account, hasSecondFactor, type Passkey } from "../../domain/account.js";
import type { LineKind } from "../../domain/line-words.js";
import type { AccountId, Factor, Person } from "../../domain/person.js";
import type { AccountParts, Site, Whence } from "./account-parts.js";
import * as words from "./account-words.js";

/** How long somebody may take to add a factor. */
const STARTED_FOR = minutes(10);
const RECOVERY_CODES = 10;
const MOST_PASSKEYS = 10;
/** Begun at the same time, over all accounts. */
const MOST_STARTED = 1000;

/** What somebody shows besides the password. */
export type Answer =
  | { readonly kind: "totp"; readonly code: string }
  | { readonly kind: "recovery"; readonly code: string }
  | { readonly kind: "passkey"; readonly response: unknown };

interface Started {
  readonly until: number;
  readonly totp?: string;
  readonly challenge?: string;
}

/** Whose factors they are, and as the log names whoever changes them. */
interface Owner {
  readonly account: AccountId;
  readonly person: Person;
}

export type SecondFactors = ReturnType<typeof createSecondFactors>;

export function createSecondFactors({ accounts, proofs, now, asRun }: AccountParts) {
  /** By account and what is being added; forgotten at a restart, when it is begun again. */
  const started = new Map<string, Started>();

  const get = (id: AccountId): Account => {
    const found = accounts.get(id);
    if (!found) throw words.noAccount(id);
    return found;
  };
  const begin = (key: string, what: Omit<Started, "until">) => {
    started.delete(key);
    started.set(key, { until: now() + STARTED_FOR, ...what });
    const oldest = started.size > MOST_STARTED ? started.keys().next().value : undefined;
    if (oldest !== undefined) started.delete(oldest);
  };
  const take = (key: string): Started => {
    const found = started.get(key);
    started.delete(key);
    if (!found || found.until <= now()) throw words.nothingStarted();
    return found;
  };
  const write = (kind: LineKind, before: Account, by: Person, detail: object = {}) => {
    const { id } = before;
    asRun.event({ kind, by, detail: { account: id, ...detail }, before, after: accounts.get(id) });
  };
  /** Codes for paper come with the first factor. */
  const withCodes = async (account: Account): Promise<readonly string[]> => {
    const isFirst = !hasSecondFactor(get(account.id));
    const codes = isFirst ? Array.from({ length: RECOVERY_CODES }, proofs.newRecoveryCode) : [];
    await accounts.put(isFirst ? { ...account, recovery: codes.map(hashed) } : account);
    return codes;
  };
  const hashed = (code: string) => proofs.hashOf(code.toUpperCase().replaceAll(/[^A-Z0-9]/g, ""));

  async function showTotp(account: Account, code: string): Promise<boolean> {
    const { totp } = account;
    const step = totp && proofs.totpStep(totp.secret, code, now());
    if (!totp || step === undefined || step <= totp.lastStep) return false;
    await accounts.put({ ...account, totp: { ...totp, lastStep: step } });
    return true;
  }
  async function showRecovery(account: Account, code: string, from: string): Promise<boolean> {
    const hash = hashed(code);
    if (!account.recovery.includes(hash)) return false;
    await accounts.put({ ...account, recovery: account.recovery.filter((one) => one !== hash) });
    const { id, name } = account;
    const by = { name, account: id, from, factor: "recovery" as const };
    write("account.recovery-used", account, by, { left: account.recovery.length - 1 });
    return true;
  }
  async function showPasskey(account: Account, response: unknown, site: Site): Promise<boolean> {
    const asked = started.get(`ask ${account.id}`);
    started.delete(`ask ${account.id}`);
    if (!asked?.challenge || asked.until <= now()) return false;
    const used = await proofs.passkeys.answered(account, response, asked.challenge, site);
    if (!used) return false;
    const { passkeys, ...rest } = get(account.id);
    await accounts.put({
      ...rest,
      passkeys: passkeys.map((key) => (key.id === used.id ? { ...key, counter: used.counter } : key)),
    });
    return true;
  }

  return {
    /** Whether the answer is right; it is used up then. */
    async isShown(
      id: AccountId,
      answer: Answer,
      { site, from }: Pick<Whence, "from"> & { site: Site },
    ): Promise<boolean> {
      const account = get(id);
      if (answer.kind === "totp") return showTotp(account, answer.code);
      if (answer.kind === "recovery") return showRecovery(account, answer.code, from);
      return showPasskey(account, answer.response, site);
    },
    /** What the browser needs to ask a passkey. */
    async askPasskey(id: AccountId, site: Site): Promise<object> {
      refuseAddress(site);
      const { challenge, options } = await proofs.passkeys.request(get(id), site);
      begin(`ask ${id}`, { challenge });
      return options;
    },
    startTotp(id: AccountId): { readonly secret: string; readonly uri: string } {
      const made = proofs.newTotp(id);
      begin(`totp ${id}`, { totp: made.secret });
      return made;
    },
    /** Takes the codes of a telephone on, once it has shown one. Returns recovery codes with the first factor. */
    async addTotp(id: AccountId, code: string, by: Person): Promise<readonly string[]> {
      const { totp: secret = "" } = take(`totp ${id}`);
      const step = proofs.totpStep(secret, code, now());
      if (step === undefined) {
        begin(`totp ${id}`, { totp: secret });
        throw words.wrongCode();
      }
      const before = get(id);
      const codes = await withCodes({ ...before, totp: { secret, addedAt: now(), lastStep: step } });
      write("account.factor-added", before, by, { factor: "totp" });
      return codes;
    },
    async startPasskey(id: AccountId, site: Site): Promise<object> {
      refuseAddress(site);
      const account = get(id);
      if (account.passkeys.length >= MOST_PASSKEYS) throw words.tooManyPasskeys();
      const { challenge, options } = await proofs.passkeys.creation(account, site);
      begin(`passkey ${id}`, { challenge });
      return options;
    },
    async addPasskey(
      { account: id, person: by }: Owner,
      { name, response }: { readonly name: string; readonly response: unknown },
      site: Site,
    ): Promise<readonly string[]> {
      const { challenge = "" } = take(`passkey ${id}`);
      const made = await proofs.passkeys.created(response, challenge, site).catch(() => {
        throw words.wrongCode();
      });
      const before = get(id);
      if (before.passkeys.length >= MOST_PASSKEYS) throw words.tooManyPasskeys();
      const passkey: Passkey = { ...made, name, addedAt: now() };
      const codes = await withCodes({ ...before, passkeys: [...before.passkeys, passkey] });
      write("account.factor-added", before, by, { factor: "passkey", name });
      return codes;
    },
    async removeTotp(id: AccountId, by: Person): Promise<void> {
      const before = get(id);
      const { totp: _gone, ...account } = before;
      await accounts.put(hasSecondFactor(account) ? account : { ...account, recovery: [] });
      write("account.factor-removed", before, by, { factor: "totp" });
    },
    async removePasskey({ account: id, person: by }: Owner, key: string): Promise<void> {
      const before = get(id);
      const passkeys = before.passkeys.filter((one) => one.id !== key);
      if (passkeys.length === before.passkeys.length) throw words.noPasskey();
      const account = { ...before, passkeys };
      await accounts.put(hasSecondFactor(account) ? account : { ...account, recovery: [] });
      write("account.factor-removed", before, by, { factor: "passkey" });
    },
    /** Fresh codes for paper; the former ones are void. */
    async renewRecovery(id: AccountId, by: Person): Promise<readonly string[]> {
      const account = get(id);
      if (!hasSecondFactor(account)) throw words.nothingStarted();
      const codes = Array.from({ length: RECOVERY_CODES }, proofs.newRecoveryCode);
      await accounts.put({ ...account, recovery: codes.map(hashed) });
      write("account.recovery-renewed", account, by);
      return codes;
    },
    factorsOf: ({ totp, passkeys, recovery }: Account): readonly Factor[] => [
      ...(totp ? (["totp"] as const) : []),
      ...(passkeys.length > 0 ? (["passkey"] as const) : []),
      ...(recovery.length > 0 ? (["recovery"] as const) : []),
    ],
  };
}

/** Browsers know passkeys by names. */
function refuseAddress({ host }: Site): void {
  if (/^[\d.]+$|:/.test(host) || host === "") throw words.noPasskeysHere();
}
