/**
 * What a device shows for itself: a pairing code once, its own token ever after.
 *
 * @module
 */
import { type Epoch, later, ms } from "../../base/units.js";
import {
  CODE_LIFETIME_MS,
  createPairingCode,
  createToken,
  hashPairingCode,
  hashToken,
  looksLikeCode,
} from "./token.js";

export interface Secrets {
  /** A fresh pairing code for people to read out, and until when it holds. Only its hash is to be kept. */
  newCode(): { readonly code: string; readonly codeHash: string; readonly expiresAt: Epoch };
  /** A fresh device token, to be told to the device once. Only its hash is to be kept. */
  newToken(): { readonly token: string; readonly tokenHash: string };
  /** The hash by which a code, however it is typed, or a token is found again. */
  hashOf(secret: string): string;
}

/** @param now civil time */
export const stationSecrets = ({ now }: { readonly now: () => Epoch }): Secrets => ({
  newCode() {
    const code = createPairingCode();
    return { code, codeHash: hashPairingCode(code), expiresAt: later(now(), ms(CODE_LIFETIME_MS)) };
  },
  newToken() {
    const token = createToken();
    return { token, tokenHash: hashToken(token) };
  },
  hashOf: (secret) => (looksLikeCode(secret) ? hashPairingCode(secret) : hashToken(secret)),
});
