/**
 * A text of a competent body, to be read out word for word: whoever takes it may choose the voice, not the words.
 *
 * @module
 */
import * as z from "zod/mini";
import { classSchema } from "./class.js";
import { localDateSchema } from "./local-time.js";
import { stampSchema } from "./stamp.js";
import { titleSchema } from "./title.js";

export const officialTextIdSchema = z
  .string()
  .check(z.regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/))
  .brand<"official-text">();
export type OfficialTextId = z.infer<typeof officialTextIdSchema>;

/** Whose word it is. */
const origin = {
  /** Issuing body, such as the Ministry of Health. */
  issuer: z.string().check(z.trim(), z.minLength(3), z.maxLength(120)),
  /** Number of the document, such as `1234/BYT-DP`. */
  number: z.string().check(z.trim(), z.minLength(1), z.maxLength(60)),
  /** Date of the document. */
  date: localDateSchema,
};

export const officialDraftSchema = z.strictObject({
  title: titleSchema,
  class: classSchema,
  topic: z.string().check(z.minLength(1), z.maxLength(64)),
  text: z.string().check(z.trim(), z.minLength(1), z.maxLength(20_000)),
  ...origin,
});
export type OfficialDraft = z.infer<typeof officialDraftSchema>;

export const officialTextSchema = z.strictObject({
  id: officialTextIdSchema,
  ...officialDraftSchema.shape,
  /** Who put it into the library last, and vouches that it is word for word. */
  ...stampSchema.shape,
});
export type OfficialText = z.infer<typeof officialTextSchema>;

/** The mark of an announcement that says an official text word for word. */
export const officialMarkSchema = z.strictObject({ id: officialTextIdSchema, ...origin });
export type OfficialMark = z.infer<typeof officialMarkSchema>;

/** The source line of what is read out of the library. */
export const sourceLine = ({ issuer, number, date }: Omit<OfficialMark, "id">): string =>
  `${issuer}, văn bản số ${number} ngày ${date.split("-").reverse().join("/")}`;
