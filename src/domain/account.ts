/**
 * People who may enter, as the station keeps them. Of what they prove themselves with only hashes and public keys are
 * kept, and the seed of the codes of their telephone, which cannot be checked without it.
 *
 * @module
 */
import * as z from "zod/mini";
import { grantSchema } from "./permission.js";
import { accountIdSchema, factorSchema } from "./person.js";
import { assignmentSchema } from "./role.js";

const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/));
/** Civil milliseconds. */
const time = z.number();

/** As people write it, without control characters and marks that turn text around. */
export const personNameSchema = z.string().check(z.trim(), z.minLength(1), z.maxLength(120), z.regex(/^[^\p{C}]+$/u));

/** Longest password that is looked at, letters: a sentence is fine, a book is an attack. */
export const MAX_PASSWORD = 200;
export const MIN_PASSWORD = 10;
export const passwordSchema = z.string().check(z.minLength(1), z.maxLength(MAX_PASSWORD));

export const MAX_ASSIGNMENTS = 50;
export const assignmentsSchema = z.array(assignmentSchema).check(z.maxLength(MAX_ASSIGNMENTS));

/** A key that a telephone or a stick keeps for this station. */
export const passkeySchema = z.strictObject({
  /** The credential's id, base64url. */
  id: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,1400}$/)),
  /** COSE, base64url. */
  publicKey: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,3000}$/)),
  counter: z.int().check(z.gte(0)),
  transports: z._default(z.array(z.string().check(z.maxLength(20))).check(z.maxLength(8)), []),
  name: personNameSchema,
  addedAt: time,
});
export type Passkey = z.infer<typeof passkeySchema>;

export const accountSchema = z.strictObject({
  id: accountIdSchema,
  name: personNameSchema,
  roles: assignmentsSchema,
  createdAt: time,
  createdBy: z.string().check(z.maxLength(120)),
  /** Absent until the person has chosen one. */
  passwordHash: z.optional(z.string().check(z.maxLength(300))),
  /** A link by which the person chooses a password, once; of its secret only the hash is kept. */
  invitation: z.optional(z.strictObject({ hash, expiresAt: time, by: z.string().check(z.maxLength(120)) })),
  totp: z.optional(
    z.strictObject({
      /** Base32. */
      secret: z.string().check(z.regex(/^[A-Z2-7]{16,64}$/)),
      addedAt: time,
      /** Number of the last step whose code was taken: none is taken twice. */
      lastStep: z._default(z.int(), 0),
    }),
  ),
  passkeys: z._default(z.array(passkeySchema).check(z.maxLength(10)), []),
  /** Hashes of codes that may each be used once. */
  recovery: z._default(z.array(hash).check(z.maxLength(10)), []),
  disabled: z.optional(z.strictObject({ at: time, by: z.string().check(z.maxLength(120)) })),
});
export type Account = z.infer<typeof accountSchema>;

export const hasSecondFactor = ({ totp, passkeys }: Account): boolean => totp !== undefined || passkeys.length > 0;

/** One browser or program that somebody has entered with. */
export const sessionSchema = z.strictObject({
  /** Names it in lists and in the log; it opens nothing. */
  id: z.string().check(z.regex(/^[0-9a-f]{20}$/)),
  /** SHA-256 of its secret. */
  hash,
  account: accountIdSchema,
  openedAt: time,
  usedAt: time,
  /** When and by what it was last proved who sits there. */
  provenAt: time,
  factor: factorSchema,
  from: z.string().check(z.maxLength(64)),
  /** What the browser calls itself. */
  agent: z.string().check(z.maxLength(200)),
});
export type Session = z.infer<typeof sessionSchema>;

/** A token that somebody has made for a program of theirs. It may do what it says and what they may, and no more. */
export const programTokenSchema = z.strictObject({
  id: z.string().check(z.regex(/^[0-9a-f]{20}$/)),
  hash,
  name: personNameSchema,
  /** Whose program it is. */
  account: accountIdSchema,
  grants: z.array(grantSchema).check(z.minLength(1), z.maxLength(20)),
  createdAt: time,
  expiresAt: time,
  usedAt: z.optional(time),
});
export type ProgramToken = z.infer<typeof programTokenSchema>;
