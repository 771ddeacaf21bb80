/**
 * Checks what the flags said by the same schema that the station will use, so that wrong use is told apart from refusal.
 *
 * @module
 */
import type * as z from "zod";
import { Fault } from "../base/errors.js";
import { read } from "../server/api/refusals.js";
import type { Schema } from "../server/api/route.js";
import { misuse } from "./command.js";

/** @throws Fault for exit code 2 */
export function readArguments<S extends Schema>(schema: S, value: unknown): z.output<S> {
  try {
    return read(schema, value);
  } catch (thrown) {
    throw thrown instanceof Fault ? misuse(thrown.words) : thrown;
  }
}
