/**
 * Who did something to a thing, and when, as it is kept with the thing.
 *
 * @module
 */
import * as z from "zod/mini";
import { accountIdSchema, type Person } from "./person.js";

const name = z.string().check(z.maxLength(120));

/** A person as they are kept. */
export const personSchema = z.strictObject({ name, account: z.optional(accountIdSchema) });

export const stampSchema = z.strictObject({
  /** The name, as the log has it. */
  by: name,
  account: z.optional(accountIdSchema),
  /** When, ISO 8601 in UTC. */
  at: z.string(),
});
export type Stamp = z.infer<typeof stampSchema>;

/** Why somebody did it, in their words: short enough to be read in a list. */
export const reasonSchema = z.string().check(z.trim(), z.minLength(3), z.maxLength(500));

/** The stamp with the reason that was given. */
export const reasonedSchema = z.strictObject({ ...stampSchema.shape, reason: reasonSchema });

/** @param at ISO 8601 in UTC */
export const stampOf = ({ name: by, account }: Person, at: string): Stamp => ({
  by,
  at,
  ...(account === undefined ? {} : { account }),
});

/** A person as they are kept: whoever acts may carry more than that. */
export const keptPerson = ({ name, account }: Person): z.infer<typeof personSchema> => ({
  name,
  ...(account === undefined ? {} : { account }),
});
