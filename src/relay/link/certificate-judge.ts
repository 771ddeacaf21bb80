/**
 * Whether a server's certificate is good at the best time that this device knows. TLS judges by the machine's clock, and a box
 * without a clock chip wakes up in 1970: by that clock no certificate is good yet, and without a connection no clock gets right.
 *
 * @module
 */
import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";

/** What is known of the time, ms since 1970: it is not before the one, and not after the other. */
export interface KnownTime {
  readonly from: number;
  readonly to: number;
}

/** Nothing is known. */
export const NO_TIME: KnownTime = { from: 0, to: Number.POSITIVE_INFINITY };

/** Certificates between the server's and the authority's: more are left to a machine whose clock is right. */
const MOST_BETWEEN = 1;
/** Object identifier of the use «server of TLS». */
const SERVER_USE = "1.3.6.1.5.5.7.3.1";
const ONE_CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

export type Verdict =
  | "good"
  | "CERT_HAS_EXPIRED"
  | "CERT_NOT_YET_VALID"
  | "ERR_TLS_CERT_ALTNAME_INVALID"
  | "INVALID_CA";

/** By its dates only. */
export function judgeDates({ validFrom, validTo }: X509Certificate, { from, to }: KnownTime): Verdict {
  if (Date.parse(validTo) < from) return "CERT_HAS_EXPIRED";
  return Date.parse(validFrom) > to ? "CERT_NOT_YET_VALID" : "good";
}

/**
 * By everything: that it leads to a pinned authority by signatures, is for a server, for this name, and in its time as far as
 * that is known. Stricter than TLS in what it does not look into: at most one certificate between.
 *
 * @param leaf the server's, with those that it sent behind `issuerCertificate`
 * @param authority PEM of the pinned authorities
 */
export function judgeCertificate(
  leaf: X509Certificate,
  { authority, name, known }: { readonly authority: string; readonly name: string; readonly known: KnownTime },
): Verdict {
  const path = pathTo(anchorsOf(authority), leaf);
  if (path === undefined || !isForServers(leaf)) return "INVALID_CA";
  if (!isNamed(leaf, name)) return "ERR_TLS_CERT_ALTNAME_INVALID";
  return path.map((one) => judgeDates(one, known)).find((verdict) => verdict !== "good") ?? "good";
}

const anchorsOf = (pem: string) => (pem.match(ONE_CERTIFICATE) ?? []).map((text) => new X509Certificate(text));

const signs = (parent: X509Certificate, child: X509Certificate): boolean =>
  parent.ca && child.checkIssued(parent) && child.verify(parent.publicKey);

/** From the server's certificate to an authority, both included. */
function pathTo(anchors: readonly X509Certificate[], leaf: X509Certificate): readonly X509Certificate[] | undefined {
  const path = [leaf];
  for (let current = leaf; path.length <= MOST_BETWEEN + 1; ) {
    if (anchors.some(({ raw }) => raw.equals(current.raw))) return path;
    const anchor = anchors.find((one) => signs(one, current));
    if (anchor) return [...path, anchor];
    const between = current.issuerCertificate;
    if (between === undefined || !signs(between, current)) return undefined;
    path.push(between);
    current = between;
  }
  return undefined;
}

/** Without a list of uses a certificate is good for all. */
const isForServers = ({ keyUsage }: X509Certificate): boolean => keyUsage?.includes(SERVER_USE) ?? true;

const isNamed = (leaf: X509Certificate, name: string): boolean =>
  (isIP(name) === 0 ? leaf.checkHost(name) : leaf.checkIP(name)) !== undefined;
