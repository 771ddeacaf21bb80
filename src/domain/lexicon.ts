/**
 * A reading: how one written form is said, and where it means that.
 *
 * People write readings in `config/lexicon.json`, teach them in the panel and bring them along as CSV; the program comes
 * with its own. Conditions are lists of words and named shapes, never patterns, so that no reading can make the rest of
 * the text slow or behave in ways that nobody foresaw.
 *
 * @module
 */
import * as z from "zod/mini";

/** Longest written form, UTF-16 units. */
export const LONGEST_WRITTEN = 60;
/** Longest reading, letters. */
export const LONGEST_SPOKEN = 300;
/** Most words in one list of a condition, and the longest of them. */
export const MOST_CONTEXT_WORDS = 100;
const LONGEST_CONTEXT_WORD = 40;

/** What a reading is about: what it is filed and explained by. */
export const readingKindSchema = z.enum([
  "body",
  "office",
  "document",
  "health",
  "disaster",
  "order",
  "education",
  "economy",
  "place",
  "brand",
  "foreign",
  "sign",
]);
export type ReadingKind = z.infer<typeof readingKindSchema>;

/** Where people speak: `north` Hà Nội, `central` Huế and the coast, `south` Sài Gòn and the highlands below. */
export const regionSchema = z.enum(["north", "central", "south"]);
export type Region = z.infer<typeof regionSchema>;

/**
 * What follows, by its shape: `name` a capital letter; `number` digits; `short-number` one or two of them, as a ward has;
 * `long-number` three or more, as a road or a room has; `name-or-number`; `phone` a number that begins with 0, 1800, 1900
 * or +84; `word` any letter or digit in the same line; `end` nothing more in the line but signs.
 */
export const nextShapeSchema = z.enum([
  "name",
  "number",
  "short-number",
  "long-number",
  "name-or-number",
  "phone",
  "word",
  "end",
]);
export type NextShape = z.infer<typeof nextShapeSchema>;

const composed = z.overwrite((text: string) => text.normalize("NFC").trim());
/** Both messages are explained where refusals are told. */
const plain = z.refine<string>((text) => !/\p{C}/u.test(text), "no control characters");
const speakable = z.refine<string>((text) => /^(?=.*\p{L})[\p{L}\p{M} ,.'’-]+$/u.test(text), "letters only");

const word = z.string().check(
  composed,
  z.minLength(1),
  z.maxLength(LONGEST_CONTEXT_WORD),
  plain,
  z.refine((text) => !text.includes("|"), "no bar"),
);
const words = z.readonly(z.array(word).check(z.minLength(1), z.maxLength(MOST_CONTEXT_WORDS)));

/** All that is given must hold. Words are found in any case and only whole. */
export const readingContextSchema = z.strictObject({
  /** One of these stands just before it. */
  after: z.optional(words),
  /** One of these stands just behind it. */
  before: z.optional(words),
  /** One of these stands in the same line, at most 60 letters away. */
  near: z.optional(words),
  next: z.optional(nextShapeSchema),
  /** The words beside it are not in capitals: in a heading `AI` is the word *who*. */
  alone: z.optional(z.literal(true)),
});
export type ReadingContext = z.infer<typeof readingContextSchema>;

/** What is said: letters that a voice can read, without digits, so that it needs no reading of its own. */
const spoken = z.string().check(composed, z.minLength(1), z.maxLength(LONGEST_SPOKEN), speakable);

export const lexiconEntrySchema = z.strictObject({
  /** As it stands in the text. */
  written: z.string().check(composed, z.minLength(1), z.maxLength(LONGEST_WRITTEN), plain),
  spoken,
  kind: z.optional(readingKindSchema),
  /** Where the reading comes from. */
  note: z.optional(z.string().check(z.maxLength(300), plain)),
  /** Whether `covid` and `COVID` are meant by `Covid` too. Short forms are exact: `P.` is a ward and `p.` is not. */
  anyCase: z.optional(z.boolean()),
  context: z.optional(readingContextSchema),
  /** How it is said elsewhere, where that differs from `spoken`. */
  regions: z.optional(
    z.strictObject({ north: z.optional(spoken), central: z.optional(spoken), south: z.optional(spoken) }),
  ),
});
export type LexiconEntry = z.infer<typeof lexiconEntrySchema>;

/** `config/lexicon.json`: the station's own readings. */
export const lexiconFileSchema = z.strictObject({
  /** Where an editor finds the schema; ignored. */
  $schema: z.optional(z.string()),
  entries: z.array(lexiconEntrySchema).check(z.maxLength(5000)),
});

/** What a reading is known by: two entries with the same key say the same thing about the same place of a text. */
export const readingKey = ({ written, anyCase, context = {} }: LexiconEntry): string =>
  JSON.stringify([
    anyCase ? written.toLowerCase() : written,
    anyCase === true,
    ...[context.after, context.before, context.near].map((list) => [...(list ?? [])].sort()),
    context.next ?? "",
    context.alone === true,
  ]);
