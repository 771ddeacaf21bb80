/**
 * Certificates of a station's own: an authority, and what it signs for the server. ECDSA on P-256, which browsers, phones and
 * loudspeakers of the last ten years know.
 *
 * @module
 */
import { createHash, createPrivateKey, randomBytes, webcrypto, X509Certificate } from "node:crypto";
import { isIP, isIPv4 } from "node:net";
import * as asn1 from "asn1js";
import * as pki from "pkijs";
import type { Epoch } from "../../base/units.js";

/** A certificate and its private key (PKCS #8), both PEM. */
export interface Certified {
  readonly certificate: string;
  readonly key: string;
}

/** How long something is good for, from a day ago on: clocks of devices may be behind. */
export interface Validity {
  /** Civil time. */
  readonly now: Epoch;
  readonly days: number;
}

const DAY_MS = 86_400_000;
const P256 = { name: "ECDSA", namedCurve: "P-256" } as const;
const OID = {
  commonName: "2.5.4.3",
  keyIdentifier: "2.5.29.14",
  usage: "2.5.29.15",
  names: "2.5.29.17",
  constraints: "2.5.29.19",
  authorityKey: "2.5.29.35",
  purposes: "2.5.29.37",
  server: "1.3.6.1.5.5.7.3.1",
} as const;
/** Bits of the extension «key usage» (RFC 5280, 4.2.1.3), first bit first. */
const MAY_SIGN = 0b1000_0000;
const MAY_CERTIFY = 0b0000_0110;
/** Kinds of a general name (RFC 5280, 4.2.1.6). */
const DNS = 2;
const IP = 7;

/** A new authority. It may sign servers' certificates only, and no other authority. */
export async function makeAuthority(name: string, validity: Validity): Promise<Certified> {
  const keys = await newKeys();
  const made = await blank(validity, keys.publicKey, { subject: name, issuer: name });
  made.extensions = [
    extension(OID.constraints, new pki.BasicConstraints({ cA: true, pathLenConstraint: 0 }).toSchema(), true),
    extension(OID.usage, bits(MAY_CERTIFY, 1), true),
    extension(OID.keyIdentifier, octets(keyIdentifierOf(made))),
  ];
  return signed(made, keys.privateKey, keys.privateKey);
}

/**
 * A certificate for a server, with a fresh key. Its chain is the certificate alone: whoever trusts the authority has that.
 *
 * @param names DNS names and IP addresses by which the server is reached, the most usual first; at least one
 */
export async function issueCertificate(
  authority: Certified,
  names: readonly [string, ...string[]],
  validity: Validity,
): Promise<Certified> {
  const parent = parse(authority.certificate);
  const keys = await newKeys();
  const made = await blank(validity, keys.publicKey, { subject: names[0], issuer: "" });
  made.issuer = parent.subject;
  made.extensions = [
    extension(OID.constraints, new pki.BasicConstraints({ cA: false }).toSchema(), true),
    extension(OID.usage, bits(MAY_SIGN, 7), true),
    extension(OID.purposes, new pki.ExtKeyUsage({ keyPurposes: [OID.server] }).toSchema()),
    extension(OID.names, new pki.GeneralNames({ names: names.map(generalName) }).toSchema()),
    extension(OID.keyIdentifier, octets(keyIdentifierOf(made))),
    extension(
      OID.authorityKey,
      new pki.AuthorityKeyIdentifier({ keyIdentifier: octets(keyIdentifierOf(parent)) }).toSchema(),
    ),
  ];
  return signed(made, keys.privateKey, await importKey(authority.key));
}

/** The names and addresses that a certificate (PEM) is good for, in its order. */
export const namesOf = (certificate: string): readonly string[] =>
  (new X509Certificate(certificate).subjectAltName ?? "")
    .split(", ")
    .flatMap((name) => (/^(?:DNS|IP Address):/.test(name) ? [name.slice(name.indexOf(":") + 1)] : []));

const newKeys = () => webcrypto.subtle.generateKey(P256, true, ["sign", "verify"]);

const importKey = (pem: string) =>
  webcrypto.subtle.importKey("pkcs8", createPrivateKey(pem).export({ type: "pkcs8", format: "der" }), P256, false, [
    "sign",
  ]);

async function blank(
  { now, days }: Validity,
  publicKey: webcrypto.CryptoKey,
  { subject, issuer }: { readonly subject: string; readonly issuer: string },
): Promise<pki.Certificate> {
  const made = new pki.Certificate();
  made.version = 2;
  // Positive and of full length, whatever the dice say.
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  made.serialNumber = new asn1.Integer({ valueHex: serial });
  made.subject = named(subject);
  made.issuer = named(issuer);
  made.notBefore = timeOf(now - DAY_MS);
  made.notAfter = timeOf(now + days * DAY_MS);
  await made.subjectPublicKeyInfo.importKey(publicKey);
  return made;
}

async function signed(
  made: pki.Certificate,
  own: webcrypto.CryptoKey,
  signer: webcrypto.CryptoKey,
): Promise<Certified> {
  await made.sign(signer, "SHA-256");
  const der = Buffer.from(made.toSchema(true).toBER(false));
  const key = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", own));
  return { certificate: pem("CERTIFICATE", der), key: pem("PRIVATE KEY", key) };
}

const parse = (text: string): pki.Certificate => pki.Certificate.fromBER(new Uint8Array(new X509Certificate(text).raw));

const named = (text: string) =>
  new pki.RelativeDistinguishedNames({
    typesAndValues: [
      new pki.AttributeTypeAndValue({ type: OID.commonName, value: new asn1.Utf8String({ value: text.slice(0, 64) }) }),
    ],
  });

/** Two digits of the year do until 2049 and no longer (RFC 5280, 4.1.2.5). */
function timeOf(at: number): pki.Time {
  const value = new Date(Math.floor(at / 1000) * 1000);
  return new pki.Time({ type: value.getUTCFullYear() < 2050 ? 0 : 1, value });
}

const generalName = (name: string) =>
  isIP(name) === 0
    ? new pki.GeneralName({ type: DNS, value: name })
    : new pki.GeneralName({ type: IP, value: octets(addressBytes(name)) });

/** The bytes of an address, 4 or 16. */
function addressBytes(address: string): Uint8Array {
  if (isIPv4(address)) return Uint8Array.from(address.split(".").map(Number));
  // The URL parser knows every way in which an IPv6 address is written, and writes it in one.
  const [head = "", tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const groups = (text: string | undefined) => (text ? text.split(":").map((group) => Number.parseInt(group, 16)) : []);
  const [before, after] = [groups(head), groups(tail)];
  const words = [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
  return Uint8Array.from(words.flatMap((word) => [word >> 8, word & 255]));
}

const octets = (bytes: Uint8Array) => new asn1.OctetString({ valueHex: new Uint8Array(bytes) });
const bits = (byte: number, unusedBits: number) => new asn1.BitString({ unusedBits, valueHex: Uint8Array.of(byte) });

const extension = (extnID: string, value: { toBER(sizeOnly?: boolean): ArrayBuffer }, critical = false) =>
  new pki.Extension({ extnID, critical, extnValue: value.toBER(false) });

/** Names a key; twenty bytes, as everybody's are (RFC 7093, method 1). */
const keyIdentifierOf = ({ subjectPublicKeyInfo }: pki.Certificate): Uint8Array =>
  createHash("sha256").update(subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView).digest().subarray(0, 20);

const pem = (label: string, der: Buffer): string =>
  `-----BEGIN ${label}-----\n${der.toString("base64").replace(/.{64}(?!$)/g, "$&\n")}\n-----END ${label}-----\n`;
