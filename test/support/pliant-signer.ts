import { makeKey, signWith } from "../../src/server/trust/ed25519.js";
import type { Signer } from "../../src/server/trust/signer.js";

/** Signs whatever it is asked to. The signer's program would not: to it, a station whose clock runs faster goes wrong. */
export function pliantSigner(): Signer {
  const key = makeKey();
  const { keyId, publicKey } = key;
  const standing = { active: keyId, keys: [{ keyId, publicKey }], notices: [] } as never;
  return {
    sign: async (what, text) => ({ text, keyId, signature: signWith(key, what, text) }),
    orderKeys: () => [{ keyId, publicKey }],
    standing: () => standing,
    rotate: async () => standing,
    retire: async () => standing,
    close: () => {},
  };
}
