/**
 * Whether a device is the receiver that it says it is: its proof must fit a key that this receiver's place knows.
 *
 * @module
 */
import type { ReceiverId } from "../../domain/ids.js";
import { helloBytes } from "../../protocol/identity.js";
import type { HelloBody } from "../../protocol/messages.js";
import { isSignedBy } from "./device-proofs.js";

/** The version of the protocol that this server speaks. */
const VERSION = 1;

/** A key that may speak for a receiver, and what becomes of who proves it. */
export interface Claim {
  readonly publicKey: string;
  readonly standing: "confirmed" | "unconfirmed" | "quarantined" | "revoked";
}

/** `why` is a stable reason that the device is told. */
export type Verdict =
  | { readonly ok: true; readonly receiver: ReceiverId }
  | { readonly ok: false; readonly why: string; readonly closing?: "two-devices" };

/** @param claimsOf read again after the check, so that nobody slips in who is revoked meanwhile; `undefined`: no such receiver */
export function createAuthenticator(claimsOf: (receiver: ReceiverId) => readonly Claim[] | undefined) {
  const standingOf = (receiver: ReceiverId, publicKey: string) =>
    claimsOf(receiver)?.find((claim) => claim.publicKey === publicKey)?.standing;

  return async ({ receiver, bootId, proof, versions }: HelloBody, nonce: string): Promise<Verdict> => {
    if (!versions.includes(VERSION)) return { ok: false, why: "version" };
    const claims = claimsOf(receiver);
    if (claims === undefined) return { ok: false, why: "unknown-receiver" };
    const bytes = helloBytes({ nonce, receiver, bootId });
    for (const { publicKey } of claims) {
      if (!(await isSignedBy(publicKey, bytes, proof))) continue;
      const standing = standingOf(receiver, publicKey);
      if (standing === "confirmed") return { ok: true, receiver };
      if (standing === "quarantined") return { ok: false, why: "quarantined", closing: "two-devices" };
      return { ok: false, why: standing ?? "revoked" };
    }
    return { ok: false, why: claims.length === 0 ? "not-paired" : "wrong-proof" };
  };
}
