/**
 * Whether an update key signed a manifest: looked at before anything is sent out, so that a mistake is told to the person who
 * made it and not by each loudspeaker.
 *
 * @module
 */
import { createPublicKey, verify } from "node:crypto";
import { signedBytes } from "../../protocol/signing.js";

export function isManifestSigned({
  manifest,
  key,
  signature,
}: {
  readonly manifest: string;
  readonly key: string;
  readonly signature: string;
}): boolean {
  try {
    const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: key }, format: "jwk" });
    return verify(null, signedBytes("update", manifest), publicKey, Buffer.from(signature, "base64url"));
  } catch {
    // No key or no signature fits nothing.
    return false;
  }
}
