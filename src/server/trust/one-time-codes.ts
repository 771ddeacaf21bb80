/**
 * Codes that a telephone shows and that change every half minute (TOTP, RFC 6238), and codes on paper for the day on which
 * the telephone is gone.
 *
 * @module
 */
import { Secret, TOTP } from "otpauth";
import { createLetters } from "./token.js";

/** What every authenticator app understands; other values are ignored by some of them. */
const SHAPE = { algorithm: "SHA1", digits: 6, period: 30 } as const;
/** Half minutes by which a telephone's clock may be off. */
const WINDOW = 1;
const SECRET_BYTES = 20;

export interface NewTotp {
  /** Base32, to be typed where no camera is. */
  readonly secret: string;
  /** What a QR code holds. */
  readonly uri: string;
}

/** A fresh seed. @param issuer the station's name */
export function createTotp(issuer: string, account: string): NewTotp {
  const secret = new Secret({ size: SECRET_BYTES });
  const totp = new TOTP({ ...SHAPE, issuer, label: account, secret });
  return { secret: secret.base32, uri: totp.toString() };
}

/**
 * The number of the half minute that a code is of; `undefined` for a wrong one. Whoever keeps the highest number that was
 * taken takes no code twice.
 *
 * @param at civil milliseconds
 */
export function totpStep(secret: string, code: string, at: number): number | undefined {
  const token = code.replaceAll(/\s/g, "");
  if (!/^\d{6}$/.test(token)) return undefined;
  const totp = new TOTP({ ...SHAPE, secret: Secret.fromBase32(secret) });
  const delta = totp.validate({ token, timestamp: at, window: WINDOW });
  return delta === null ? undefined : Math.floor(at / (SHAPE.period * 1000)) + delta;
}

const GROUPS = 5;
const GROUP = 5;

/** A code for a single use, 116 bits, such as `ACDEF-GHJKM-NPQRT-UVWXY-34679`: so much chance needs no slow hash. */
export const createRecoveryCode = (): string => Array.from({ length: GROUPS }, () => createLetters(GROUP)).join("-");
