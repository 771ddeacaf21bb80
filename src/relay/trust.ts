/**
 * Whom this loudspeaker believes: checks signatures by the keys that it was given when it was paired, and by those that a
 * trusted key has introduced since.
 *
 * @module
 */
import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import type { Log } from "../base/log.js";
import { keyNoticeSchema } from "../protocol/key-notice.js";
import type { Signed } from "../protocol/orders.js";
import { type Seal, sealText } from "../protocol/seal.js";
import { type OrderKey, type Purpose, signedBytes } from "../protocol/signing.js";
import { judgeNotice, type Keyring, keyFor, type Verification } from "../receiver/keyring.js";
import type { SealedPiece } from "../receiver/seal-gate.js";
import { openTrustedKeys } from "./disk/trusted-keys.js";

/** Checks a signature; at once, some tenths of a millisecond. */
export type Verify = (purpose: Purpose, signed: Signed) => Verification;

export interface Trust {
  readonly verify: Verify;
  /** Takes a notice about keys; what it brings is on disk when this returns. */
  take(notice: Signed): void;
  /** The keys that are trusted now. */
  keyIds(): string[];
}

export interface TrustOptions {
  readonly ring: Keyring;
  /** On disk when it returns. @throws when the disk does not take it */
  readonly keep: (ring: Keyring) => void;
  /** Trusted time, or the latest that is known to have been, µs. */
  readonly now: () => number;
  readonly log: Log;
}

export function createTrust({ ring: first, keep, now, log }: TrustOptions): Trust {
  let ring = first;

  const check: Verify = (purpose, { text, keyId, signature }) => {
    const key = signature === "" ? "unsigned" : keyFor(ring, keyId, now());
    if (typeof key === "string") return { keyId: false, doubt: key };
    const bytes = Buffer.from(signature, "base64url");
    // Of several spellings of the same bytes one is the signature's.
    const isPlain = bytes.toString("base64url") === signature;
    return isPlain && fits(key.publicKey, { purpose, text, signature: bytes })
      ? { keyId }
      : { keyId: false, doubt: "signature" };
  };

  return {
    verify: check,
    take(signed) {
      const notice = keyNoticeSchema.safeParse(parse(signed.text)).data;
      if (!notice) return log.warn("relay.key-notice-malformed");
      const verdict = judgeNotice(notice, ring, { verification: check("key", signed), now: now() });
      if (verdict.kind === "known") return;
      if (verdict.kind === "refuse")
        return log.error("relay.key-notice-refused", { serial: notice.serial, why: verdict.why, hint: PAIR_AGAIN });
      ring = verdict.ring;
      log.info("relay.keys", { serial: ring.serial, keys: ring.keys.map(({ keyId }) => keyId) });
      try {
        keep(ring);
      } catch (thrown) {
        // Better a stop that is obeyed until the next start than one that is not.
        log.error("relay.disk-failed", { file: "trusted-keys", thrown });
      }
    },
    keyIds: () => ring.keys.map(({ keyId }) => keyId),
  };
}

/**
 * The trust of a paired loudspeaker, with what it learnt since on disk.
 *
 * @param paired the keys that were told at the pairing
 */
export function openTrust(
  folder: string,
  paired: readonly OrderKey[],
  { now, log }: Pick<TrustOptions, "now" | "log">,
): Trust {
  const { ring, keep } = openTrustedKeys(folder, paired, log);
  return createTrust({ ring, keep, now, log });
}

/** Whether a piece of a stream is the one that its seal was made for. */
export function isSealed({ key, pieces }: SealedPiece, seal: Seal): boolean {
  const hash = createHash("sha256");
  for (const { payload } of pieces) hash.update(payload);
  return fits(key, { purpose: "seal", text: sealText(seal, hash.digest("hex")), signature: seal.signature });
}

/** Keys that were needed lately; making one of its bytes costs as much as a check. */
const made = new Map<string, KeyObject>();
const MADE_AT_MOST = 32;

function fits(publicKey: string, { purpose, text, signature }: Claimed): boolean {
  try {
    return verify(null, signedBytes(purpose, text), keyObject(publicKey), signature);
  } catch {
    // Bytes that are no point on the curve: nothing was signed with such a key.
    return false;
  }
}

interface Claimed {
  readonly purpose: Purpose;
  readonly text: string;
  readonly signature: Uint8Array;
}

function keyObject(publicKey: string): KeyObject {
  const known = made.get(publicKey);
  if (known) return known;
  const key = createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", x: publicKey } });
  const oldest = made.keys().next().value;
  if (made.size >= MADE_AT_MOST && oldest !== undefined) made.delete(oldest);
  made.set(publicKey, key);
  return key;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No JSON is no notice: the schema refuses `undefined`.
    return undefined;
  }
}

const PAIR_AGAIN =
  "không nhận ra khóa của đài: nếu loa đã tắt lâu trong khi đài đổi khóa, hãy ghép lại bằng mã mới / the station's keys are not known here: if this loudspeaker was off while they changed, pair it again with a new code";
