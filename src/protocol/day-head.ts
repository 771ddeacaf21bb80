/**
 * The head of a closed day of the as-run log: how many lines it has and the hash of its last, signed. Whoever holds it can show
 * that nothing up to that line was changed or cut off since.
 *
 * @module
 */
import * as z from "zod/mini";
import { localDateSchema } from "../domain/local-time.js";
import { keyIdSchema } from "./signing.js";

const number = z.int().check(z.gte(1));
const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/));

export const dayHeadSchema = z.object({
  v: z.literal(1),
  /** In the station's zone. */
  day: localDateSchema,
  /** How many lines were written on it, and the numbers of the first and the last. */
  lines: number,
  first: number,
  last: number,
  /** Hash of the last line. */
  head: hash,
  /** Hash of the last line of the day before that was closed; zeros for the first. */
  previous: hash,
});
export type DayHead = z.infer<typeof dayHeadSchema>;

/** The text that is signed. */
export const dayHeadText = ({ day, lines, first, last, head, previous }: DayHead): string =>
  JSON.stringify({ v: 1, day, lines, first, last, head, previous });

/** Reads a signed text; `undefined` when it is none. Only what {@link dayHeadText} writes is read. */
export function parseDayHead(text: string): DayHead | undefined {
  try {
    const found = dayHeadSchema.safeParse(JSON.parse(text)).data;
    return found && dayHeadText(found) === text && found.last - found.first === found.lines - 1 ? found : undefined;
  } catch {
    // No JSON is no head.
    return undefined;
  }
}

/** A head as it travels and is kept. */
export const signedDaySchema = z.object({
  text: z.string().check(z.maxLength(512)),
  keyId: keyIdSchema,
  signature: z.string().check(z.maxLength(128)),
});
export type SignedDay = z.infer<typeof signedDaySchema>;
