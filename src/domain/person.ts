/**
 * Who acts. The log names the person, and the rule of two people compares accounts.
 *
 * @module
 */
import * as z from "zod/mini";

/** Names an account for good; it is never given to another person. */
export const accountIdSchema = z
  .string()
  .check(z.regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/))
  .brand<"account">();
export type AccountId = z.infer<typeof accountIdSchema>;

/**
 * By what somebody last proved who they are: the password alone, a code of their telephone, a passkey, a recovery code, a
 * program's token, or the station's own secret.
 */
export const factorSchema = z.enum(["password", "totp", "passkey", "recovery", "token", "station"]);
export type Factor = z.infer<typeof factorSchema>;

/** Whoever called a verb. */
export interface Person {
  /** As the log names them, 1 to 120 letters. */
  readonly name: string;
  /** Absent for whoever holds the station's own secret at this machine, and for what the station does by itself. */
  readonly account?: AccountId | undefined;
  /** Names the session or the program's token they act through; it is not the secret and opens nothing. */
  readonly session?: string;
  /** The network address that they came from. */
  readonly from?: string;
  readonly factor?: Factor;
}

/** Whether two are one: by their accounts, or by their names where one of them has none. */
export const isSamePerson = (one: Person, other: Person): boolean =>
  one.account !== undefined && other.account !== undefined ? one.account === other.account : one.name === other.name;
