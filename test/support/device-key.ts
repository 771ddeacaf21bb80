import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import type { ReceiverId } from "../../src/domain/ids.js";
import { helloBytes } from "../../src/protocol/identity.js";

/** A device's key in a test, and what it signs. */
export interface DeviceKey {
  readonly publicKey: string;
  /** PKCS #8 in DER, base64: for another process. */
  readonly privateKey: string;
  proof(nonce: string, receiver: ReceiverId | string, bootId: string): string;
}

const keyFrom = (key: KeyObject): DeviceKey => ({
  // Not as a JWK: see `withNames` of the server's keys.
  publicKey: createPublicKey(key).export({ type: "spki", format: "der" }).subarray(-32).toString("base64url"),
  privateKey: key.export({ format: "der", type: "pkcs8" }).toString("base64"),
  proof: (nonce, receiver, bootId) =>
    sign(null, helloBytes({ nonce, receiver: receiver as ReceiverId, bootId }), key).toString("base64url"),
});

/** The key that another process has told as {@link DeviceKey.privateKey}. */
export const deviceKeyOf = (privateKey: string): DeviceKey =>
  keyFrom(createPrivateKey({ key: Buffer.from(privateKey, "base64"), format: "der", type: "pkcs8" }));

/** A key that nobody else has. */
export const newDeviceKey = (): DeviceKey => keyFrom(generateKeyPairSync("ed25519").privateKey);

/** The same key for the same seed of 32 bytes, as hex: for golden values only. */
export const seededDeviceKey = (seed: string): DeviceKey =>
  deviceKeyOf(Buffer.from(`302e020100300506032b657004220420${seed}`, "hex").toString("base64"));
