/**
 * Checks what devices sign, and makes the words that people compare. Both take their time in the thread pool: ten thousand
 * devices that come back at once must not hold up what is on air. Measured for each: 0.03 ms here, 0.11 ms in the pool.
 *
 * @module
 */
import { createHash, createPublicKey, type KeyObject, pbkdf2, verify } from "node:crypto";
import { promisify } from "node:util";
import { type PairingFacts, WORD_COUNT, WORD_ROUNDS, wordsOf, wordsText } from "../../protocol/pairing-words.js";

const stretch = promisify(pbkdf2);

/**
 * Whether the holder of this key signed these bytes.
 *
 * @param publicKey raw, base64url
 * @param signature base64url
 */
export function isSignedBy(publicKey: string, bytes: Uint8Array, signature: string): Promise<boolean> {
  let key: KeyObject;
  try {
    // As a JSON Web Key: read in an eighth of the time that DER takes, and this happens on the thread of all others.
    key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: publicKey }, format: "jwk" });
  } catch {
    // What is no key has signed nothing.
    return Promise.resolve(false);
  }
  return new Promise((resolve, reject) => {
    verify(null, bytes, key, Buffer.from(signature, "base64url"), (error, fits) =>
      error ? reject(error) : resolve(fits),
    );
  });
}

/** The six words of a pairing, as the device makes them, too. */
export const pairingWords = async (facts: PairingFacts): Promise<readonly string[]> =>
  wordsOf(await stretch(wordsText(facts), facts.publicKey, WORD_ROUNDS, WORD_COUNT, "sha256"));

/** A short name of a key, for logs and people: the first 16 hex digits of the SHA-256 of the raw key. */
export const keyIdOf = (publicKey: string): string =>
  createHash("sha256").update(Buffer.from(publicKey, "base64url")).digest("hex").slice(0, 16);
