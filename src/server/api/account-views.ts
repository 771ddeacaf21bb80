/**
 * What the doors about people take, and what they answer with. Nothing that somebody proves themselves with is ever
 * answered, but a link or a token in the one answer that makes it.
 *
 * @module
 */
import * as z from "zod";
import {
  type Account,
  assignmentsSchema,
  hasSecondFactor,
  type ProgramToken,
  passwordSchema,
  personNameSchema,
  type Session,
} from "../../domain/account.js";
import { grantSchema, rightSchema } from "../../domain/permission.js";
import { accountIdSchema, factorSchema } from "../../domain/person.js";
import { assignmentSchema, ROLES, roleIdSchema } from "../../domain/role.js";

const time = z.iso.datetime();
const iso = (at: number) => new Date(at).toISOString();
const words = z.object({ vi: z.string(), en: z.string() });
const list = <T extends z.core.SomeType>(item: T) => z.array(item).readonly();
const secret = z.string().min(1).max(512);

export const logInSchema = z.strictObject({ name: z.string().min(1).max(120), password: passwordSchema });
export const setUpSchema = z.strictObject({
  link: secret,
  /** Made from the name when left out. */
  id: z.optional(accountIdSchema),
  name: personNameSchema,
  password: passwordSchema,
});
export const acceptSchema = z.strictObject({ link: secret, password: passwordSchema });
/** A code of a telephone, a code on paper, or what a passkey answered: just one of them. */
const second = {
  code: z.string().min(1).max(20).optional(),
  recovery: z.string().min(1).max(60).optional(),
  passkey: z.record(z.string().max(40), z.unknown()).optional(),
};
const hasOne = (given: Record<string, unknown>) =>
  Object.values(given).filter((value) => value !== undefined).length === 1;
export const secondSchema = z
  .strictObject({ ticket: secret, ...second })
  .refine(({ ticket: _ticket, ...answer }) => hasOne(answer), "one proof");
export const ticketSchema = z.strictObject({ ticket: secret });
export const proofSchema = z
  .strictObject({ password: z.optional(passwordSchema), ...second })
  .refine(hasOne, "one proof");
export const totpCodeSchema = z.strictObject({ code: z.string().min(1).max(20) });
export const newPasskeySchema = z.strictObject({
  name: personNameSchema,
  response: z.record(z.string().max(40), z.unknown()),
});
export const newTokenSchema = z.strictObject({
  name: personNameSchema,
  grants: z.array(grantSchema).min(1).max(20),
  /** How long it holds, days. */
  days: z.int().min(1).max(366).default(90),
});
export const passwordChangeSchema = z.strictObject({ present: passwordSchema, password: passwordSchema });
export const newAccountSchema = z.strictObject({
  id: z.optional(accountIdSchema),
  name: personNameSchema,
  roles: assignmentsSchema,
});
export const rolesSchema = z.strictObject({ roles: assignmentsSchema });
export const disableSchema = z.strictObject({ disabled: z.boolean() });

export const roleView = z.object({ id: roleIdSchema, title: words, duty: words, rights: list(rightSchema) });
export const roleViews = Object.values(ROLES);

export const accountView = z.object({
  id: accountIdSchema,
  name: z.string(),
  roles: list(assignmentSchema),
  createdAt: time,
  createdBy: z.string(),
  /** Invited: the link has not been opened yet. */
  state: z.enum(["invited", "active", "disabled"]),
  secondFactor: z.boolean(),
});
export type AccountView = z.infer<typeof accountView>;
/** With the mark of its state: whoever gives it other roles says which roles they have read. */
export const markedAccountView = z.object({ ...accountView.shape, revision: z.string() });
export type MarkedAccountView = z.infer<typeof markedAccountView>;

export const viewAccount = (account: Account): AccountView => ({
  ...{ id: account.id, name: account.name, roles: account.roles },
  ...{ createdAt: iso(account.createdAt), createdBy: account.createdBy },
  state: account.disabled ? "disabled" : account.passwordHash === undefined ? "invited" : "active",
  secondFactor: hasSecondFactor(account),
});

/** Whoever asks, and what they may do. */
export const selfView = z.object({
  kind: z.enum(["station", "account", "program"]),
  account: accountView.optional(),
  name: z.string(),
  session: z.string().optional(),
  factor: z.optional(factorSchema),
  /** Whether dangerous things can be done now without another proof. */
  isFresh: z.boolean(),
  grants: list(z.strictObject({ ...grantSchema.shape, role: z.optional(roleIdSchema) })),
  /** Whether more would be allowed with a second factor. */
  isLimited: z.boolean(),
});
export type SelfView = z.infer<typeof selfView>;

/** What a log-in led to. */
export const enteredView = z.discriminatedUnion("step", [
  z.object({ step: z.literal("inside"), account: accountView }),
  z.object({ step: z.literal("second"), ticket: z.string(), name: z.string(), factors: list(factorSchema) }),
]);

/** What an account proves itself with besides the password. */
export const factorsView = z.object({
  totp: z.boolean(),
  passkeys: list(z.object({ id: z.string(), name: z.string(), addedAt: time })),
  /** Codes on paper that are left. */
  recovery: z.int(),
});
export const viewFactors = ({ totp, passkeys, recovery }: Account): z.infer<typeof factorsView> => ({
  totp: totp !== undefined,
  passkeys: passkeys.map(({ id, name, addedAt }) => ({ id, name, addedAt: iso(addedAt) })),
  recovery: recovery.length,
});
/** Codes on paper, said this once; none when there were some already. */
export const recoveryView = z.object({ recovery: list(z.string()) });
export const totpView = z.object({ secret: z.string(), uri: z.string() });
/** What a browser takes as it is (WebAuthn). */
export const optionsView = z.looseObject({ challenge: z.string() });

export const tokenView = z.object({
  id: z.string(),
  name: z.string(),
  account: accountIdSchema,
  grants: list(grantSchema),
  createdAt: time,
  expiresAt: time,
  usedAt: time.optional(),
});
export const newTokenView = z.object({ token: tokenView, secret: z.string() });
export const viewToken = ({
  hash: _hash,
  createdAt,
  expiresAt,
  usedAt,
  ...token
}: ProgramToken): z.infer<typeof tokenView> => ({
  ...token,
  ...{ createdAt: iso(createdAt), expiresAt: iso(expiresAt) },
  ...(usedAt === undefined ? {} : { usedAt: iso(usedAt) }),
});

export const sessionView = z.object({
  id: z.string(),
  openedAt: time,
  usedAt: time,
  provenAt: time,
  factor: factorSchema,
  from: z.string(),
  agent: z.string(),
  /** Whether it is the one that asks. */
  isThis: z.boolean(),
});
export const viewSession = (session: Session, asking: string | undefined): z.infer<typeof sessionView> => ({
  ...{ id: session.id, openedAt: iso(session.openedAt), usedAt: iso(session.usedAt), provenAt: iso(session.provenAt) },
  ...{ factor: session.factor, from: session.from, agent: session.agent, isThis: session.id === asking },
});

/** A link for a person, said this once. */
export const invitationView = z.object({ account: accountView, path: z.string(), expiresAt: time });
export const linkView = z.object({ path: z.string(), expiresAt: time });

export const invitationPath = (link: string) => `/invitation?link=${link}`;
export const setUpPath = (link: string) => `/set-up?link=${link}`;
