/**
 * Days that are not like others. Lunar holidays are lists of dates that a person has confirmed, never computed.
 *
 * @module
 */
import * as z from "zod/mini";
import { localDateSchema } from "./local-time.js";

export const holidaySchema = z.strictObject({
  date: localDateSchema,
  name: z.string().check(z.minLength(1), z.maxLength(120)),
});
export type Holiday = z.infer<typeof holidaySchema>;
