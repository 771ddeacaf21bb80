/**
 * Pairing codes, and the words that show whom a code has let in.
 *
 * @module
 */
import { type Epoch, later, ms } from "../../base/units.js";
import type { PairingFacts } from "../../protocol/pairing-words.js";
import { keyIdOf, pairingWords } from "./device-proofs.js";
import { CODE_LIFETIME_MS, createPairingCode, hashPairingCode } from "./token.js";

export interface Secrets {
  /** A fresh pairing code for people to read out, and until when it holds. Only its hash is to be kept. */
  newCode(): { readonly code: string; readonly codeHash: string; readonly expiresAt: Epoch };
  /** The hash by which a code, however it is typed, is found again. */
  hashOf(code: string): string;
  words(facts: PairingFacts): Promise<readonly string[]>;
  keyIdOf(publicKey: string): string;
}

/** @param now civil time */
export const stationSecrets = ({ now }: { readonly now: () => Epoch }): Secrets => ({
  newCode() {
    const code = createPairingCode();
    return { code, codeHash: hashPairingCode(code), expiresAt: later(now(), ms(CODE_LIFETIME_MS)) };
  },
  hashOf: hashPairingCode,
  words: pairingWords,
  keyIdOf,
});
