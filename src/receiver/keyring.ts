/**
 * The keys by which a receiver knows its station, and how they change: only at the word of a key that it trusts already.
 *
 * @module
 */
import * as z from "zod/mini";
import { type KeyNotice, noticedKeySchema } from "../protocol/key-notice.js";
import type { OrderKey } from "../protocol/signing.js";

export const keyringSchema = z.object({
  /** Serial of the last notice taken; 0 for the keys of the pairing. */
  serial: z.int().check(z.gte(0)),
  keys: z.array(noticedKeySchema).check(z.maxLength(8)),
});
export type Keyring = z.infer<typeof keyringSchema>;

/** What is trusted from the pairing on. */
export const pairedKeyring = (keys: readonly OrderKey[]): Keyring => ({
  serial: 0,
  keys: keys.slice(0, 8).map(({ keyId, publicKey }) => ({ keyId, publicKey })),
});

/** Why a signature is not believed. */
export type Doubt =
  /** There is none. */
  | "unsigned"
  /** This receiver was never told of that key. */
  | "unknown-key"
  /** The key has been replaced and its time is over. */
  | "retired-key"
  /** The signature does not fit: text, key or signature were changed. */
  | "signature";

/** What became of checking a signature. */
export type Verification = { readonly keyId: string } | { readonly keyId: false; readonly doubt: Doubt };

/** The public key to check with, or why none will do. @param now trusted time, µs, or the latest that is known to have been */
export function keyFor({ keys }: Keyring, keyId: string, now: number): { readonly publicKey: string } | Doubt {
  if (keyId === "") return "unsigned";
  const key = keys.find((one) => one.keyId === keyId);
  if (!key) return "unknown-key";
  return key.until !== undefined && now > key.until ? "retired-key" : { publicKey: key.publicKey };
}

/** What is to be done with a notice. */
export type NoticeVerdict =
  | { readonly kind: "take"; readonly ring: Keyring }
  /** Taken before. */
  | { readonly kind: "known" }
  | { readonly kind: "refuse"; readonly why: Doubt | "expired" };

/** @param verification of the notice's own signature, by the ring as it is */
export function judgeNotice(notice: KeyNotice, ring: Keyring, { verification, now }: NoticeScene): NoticeVerdict {
  if (notice.serial <= ring.serial) return { kind: "known" };
  if (verification.keyId === false) return { kind: "refuse", why: verification.doubt };
  if (notice.notAfter !== undefined && now > notice.notAfter) return { kind: "refuse", why: "expired" };
  return { kind: "take", ring: { serial: notice.serial, keys: [...notice.keys] } };
}

export interface NoticeScene {
  readonly verification: Verification;
  /** As for {@link keyFor}. */
  readonly now: number;
}
