/**
 * An announcement with typed blanks, written once and filled in many times.
 *
 * In the body `{{name}}` is a hole for a field. What stands between `[[` and `]]` is said only when every field in it has
 * a value, so that an optional remark vanishes with its sentence and leaves nothing behind.
 *
 * @module
 */
import * as z from "zod/mini";
import { figuresIdSchema } from "./case-figures.js";
import { classSchema } from "./class.js";
import { templateIdSchema } from "./ids.js";
import { roleIdSchema } from "./role.js";
import { titleSchema } from "./title.js";

/** Longest body, UTF-16 units: some four minutes of speech. */
const LONGEST_BODY = 4000;
/** More fields than this nobody fills in. */
const MOST_FIELDS = 30;
/** Longest value of a field of words unless the field says less. */
export const LONGEST_VALUE = 500;
/** Largest number that a field takes; above it words such as «tỷ» belong in the text. */
const LARGEST = 1e12;

const words = z.strictObject({
  vi: z.string().check(z.minLength(1), z.maxLength(200)),
  en: z.string().check(z.minLength(1), z.maxLength(200)),
});

const common = {
  /** As it stands in the holes. */
  name: z.string().check(z.regex(/^[a-z][a-zA-Z0-9]{0,39}$/)),
  label: words,
  /** Whether the announcement makes no sense without it. A field that is not required stands between `[[` and `]]`. */
  required: z._default(z.boolean(), true),
  /** What a good value looks like. */
  hint: z.optional(words),
};
const letters = { maxLetters: z._default(z.int().check(z.gte(1), z.lte(LONGEST_VALUE)), 200) };
const count = z.int().check(z.gte(0), z.lte(LARGEST));

export const fieldSchema = z.discriminatedUnion("type", [
  /** A few words, in one line. */
  z.strictObject({ type: z.literal("text"), ...common, ...letters }),
  /** Where: words that name a place people know. */
  z.strictObject({ type: z.literal("place"), ...common, ...letters }),
  /** Who says so: issuing body, document, date. It becomes the announcement's source too. */
  z.strictObject({ type: z.literal("source"), ...common, ...letters }),
  /** A number, with a decimal part only where `decimals` allows one. */
  z.strictObject({
    type: z.literal("number"),
    ...common,
    min: z._default(z.number().check(z.gte(-LARGEST), z.lte(LARGEST)), 0),
    max: z._default(z.number().check(z.gte(-LARGEST), z.lte(LARGEST)), 1_000_000),
    decimals: z._default(z.int().check(z.gte(0), z.lte(2)), 0),
  }),
  /** How many people: a whole number, zero allowed. */
  z.strictObject({ type: z.literal("case-count"), ...common, max: z._default(count, 1_000_000) }),
  /** Whole đồng. */
  z.strictObject({ type: z.literal("money"), ...common, min: z._default(count, 0), max: z._default(count, LARGEST) }),
  /** A calendar day; with `weekday` its day of the week is said first. */
  z.strictObject({ type: z.literal("date"), ...common, weekday: z._default(z.boolean(), false) }),
  z.strictObject({ type: z.literal("time"), ...common }),
  z.strictObject({ type: z.literal("phone"), ...common }),
  /** One of a few wordings. */
  z.strictObject({
    type: z.literal("choice"),
    ...common,
    choices: z.array(z.string().check(z.minLength(1), z.maxLength(200))).check(z.minLength(2), z.maxLength(30)),
  }),
]);
export type Field = z.infer<typeof fieldSchema>;

const body = z.string().check(z.minLength(10), z.maxLength(LONGEST_BODY));
const fields = z.array(fieldSchema).check(z.maxLength(MOST_FIELDS));

/** What may have to be said after an announcement; it may use the fields of the announcement and its own. */
const followUpSchema = z.strictObject({
  title: titleSchema,
  class: classSchema,
  fields: z._default(fields, []),
  body,
});

export const templateSchema = z.strictObject({
  /** Where an editor finds the schema; ignored. */
  $schema: z.optional(z.string()),
  id: templateIdSchema,
  title: titleSchema,
  class: classSchema,
  topic: z.string().check(z.minLength(1), z.maxLength(64)),
  /** Rises with each change of fields or wording, so that values are never poured into a form they were not meant for. */
  version: z.int().check(z.gte(1), z.lte(100_000)),
  fields,
  body,
  /** Who may fill it in, such as the health office for case figures; anybody who composes when left out. */
  roles: z.optional(z.array(roleIdSchema).check(z.minLength(1), z.maxLength(10))),
  /** The danger is over. Every emergency has one. */
  allClear: z.optional(followUpSchema),
  /** Something said was wrong. Every emergency has one. */
  correction: z.optional(followUpSchema),
});
export type Template = z.infer<typeof templateSchema>;

/** Which of a template's texts: the announcement itself, or what follows it. */
export const templatePartSchema = z.enum(["body", "allClear", "correction"]);
export type TemplatePart = z.infer<typeof templatePartSchema>;

/** Values by the name of their field, as people filled them in. */
export const templateValuesSchema = z
  .record(common.name, z.union([z.string().check(z.maxLength(LONGEST_VALUE)), z.number()]))
  .check(z.refine((values) => Object.keys(values).length <= 2 * MOST_FIELDS, "too many fields"));
export type TemplateValues = z.infer<typeof templateValuesSchema>;

/** How an announcement came out of a template; kept with it, so that it can be filled in again. */
export const templateUseSchema = z.strictObject({
  id: templateIdSchema,
  /** The template's version whose fields these values are for. */
  version: templateSchema.shape.version,
  part: z._default(templatePartSchema, "body"),
  values: templateValuesSchema,
  /** Confirmed figures that it takes: they fill in the fields of their names, whatever the values say. */
  figures: z.optional(figuresIdSchema),
});
export type TemplateUse = z.infer<typeof templateUseSchema>;

/** One text of a template with everything that it is filled in from. */
export interface Form {
  readonly title: string;
  readonly class: Template["class"];
  readonly topic: string;
  readonly fields: readonly Field[];
  readonly body: string;
}

/** @returns `undefined` when the template has no such text */
export function formOf(template: Template, part: TemplatePart): Form | undefined {
  const { title, topic, fields: own } = template;
  if (part === "body") return { title, class: template.class, topic, fields: own, body: template.body };
  const follow = template[part];
  if (!follow) return undefined;
  const used = [...own, ...follow.fields].filter(({ name }) => follow.body.includes(`{{${name}}}`));
  return { title: follow.title, class: follow.class, topic, fields: used, body: follow.body };
}
