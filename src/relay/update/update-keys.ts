/**
 * Who may make programs for this loudspeaker: the update keys, apart from the order keys, in a file of their own.
 *
 * @module
 */
import { createPublicKey, verify } from "node:crypto";
import { join } from "node:path";
import * as z from "zod/mini";
import { publicKeySchema, signedBytes } from "../../protocol/signing.js";
import type { SignedManifest } from "../../protocol/update.js";
import { machineFiles, type SlotFiles } from "./slot-files.js";

const keysSchema = z.object({ v: z.literal(1), keys: z.array(publicKeySchema).check(z.minLength(1), z.maxLength(4)) });

export interface UpdateKeys {
  /**
   * Whether a known key signed this manifest. Without any key yet, the key of the first update that the station ordered is
   * taken and kept: the station is believed once, and from then on only the key's own holder.
   */
  check(signed: SignedManifest): "fits" | "update-key" | "update-signature";
  /** A program that has proved itself names the keys that hold from now on. */
  replace(keys: readonly string[]): void;
}

/** @param state the state folder; the file is `update-keys.json` in it */
export function openUpdateKeys(state: string, files: SlotFiles = machineFiles): UpdateKeys {
  const file = join(state, "update-keys.json");
  const replace = (keys: readonly string[]) => files.write(file, `${JSON.stringify({ v: 1, keys })}\n`);
  /** `undefined` when there is no file; a damaged one trusts nobody. */
  const known = (): readonly string[] | undefined => {
    const text = files.read(file);
    if (text === undefined) return files.exists(file) ? [] : undefined;
    try {
      return keysSchema.parse(JSON.parse(text)).keys;
    } catch {
      // Whoever can damage the file must not gain a first time by it.
      return [];
    }
  };

  return {
    check(signed) {
      const keys = known();
      if (keys !== undefined && !keys.includes(signed.key)) return "update-key";
      if (!isSignedBy(signed)) return "update-signature";
      if (keys === undefined) replace([signed.key]);
      return "fits";
    },
    replace,
  };
}

function isSignedBy({ manifest, key, signature }: SignedManifest): boolean {
  try {
    const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: key }, format: "jwk" });
    return verify(null, signedBytes("update", manifest), publicKey, Buffer.from(signature, "base64url"));
  } catch {
    // No point of the curve, or no signature at all: it fits nothing.
    return false;
  }
}
