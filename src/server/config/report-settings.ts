/**
 * `report` in `config/station.json`: which days a monthly report is about, and how the station's papers are headed and signed.
 *
 * @module
 */
import { z } from "zod";
import { localTimeSchema } from "../../domain/local-time.js";
import { MOST_RECIPIENTS, recipientSchema } from "../../domain/report-submission.js";

/** Every month has these days. */
const dayOfMonth = z.int().min(1).max(28);
const line = z.string().trim().min(1).max(160);

export const reportSettingsSchema = z.strictObject({
  /** Last day of the period; the next begins on the day after it. */
  periodEndsOn: dayOfMonth.default(25),
  /** The draft is ready on this day, and the report is due on that. */
  draftOn: dayOfMonth.default(23),
  dueOn: dayOfMonth.default(25),
  /** When the digest of the night is made. */
  digestAt: z.prefault(localTimeSchema, "06:00"),
  /** The body above the one that issues the report, such as `ỦY BAN NHÂN DÂN THÀNH PHỐ …`. */
  parent: line.optional(),
  /** The body that issues it; the station's name when left out. */
  issuer: line.optional(),
  /** Behind the number: kind of document and body. */
  symbol: z
    .string()
    .regex(/^\p{Lu}[\p{L}&.-]{0,30}$/u)
    .default("BC-ĐTT"),
  /** Where it is signed. */
  place: line.optional(),
  signer: z
    .strictObject({
      /** For whom it is signed, such as `TM. ỦY BAN NHÂN DÂN`. */
      authority: line.optional(),
      office: line.default("TRƯỞNG ĐÀI"),
      name: line.optional(),
    })
    .prefault({}),
  /** «Nơi nhận», without `Lưu`. */
  recipients: z.array(recipientSchema).max(MOST_RECIPIENTS).default([]),
});
