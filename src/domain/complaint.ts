/**
 * What a resident said about a loudspeaker, what was done, and what was answered.
 *
 * @module
 */
import * as z from "zod/mini";
import { areaIdSchema, receiverIdSchema } from "./ids.js";
import { remarkSchema } from "./repair.js";

const person = z.string().check(z.maxLength(120));

export const complaintSchema = z.strictObject({
  /** Counts up from 1. */
  number: z.int().check(z.gte(1)),
  /** As it is painted on the pole, and as the resident said it. */
  pole: z.optional(z.string().check(z.maxLength(20))),
  /** The loudspeaker that is meant, once that is known. */
  receiver: z.optional(receiverIdSchema),
  /** Where that stood when it was named: it may be moved or removed later, and the matter stays with those who had it. */
  area: z.optional(areaIdSchema),
  /** Where the resident was. */
  place: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
  /** When it was heard, or not heard; civil milliseconds. */
  at: z.number(),
  what: remarkSchema,
  /** How to reach the resident: kept only here, and only until it is erased. */
  contact: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(200))),
  recordedBy: person,
  recordedAt: z.number(),
  /** Who has said to be working on it. */
  takenBy: z.optional(person),
  takenAt: z.optional(z.number()),
  /** What was done about it. */
  action: z.optional(remarkSchema),
  /** What the resident was told. */
  answer: z.optional(remarkSchema),
  closedBy: z.optional(person),
  closedAt: z.optional(z.number()),
});
export type Complaint = z.infer<typeof complaintSchema>;

/** The loudspeaker whose pole bears that number, however it is typed: «C 07», «c-07». */
export function receiverAtPole<R extends { readonly pole?: string | undefined }>(
  receivers: readonly R[],
  pole: string,
): R | undefined {
  const wanted = plain(pole);
  const there = receivers.filter((receiver) => receiver.pole !== undefined && plain(receiver.pole) === wanted);
  // Two poles with one number: a person has to say which.
  return wanted !== "" && there.length === 1 ? there[0] : undefined;
}

const plain = (pole: string): string =>
  pole
    .normalize("NFC")
    .toLowerCase()
    .replace(/[\s\-_./]/g, "");
