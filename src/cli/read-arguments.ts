/**
 * Checks what the flags said by the same schema that the station will use, so that wrong use is told apart from refusal.
 *
 * @module
 */
import * as z from "zod";
import { misuse } from "./command.js";

/** @throws Fault for exit code 2 */
export function readArguments<S extends z.core.$ZodType>(schema: S, value: unknown): z.output<S> {
  const read = z.safeParse(schema, value);
  if (read.success) return read.data;
  const { path = [], message = "" } = read.error.issues[0] ?? {};
  throw misuse({ vi: `Chưa đúng: ${path.join(".")}: ${message}`, en: `Not right: ${path.join(".")}: ${message}` });
}
