/**
 * The station's own authority and the server's certificate from it, in `config/tls`: made once, renewed for years under the
 * same authority, so that whoever trusts it notices nothing.
 *
 * @module
 */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { isIP, isIPv6 } from "node:net";
import { dirname, join } from "node:path";
import { Fault, type Words } from "../base/errors.js";
import type { Epoch } from "../base/units.js";
import { diskFault, machineFiles, readIfThere, syncFolder, writeDurably } from "./store/disk.js";
import { type Certified, issueCertificate, makeAuthority, namesOf } from "./trust/certificates.js";

/** Below the station's folder. */
export const OWN_TLS = {
  /** What browsers and loudspeakers trust; may be given to anybody. */
  authority: "config/tls/authority.pem",
  /** Whoever has it can pass for this station. */
  authorityKey: "config/tls/authority.key",
  /** The server's certificate and its key in one file, so that a renewal is one rename. */
  server: "config/tls/server.pem",
} as const;

/** An authority outlives the loudspeakers that have it. */
const AUTHORITY_DAYS = 20 * 365;
/** The most that browsers take of a certificate. */
const SERVER_DAYS = 397;
const MOST_NAMES = 50;
const NAME = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;
/** Programs on this machine reach it by these. */
const NEAR = ["localhost", "127.0.0.1", "::1"];

export interface OwnCertificates {
  /** DNS names and addresses that the server's certificate is good for. */
  readonly names: readonly string[];
}

/**
 * Makes an authority and a certificate for the server.
 *
 * @param names by which browsers and loudspeakers reach the station, the most usual first
 * @throws Fault "conflict", reason `authority-there`, when there is an authority: another one would shut out every loudspeaker
 *   that trusts the first; "invalid" for a name that cannot be; "unavailable" when the disk refuses
 */
export async function makeOwnCertificates(
  folder: string,
  { title, names, now }: { readonly title: string; readonly names: readonly string[]; readonly now: Epoch },
): Promise<OwnCertificates> {
  const wanted = checked(names);
  if (existsSync(join(folder, OWN_TLS.authority))) throw there(folder);
  const authority = await makeAuthority(`Loa Phường: ${title}`, { now, days: AUTHORITY_DAYS });
  const server = await issueCertificate(authority, wanted, { now, days: SERVER_DAYS });
  try {
    await mkdir(dirname(join(folder, OWN_TLS.server)), { recursive: true, mode: 0o700 });
    await syncFolder(machineFiles, join(folder, "config"));
  } catch (error) {
    throw diskFault(error, join(folder, OWN_TLS.server));
  }
  // The authority comes last: an interrupted start leaves nothing that would refuse the next.
  await keepServer(folder, server);
  await writeDurably(machineFiles, join(folder, OWN_TLS.authorityKey), authority.key);
  await writeDurably(machineFiles, join(folder, OWN_TLS.authority), authority.certificate);
  return { names: wanted };
}

/**
 * Gives the server a fresh certificate and key under the authority that is there.
 *
 * @param names in the place of those of the present certificate; those when left out
 * @param authorityKey PEM of the authority's key when it is kept elsewhere
 * @throws Fault "not-found" without an authority, "invalid" when a key is not its own or a name cannot be
 */
export async function renewOwnCertificate(
  folder: string,
  wish: {
    readonly now: Epoch;
    readonly names?: readonly string[] | undefined;
    readonly authorityKey?: string | undefined;
  },
): Promise<OwnCertificates> {
  const [certificate, kept] = await Promise.all([
    readIfThere(machineFiles, join(folder, OWN_TLS.authority)),
    readIfThere(machineFiles, join(folder, OWN_TLS.authorityKey)),
  ]);
  const key = wish.authorityKey ?? kept;
  if (certificate === undefined || key === undefined) throw noAuthority(folder);
  const present = await readIfThere(machineFiles, join(folder, OWN_TLS.server));
  const names = wish.names ?? (present === undefined ? [] : namesOf(present));
  const wanted = checked(names);
  const server = await issueCertificate(matching({ certificate, key }), wanted, { now: wish.now, days: SERVER_DAYS });
  await keepServer(folder, server);
  return { names: wanted };
}

const keepServer = (folder: string, { certificate, key }: Certified): Promise<void> =>
  writeDurably(machineFiles, join(folder, OWN_TLS.server), certificate + key);

function checked(names: readonly string[]): readonly [string, ...string[]] {
  const all = [...new Set([...names.map(plain), ...NEAR])];
  const [first, ...rest] = all;
  const wrong = all.find((name) => (isIP(name) === 0 ? !NAME.test(name) : name.includes("%")));
  if (wrong !== undefined || first === undefined) throw noName(wrong ?? "");
  if (all.length > MOST_NAMES) throw tooMany(all.length);
  return [first, ...rest];
}

/** A name as it is compared: an IPv6 address may be written in many ways. */
function plain(name: string): string {
  const bare = name.toLowerCase().replace(/^\[|\]$/g, "");
  return isIPv6(bare) && !bare.includes("%") ? new URL(`http://[${bare}]`).hostname.slice(1, -1) : bare;
}

/** @throws Fault "invalid" when the key is not the certificate's */
function matching(authority: Certified): Certified {
  let isOwn = false;
  try {
    isOwn = new X509Certificate(authority.certificate).checkPrivateKey(createPrivateKey(authority.key));
  } catch {
    // Whatever is wrong with the files, they are no authority.
  }
  if (!isOwn) throw otherKey();
  return authority;
}

const there = (folder: string): Fault =>
  new Fault(
    "conflict",
    {
      vi: `${folder} đã có nơi cấp chứng chỉ (${OWN_TLS.authority}); không có gì thay đổi. Gia hạn chứng chỉ: loa tls renew. Nơi cấp mới thì mọi loa phải ghép lại: chỉ khi muốn vậy, hãy dời thư mục config/tls đi rồi làm lại.`,
      en: `${folder} has an authority already (${OWN_TLS.authority}); nothing was changed. Renew the certificate: loa tls renew. With another authority every loudspeaker must be paired again: only when you want that, move config/tls away and start over.`,
    },
    { reason: "authority-there" },
  );
const noAuthority = (folder: string): Fault =>
  new Fault("not-found", {
    vi: `${folder} không có ${OWN_TLS.authority} cùng khóa của nó nên không gia hạn được. Khóa để nơi khác: --authority-key TỆP. Chưa có nơi cấp: loa tls init.`,
    en: `${folder} does not hold ${OWN_TLS.authority} and its key, so nothing can be renewed. With the key elsewhere: --authority-key FILE. Without an authority: loa tls init.`,
  });
const otherKey = (): Fault =>
  new Fault("invalid", {
    vi: `Khóa này không phải của ${OWN_TLS.authority}. Không có gì thay đổi.`,
    en: `This key is not that of ${OWN_TLS.authority}. Nothing was changed.`,
  });
const noName = (name: string): Fault =>
  new Fault(
    "invalid",
    {
      vi: `«${name}» không phải tên miền hay địa chỉ IP. Ví dụ đúng: loa.example.vn, 192.168.1.10.`,
      en: `"${name}" is neither a DNS name nor an IP address. Examples: loa.example.vn, 192.168.1.10.`,
    },
    { reason: "usage" },
  );
const tooMany = (count: number): Fault => {
  const words: Words = { vi: `${count} tên là quá nhiều.`, en: `${count} names are too many.` };
  return new Fault("invalid", words, { reason: "usage" });
};
