import { createHash } from "node:crypto";
// Loaded before the trials begin: a helper of it puts names into the global space, and trials watch for that.
import "@simplewebauthn/server";
import type { Clock } from "../../src/base/clock.js";
import type { Account, ProgramToken, Session } from "../../src/domain/account.js";
import { type Area, areaSchema } from "../../src/domain/area.js";
import type { AreaId } from "../../src/domain/ids.js";
import type { EventLine } from "../../src/domain/log-line.js";
import type { AccountId } from "../../src/domain/person.js";
import type { Assignment } from "../../src/domain/role.js";
import { createAccountVerbs } from "../../src/server/control/accounts.js";
import { createRecoveryCode, createTotp, totpStep } from "../../src/server/trust/one-time-codes.js";
import { createPasskeys } from "../../src/server/trust/passkeys.js";
import { createPasswords } from "../../src/server/trust/passwords.js";
import { createPasswordJudge } from "../../src/server/trust/weak-passwords.js";
import { fakeRecords } from "./fake-records.js";

/** A password that nobody guesses. */
export const PASSWORD = "con bò vàng gặm cỏ";
const ADDRESS = { from: "192.0.2.7", agent: "test" };

const area = (id: string, name: string, kind: Area["kind"], parent?: string) =>
  areaSchema.parse({ id, name, kind, ...(parent === undefined ? {} : { parent }) });
/** A province of two wards, one with a group. */
export const AREAS: ReadonlyMap<AreaId, Area> = new Map(
  [
    area("tinh", "Tỉnh thử", "province"),
    area("xuan-huong", "Phường Xuân Hương", "ward", "tinh"),
    area("to-1", "Tổ dân phố 1", "group", "xuan-huong"),
    area("cam-ly", "Phường Cam Ly", "ward", "tinh"),
  ].map((one) => [one.id, one]),
);

/** The real verbs about people, over memory and with a quick password hash. */
export function someAccounts(clock: Clock, facts: { readonly needsSecondFactor?: boolean } = {}) {
  let made = 0;
  const written: EventLine[] = [];
  const passwords = createPasswords({ n: 2 ** 4, r: 8, p: 1 });
  const accounts = fakeRecords<AccountId, Account>(({ id }) => id);
  const sessions = fakeRecords<string, Session>(({ id }) => id);
  const programs = fakeRecords<string, ProgramToken>(({ id }) => id);
  const verbs = createAccountVerbs({
    accounts,
    sessions,
    programs,
    proofs: {
      newSecret: () => createHash("sha256").update(`secret ${++made}`).digest("base64url"),
      hashOf: (secret) => createHash("sha256").update(secret).digest("hex"),
      newId: () => String(++made).padStart(20, "0"),
      hashPassword: passwords.hash,
      isPassword: passwords.isRight,
      weaknessOf: createPasswordJudge(),
      newTotp: (account) => createTotp("Đài thử", account),
      totpStep,
      newRecoveryCode: createRecoveryCode,
      passkeys: createPasskeys("Đài thử"),
    },
    facts: {
      ...{ name: "Đài thử", zone: "Asia/Ho_Chi_Minh", areas: AREAS, singleOfficer: false },
      needsSecondFactor: false,
      ...facts,
    },
    clock,
    now: () => clock.date(),
    asRun: { event: (line) => void written.push(line) },
  });

  return {
    verbs,
    written,
    kept: { accounts, sessions, programs },
    /** Makes the first account, logged in. */
    async first(name = "Chủ đài") {
      const { secret: link } = verbs.newSetUpLink();
      return inside(await verbs.setUpStation({ link, name, password: PASSWORD }, ADDRESS));
    },
    /** Somebody with these roles, logged in. */
    async person(name: string, roles: readonly Assignment[]) {
      const { secret: link } = await verbs.invite({ name, roles }, { name: "Chủ đài" });
      return inside(await verbs.acceptInvitation({ link, password: PASSWORD }, ADDRESS));
    },
  };
}

function inside<T extends { step: string }>(entered: T): Extract<T, { step: "inside" }> {
  if (entered.step !== "inside") throw new Error(`asked for a second factor`);
  return entered as Extract<T, { step: "inside" }>;
}
