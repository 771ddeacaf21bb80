/**
 * Figures of an outbreak that the health office stands for: where, as of when, and by which document. Case bulletins are made
 * from them and from nothing else.
 *
 * @module
 */
import * as z from "zod/mini";
import { localDateSchema, localTimeSchema } from "./local-time.js";
import { reasonedSchema, stampSchema } from "./stamp.js";
import type { TemplateValues } from "./template.js";

export const figuresIdSchema = z
  .string()
  .check(z.regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/))
  .brand<"figures">();
export type FiguresId = z.infer<typeof figuresIdSchema>;

const words = z.string().check(z.trim(), z.minLength(2), z.maxLength(200));
const count = z.int().check(z.gte(0), z.lte(1_000_000));

/** What is confirmed. Zero is a figure, too: who tells of new cases tells of the recovered. */
export const confirmedSchema = z.strictObject({
  /** The place in words, as a bulletin names it; never a house or a patient. */
  area: words,
  asOfDate: localDateSchema,
  asOfTime: localTimeSchema,
  newCases: count,
  recovered: count,
  treated: z.optional(count),
  /** Issuing body, number and date of the document. */
  source: words,
});
export type ConfirmedFigures = z.infer<typeof confirmedSchema>;

export const caseFiguresSchema = z.strictObject({
  id: figuresIdSchema,
  ...confirmedSchema.shape,
  /** Who stands for them. */
  ...stampSchema.shape,
  /** They were wrong, or are no longer to be used. */
  withdrawn: z.optional(reasonedSchema),
});
export type CaseFigures = z.infer<typeof caseFiguresSchema>;

/** The figures as the fields of a template that takes them, by the names of those fields. */
export function valuesOf(figures: ConfirmedFigures): TemplateValues {
  const { area, asOfDate, asOfTime, newCases, recovered, treated, source } = figures;
  return { area, asOfDate, asOfTime, newCases, recovered, source, ...(treated === undefined ? {} : { treated }) };
}
