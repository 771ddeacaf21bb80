/**
 * Ed25519 keys as this house writes them: public ones raw in base64url, private ones as PKCS #8 in PEM.
 *
 * @module
 */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import type { OrderKey } from "../../protocol/signing.js";
import { type Purpose, signedBytes } from "../../protocol/signing.js";

/** A key that signs. */
export interface SigningKey extends OrderKey {
  readonly key: KeyObject;
}

/** A new key pair. */
export const makeKey = (): SigningKey => withNames(generateKeyPairSync("ed25519").privateKey);

/** @throws when the text is no private key, or one of another kind */
export function readKey(pem: string): SigningKey {
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType !== "ed25519") throw new Error(`a key of the kind ${key.asymmetricKeyType}`);
  return withNames(key);
}

export const pemOf = ({ key }: SigningKey): string => key.export({ type: "pkcs8", format: "pem" }).toString();

/** The signature over the content for this purpose, base64url. */
export const signWith = ({ key }: SigningKey, purpose: Purpose, content: string): string =>
  sign(null, signedBytes(purpose, content), key).toString("base64url");

/** A key for the seals of one stream; it never leaves the process and is forgotten with the stream. */
export function newSealKey(): { readonly publicKey: string; readonly sign: (text: string) => Uint8Array } {
  const { publicKey, key } = makeKey();
  return { publicKey, sign: (text) => sign(null, signedBytes("seal", text), key) };
}

/** Bytes of a public key; what stands before them in its SubjectPublicKeyInfo is the same for all (RFC 8410). */
const RAW = 32;

function withNames(key: KeyObject): SigningKey {
  // As a JWK it would be shorter; but exported so, a key that was just generated can wait for itself for ever (Node 20).
  const raw = createPublicKey(key).export({ type: "spki", format: "der" }).subarray(-RAW);
  const keyId = createHash("sha256").update(raw).digest("hex").slice(0, 16);
  return { keyId, publicKey: raw.toString("base64url"), key };
}
