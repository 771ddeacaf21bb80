/**
 * What is signed, byte for byte. A signature is Ed25519 over a line that says what the content is for, and the content
 * exactly as it travels: nothing is ever written anew to be checked, and a signature made for one purpose is worth nothing
 * for another.
 *
 * @module
 */
import * as z from "zod/mini";

/** What a signature can be for; both ends write the purpose into the signed bytes. */
export type Purpose = "order" | "programme" | "time" | "key" | "day" | "hello" | "seal" | "update";

/** The bytes that a signature covers: UTF-8 of `loa pa.v1 <purpose>`, a line feed, and the content. */
export const signedBytes = (purpose: Purpose, content: string): Uint8Array =>
  new TextEncoder().encode(`loa pa.v1 ${purpose}\n${content}`);

/** The first 16 hex digits of the SHA-256 of the raw public key. */
export const keyIdSchema = z.string().check(z.regex(/^[0-9a-f]{16}$/));

/** A raw Ed25519 public key, 32 bytes in base64url without padding. */
export const publicKeySchema = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));

/** A key that orders may be signed with, as receivers are told it. */
export const orderKeySchema = z.object({ keyId: keyIdSchema, publicKey: publicKeySchema });
export type OrderKey = z.infer<typeof orderKeySchema>;
