/**
 * What the checks of wording found in an announcement, as it is kept with it, and what a person decided about it.
 *
 * @module
 */
import * as z from "zod/mini";
import { announcementIdSchema } from "./ids.js";
import { accountIdSchema } from "./person.js";

/** Longest sentence that is kept, UTF-16 units. */
const LONGEST_WORDS = 1000;
const words = z.strictObject({
  vi: z.string().check(z.maxLength(LONGEST_WORDS)),
  en: z.string().check(z.maxLength(LONGEST_WORDS)),
});

/** One place in the text that somebody should look at. */
export const findingSchema = z.strictObject({
  /** Names check, place and wording: the same finding in the same text always has the same id. */
  id: z.string().check(z.maxLength(80)),
  /** What was looked for, such as `privacy.phone`. */
  check: z.string().check(z.maxLength(60)),
  /** `gate` holds the approval back until a person has decided about it; the others are for the approver to weigh. */
  severity: z.enum(["note", "warning", "gate"]),
  /** Where it stands in the text as it was written, UTF-16 units; both 0 when it is about the whole. */
  start: z.int(),
  end: z.int(),
  /** What stands there, cut when it is long; empty when it is about the whole. */
  found: z.string().check(z.maxLength(200)),
  /** What is the matter with it. */
  words,
  /** What to write instead, or what to find out. */
  suggestion: words,
  /** Whether a person's decision about it must be recorded before anybody approves. */
  decision: z.boolean(),
});
export type Finding = z.infer<typeof findingSchema>;

/** A finding for whoever asks now: what is kept with an announcement is read in every ward that hears it. */
export const foundSchema = z.strictObject({
  ...findingSchema.shape,
  /** What was heard that is so alike; only for those who see that one, too. */
  heard: z.optional(z.strictObject({ announcement: announcementIdSchema, title: z.string() })),
});
export type Found = z.infer<typeof foundSchema>;

/** A person's answer to one finding: it stays as it is, for this reason. It ends when the text changes. */
export const decisionSchema = z.strictObject({
  finding: findingSchema.shape.id,
  by: z.string().check(z.maxLength(120)),
  account: z.optional(accountIdSchema),
  /** When, ISO 8601 in UTC. */
  at: z.string(),
  reason: z.string().check(z.minLength(3), z.maxLength(500)),
  /** Why the word of an author counts; absent for everybody else's, and for an author's that does not. */
  alone: z.optional(z.enum(["single-officer", "emergency"])),
});
export type Decision = z.infer<typeof decisionSchema>;

/** The findings that must be decided about before an approval, and are not. */
export const openGates = (findings: readonly Finding[], decisions: readonly Decision[] = []): readonly Finding[] => {
  const decided = new Set(decisions.map(({ finding }) => finding));
  return findings.filter(({ id, severity, decision }) => (severity === "gate" || decision) && !decided.has(id));
};

/** Checks about which only whoever may confirm figures decides: nobody else is a source of them. */
export const isForConfirmers = ({ check }: Pick<Finding, "check">): boolean => check === "figures.unconfirmed";

/** Readings that are kept with a version; a long announcement has a hundred. */
export const MOST_READINGS = 300;

/** What a text says to whoever approves it: what has no reading, and how long it takes. */
export const readingSummarySchema = z.strictObject({
  /** Tokens without a known reading, in order, the first hundred of them. */
  unknown: z
    .array(
      z.strictObject({
        text: z.string().check(z.maxLength(200)),
        /** Where it stands in the text as it was written, UTF-16 units. */
        start: z.int(),
        end: z.int(),
      }),
    )
    .check(z.maxLength(100)),
  /** About how long it takes to say, seconds. */
  seconds: z.number(),
  /** Whether the pace of the voice is known by which `seconds` was estimated; absent in what was kept before that was asked. */
  measured: z.optional(z.boolean()),
  /**
   * What is said otherwise than it is written, in order, the first {@link MOST_READINGS}; unless `cut` says that there are more, everything
   * else is said as it stands.
   * Absent in what was kept before readings were.
   */
  tokens: z.optional(
    z
      .array(
        z.strictObject({
          start: z.int(),
          end: z.int(),
          spoken: z.string().check(z.maxLength(1000)),
          kind: z.string().check(z.maxLength(40)),
        }),
      )
      .check(z.maxLength(MOST_READINGS)),
  ),
  /** How many more there are that are not kept here; absent when nothing was left out. Reading the text again tells all. */
  cut: z.optional(
    z.strictObject({
      unknown: z.int().check(z.gte(0)),
      tokens: z.int().check(z.gte(0)),
    }),
  ),
});
export type ReadingSummary = z.infer<typeof readingSummarySchema>;
