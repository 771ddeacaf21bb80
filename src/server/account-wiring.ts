/**
 * Builds what knows people: the verbs of accounts over what the station keeps and what it proves secrets with.
 *
 * @module
 */
import { randomBytes } from "node:crypto";
import type { StationClock } from "../base/station-clock.js";
import type { Station } from "./config.js";
import { type AccountVerbs, createAccountVerbs } from "./control/accounts.js";
import type { OpenStation, Surroundings } from "./open-station.js";
import { createRecoveryCode, createTotp, totpStep } from "./trust/one-time-codes.js";
import { createPasskeys } from "./trust/passkeys.js";
import { createPasswords } from "./trust/passwords.js";
import { createToken, hashToken } from "./trust/token.js";
import { createPasswordJudge } from "./trust/weak-passwords.js";

export interface AccountWiring {
  readonly station: Station;
  readonly world: Surroundings;
  readonly open: OpenStation;
  readonly stationClock: StationClock;
}

export function buildAccounts({ station, world, open, stationClock }: AccountWiring): AccountVerbs {
  const passwords = createPasswords();
  const { settings, tls } = station;
  const { name } = settings.station;
  const isBeyond = settings.listen.names.length > 0 || tls.certificate !== undefined;
  return createAccountVerbs({
    accounts: open.store.accounts,
    sessions: open.store.sessions,
    programs: open.store.programs,
    proofs: {
      newSecret: createToken,
      hashOf: hashToken,
      newId: () => randomBytes(10).toString("hex"),
      hashPassword: passwords.hash,
      isPassword: passwords.isRight,
      weaknessOf: createPasswordJudge(),
      newTotp: (account) => createTotp(name, account),
      totpStep,
      newRecoveryCode: createRecoveryCode,
      passkeys: createPasskeys(name),
    },
    facts: {
      ...{ name, zone: settings.zone, areas: station.areas, singleOfficer: settings.editorial.singleOfficer },
      // Where strangers can come to the door, a password alone is not enough.
      needsSecondFactor: (settings.accounts.secondFactor ?? (isBeyond ? "required" : "offered")) === "required",
    },
    clock: world.clock,
    now: stationClock.date,
    asRun: open.asRun,
  });
}
