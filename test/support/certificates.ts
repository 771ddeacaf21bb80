import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isIP } from "node:net";

/** A certificate in a test, with its private key. */
export interface Certified {
  readonly certificate: string;
  readonly key: string;
  readonly name: string;
  readonly privateKey: KeyObject;
}

export interface CertificateWish {
  /** Common name; and for a server the names and addresses that it is good for. */
  readonly name: string;
  readonly hosts?: readonly string[];
  /** Who signs it; itself when left out. */
  readonly issuer?: Certified;
  readonly isAuthority?: boolean;
  readonly from?: Date;
  readonly until?: Date;
}

/** One value in DER: tag, length, content. */
function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const size = body.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}
const sequence = (...content: readonly Uint8Array[]) => der(0x30, ...content);
const oid = (hex: string) => der(0x06, Buffer.from(hex, "hex"));
const ECDSA_SHA256 = sequence(oid("2a8648ce3d040302"));
const nameOf = (text: string) => sequence(der(0x31, sequence(oid("550403"), der(0x0c, Buffer.from(text)))));
const time = (date: Date) => der(0x18, Buffer.from(`${date.toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`));
const extension = (id: string, value: Uint8Array) => sequence(oid(id), der(0x01, Buffer.from([255])), der(0x04, value));

function extensionsOf({ isAuthority = false, hosts = [] }: CertificateWish): Buffer {
  const constraints = extension("551d13", isAuthority ? sequence(der(0x01, Buffer.from([255]))) : sequence());
  const names = hosts.map((host) =>
    isIP(host) === 4 ? der(0x87, Buffer.from(host.split(".").map(Number))) : der(0x82, Buffer.from(host)),
  );
  return der(0xa3, sequence(constraints, ...(names.length > 0 ? [extension("551d11", sequence(...names))] : [])));
}

const pem = (bytes: Buffer) =>
  `-----BEGIN CERTIFICATE-----\n${bytes.toString("base64").replace(/.{64}/g, "$&\n").trimEnd()}\n-----END CERTIFICATE-----\n`;

/** A certificate (X.509 v3, P-256) made on the spot, so that tests need no program for it. */
export function makeCertificate(wish: CertificateWish): Certified {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { name, issuer, from = new Date(Date.now() - 86_400_000), until = new Date(Date.now() + 86_400_000) } = wish;
  const content = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ECDSA_SHA256,
    nameOf(issuer?.name ?? name),
    sequence(time(from), time(until)),
    nameOf(name),
    publicKey.export({ format: "der", type: "spki" }),
    extensionsOf(wish),
  );
  const signature = sign("sha256", content, issuer?.privateKey ?? privateKey);
  const certificate = pem(sequence(content, ECDSA_SHA256, der(0x03, Buffer.from([0]), signature)));
  return { certificate, key: privateKey.export({ format: "pem", type: "pkcs8" }).toString(), name, privateKey };
}

/** An authority, and a server's certificate from it. */
export function makeAuthority(name = "Đài thử CA") {
  const authority = makeCertificate({ name, isAuthority: true });
  return {
    authority,
    issue: (hosts: readonly string[] = ["localhost", "127.0.0.1"]) =>
      makeCertificate({ name: hosts[0] ?? "localhost", hosts, issuer: authority }),
  };
}
