import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";

/** A telephone that keeps one passkey, on paper: ES256, no attestation, its owner always recognised. */
export function paperPasskey() {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const id = randomBytes(16);
  let counter = 0;

  const clientData = (type: string, challenge: string, origin: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  /** RP id hash, flags (present, verified, with or without a credential), counter. */
  const authenticatorData = (host: string, flags: number) => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(++counter);
    return Buffer.concat([createHash("sha256").update(host).digest(), Buffer.from([flags]), count]);
  };
  const encoded = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");

  return {
    id: encoded(id),
    /** What a browser hands over when a passkey has been made. */
    create({ challenge }: { challenge: string }, origin: string, host = new URL(origin).hostname) {
      const length = Buffer.from([0, id.length]);
      const authData = Buffer.concat([authenticatorData(host, 0x45), Buffer.alloc(16), length, id, coseOf(publicKey)]);
      const attestation = Buffer.concat([
        ...[Buffer.from([0xa3]), cborText("fmt"), cborText("none"), cborText("attStmt"), Buffer.from([0xa0])],
        ...[cborText("authData"), cborBytes(authData)],
      ]);
      return {
        ...{ id: encoded(id), rawId: encoded(id), type: "public-key", clientExtensionResults: {} },
        response: {
          clientDataJSON: encoded(clientData("webauthn.create", challenge, origin)),
          attestationObject: encoded(attestation),
          transports: ["internal"],
        },
      };
    },
    /** What a browser hands over when a passkey has been asked. */
    answer({ challenge }: { challenge: string }, origin: string, host = new URL(origin).hostname) {
      const authData = authenticatorData(host, 0x05);
      const data = clientData("webauthn.get", challenge, origin);
      const signed = Buffer.concat([authData, createHash("sha256").update(data).digest()]);
      return {
        ...{ id: encoded(id), rawId: encoded(id), type: "public-key", clientExtensionResults: {} },
        response: {
          clientDataJSON: encoded(data),
          authenticatorData: encoded(authData),
          signature: encoded(createSign("sha256").update(signed).sign(privateKey)),
        },
      };
    },
  };
}

const cborText = (text: string) => Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)]);
function cborBytes(bytes: Buffer): Buffer {
  const head =
    bytes.length < 24
      ? [0x40 + bytes.length]
      : bytes.length < 256
        ? [0x58, bytes.length]
        : [0x59, bytes.length >> 8, bytes.length & 255];
  return Buffer.concat([Buffer.from(head), bytes]);
}

/** {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y} */
function coseOf(key: KeyObject): Buffer {
  const { x = "", y = "" } = key.export({ format: "jwk" });
  const [first, second] = [Buffer.from(x, "base64url"), Buffer.from(y, "base64url")];
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    cborBytes(first),
    Buffer.from([0x22]),
    cborBytes(second),
  ]);
}
