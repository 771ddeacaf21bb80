/**
 * How a device proves who it is, and what travels when it is paired.
 *
 * @module
 */
import * as z from "zod/mini";
import { type ReceiverId, receiverIdSchema } from "../domain/ids.js";
import { MAX_AUTHORITY, MAX_ORDER_KEYS } from "./limits.js";
import { orderKeySchema, signedBytes } from "./signing.js";

/** A signature: 64 bytes in base64url. */
export const proofSchema = z.string().check(z.regex(/^[A-Za-z0-9_-]{86}$/));
/** What a server asks to be signed, never twice the same: 24 random bytes in base64url. */
export const nonceSchema = z.string().check(z.regex(/^[A-Za-z0-9_-]{32}$/));

/** What a device is answered that takes a place by a code. */
export const pairingAnswerSchema = z.object({
  receiver: receiverIdSchema,
  /** PEM of the certificate authority that the server's certificates come from: the only one to trust from now on. */
  authority: z.optional(z.string().check(z.maxLength(MAX_AUTHORITY))),
  orderKeys: z.array(orderKeySchema).check(z.maxLength(MAX_ORDER_KEYS)),
});
export type PairingAnswer = z.infer<typeof pairingAnswerSchema>;

/** What a device signs to prove that it is the receiver, here and now. */
export interface HelloClaim {
  readonly nonce: string;
  readonly receiver: ReceiverId;
  readonly bootId: string;
}

/** The bytes under the proof of a `hello`. */
export const helloBytes = ({ nonce, receiver, bootId }: HelloClaim): Uint8Array =>
  signedBytes("hello", `${nonce}\n${receiver}\n${bootId}`);
