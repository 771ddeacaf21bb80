/**
 * Checks what the flags said by the same schema that the station will use, so that wrong use is told apart from refusal.
 *
 * @module
 */
import * as z from "zod";
import { refusalOf } from "../server/api/refusals.js";
import type { Schema } from "../server/api/route.js";
import { misuse } from "./command.js";

/**
 * Reads `value` by `schema`.
 *
 * @param names what the person wrote, such as `--area`, by the JSON pointer at which it stands or begins in the value
 * @throws Fault for exit code 2, which names what was written
 */
export function readArguments<S extends Schema>(
  schema: S,
  value: unknown,
  names: Readonly<Record<string, string>>,
): z.output<S> {
  const read = z.safeParse(schema, value, { reportInput: true });
  if (read.success) return read.data;
  const { pointer, words } = refusalOf(read.error);
  const [, name = pointer] = Object.entries(names).find(([start]) => `${pointer}/`.startsWith(`${start}/`)) ?? [];
  throw misuse({ vi: `${name}: ${words.vi}.`, en: `${name}: ${words.en}.` });
}
