/**
 * The notice by which a station tells its receivers which order keys hold from now on. It is signed by a key that they
 * trust already, so that trust is handed on and never taken on faith.
 *
 * @module
 */
import * as z from "zod/mini";
import { keyIdSchema, publicKeySchema } from "./signing.js";

const time = z.int().check(z.gte(0));

/** A key of a notice; after `until`, µs of server time, it is refused. */
export const noticedKeySchema = z.object({
  keyId: keyIdSchema,
  publicKey: publicKeySchema,
  until: z.optional(time),
});
export type NoticedKey = z.infer<typeof noticedKeySchema>;

export const keyNoticeSchema = z.object({
  v: z.literal(1),
  /** Rises with each notice; a lower one than the last taken is of the past. */
  serial: z.int().check(z.gte(1)),
  issuedAt: time,
  /** When the key that signed it ends: later the notice introduces nobody any more. */
  notAfter: z.optional(time),
  /** All keys that hold, in place of those known before. */
  keys: z.array(noticedKeySchema).check(z.minLength(1), z.maxLength(8)),
});
export type KeyNotice = z.infer<typeof keyNoticeSchema>;
