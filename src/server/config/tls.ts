/**
 * The certificates that `station.json` names: read and held against each other before anything is opened.
 *
 * @module
 */
import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { Fault, type Words } from "../../base/errors.js";
import { systemWords } from "../../base/system-words.js";
import type { Epoch } from "../../base/units.js";
import type { Path } from "./json.js";
import type { Findings, ReadFile } from "./read-file.js";
import type { Settings } from "./settings.js";

/** What the server shows to those who connect, PEM. */
export interface ServerCertificate {
  /** The server's own first, then those that lead to its authority. */
  readonly chain: string;
  readonly key: string;
  /** A name that it is good for, if it has one. */
  readonly name: string | undefined;
}

export interface StationTls {
  /** Absent: the station listens without TLS, such as behind a proxy that has it. */
  readonly certificate: ServerCertificate | undefined;
  /** PEM of the authority that loudspeakers are told to trust and nobody else. */
  readonly authority: string | undefined;
  /** PEM by which programs on this machine know the station: its authority, or a certificate that is from itself. */
  readonly ownTrust: string | undefined;
  readonly warnings: readonly Words[];
}

/** Longest file, bytes; an authority travels to devices and must be shorter. */
const MAX_FILE = 65_536;
const MAX_AUTHORITY = 16_384;
/** Other users of the machine may read what has this bit. */
const READABLE_BY_ALL = 0o004;
/** A certificate that ends so soon is worth a word at the start, ms. */
const SOON = 14 * 86_400_000;

/** What is wrong goes into `findings`. @param now civil time */
export function readTls(
  folder: string,
  { value, finding }: ReadFile<Settings>,
  findings: Findings,
  now: Epoch,
): StationTls {
  const none: StationTls = { certificate: undefined, authority: undefined, ownTrust: undefined, warnings: [] };
  const wrong = (path: Path, words: Words): undefined => {
    findings.push(finding(path, words));
    return undefined;
  };
  const read = (path: Path, name: string): string | undefined => {
    try {
      const text = readFileSync(resolve(folder, name), "utf8");
      return text.length > MAX_FILE ? wrong(path, TOO_LONG) : text;
    } catch (thrown) {
      return wrong(path, unreadable(name, systemWords(thrown)));
    }
  };
  const { tls } = value.listen;
  const { authority: authorityFile } = value.trust;
  const authority = authorityFile === undefined ? undefined : read(["trust", "authority"], authorityFile);
  const authorities = authority === undefined ? [] : certificatesIn(authority);
  if (
    authority !== undefined &&
    (authority.length > MAX_AUTHORITY || !authorities.every(({ ca }) => ca) || authorities.length === 0)
  )
    return wrong(["trust", "authority"], NO_AUTHORITY) ?? none;
  if (tls === undefined) return { ...none, authority, ownTrust: authority };

  const chain = read(["listen", "tls", "certificate"], tls.certificate);
  const key = read(["listen", "tls", "key"], tls.key);
  if (chain === undefined || key === undefined) return none;
  const [own, ...between] = certificatesIn(chain);
  if (own === undefined) return wrong(["listen", "tls", "certificate"], NO_CERTIFICATE) ?? none;
  const secret = privateKeyIn(key);
  if (secret === undefined) return wrong(["listen", "tls", "key"], NO_KEY) ?? none;
  if ((statSync(resolve(folder, tls.key)).mode & READABLE_BY_ALL) !== 0) wrong(["listen", "tls", "key"], OPEN_KEY);
  if (!own.checkPrivateKey(secret)) wrong(["listen", "tls", "key"], OTHER_KEY);
  if (authority !== undefined && !leadsTo(own, between, authorities))
    wrong(["listen", "tls", "certificate"], OTHER_AUTHORITY);
  return {
    certificate: { chain, key, name: /(?:^|, )DNS:([^,]+)/.exec(own.subjectAltName ?? "")?.[1] },
    authority,
    ownTrust: authority ?? (own.checkIssued(own) ? own.toString() : undefined),
    warnings: [...warningsOf(own, now), ...(authority === undefined && own.checkIssued(own) ? [FROM_ITSELF] : [])],
  };
}

/**
 * The certificate as it lies there now, for a server that has been running since before it was renewed.
 * @throws Fault "invalid" when it is not good for this station
 */
export function rereadCertificate(folder: string, settings: Settings, now: Epoch): ServerCertificate | undefined {
  const findings: Findings = [];
  const finding = (path: Path, words: Words) => ({ file: path.join("/"), words });
  const { certificate } = readTls(folder, { value: settings, finding }, findings, now);
  const [wrong] = findings;
  if (wrong) throw new Fault("invalid", wrong.words, { reason: "config" });
  return certificate;
}

/** The certificates of a PEM file; empty when it holds none, or something broken. */
function certificatesIn(text: string): readonly X509Certificate[] {
  try {
    const pieces = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
    return pieces.map((piece) => new X509Certificate(piece));
  } catch {
    // What cannot be read is told by whoever needed it.
    return [];
  }
}

function privateKeyIn(text: string): KeyObject | undefined {
  try {
    return createPrivateKey(text);
  } catch {
    return undefined;
  }
}

/** Whether one step after another leads from a certificate to one of the authorities. */
function leadsTo(
  own: X509Certificate,
  between: readonly X509Certificate[],
  authorities: readonly X509Certificate[],
): boolean {
  const isFrom = (one: X509Certificate, other: X509Certificate) =>
    one.checkIssued(other) && one.verify(other.publicKey);
  if (authorities.some((authority) => isFrom(own, authority) || own.fingerprint256 === authority.fingerprint256))
    return true;
  const next = between.find((one) => isFrom(own, one));
  return (
    next !== undefined &&
    leadsTo(
      next,
      between.filter((one) => one !== next),
      authorities,
    )
  );
}

function warningsOf({ validFrom, validTo }: X509Certificate, now: Epoch): readonly Words[] {
  if (now >= Date.parse(validFrom) && now < Date.parse(validTo) - SOON) return [];
  return [
    {
      vi: `Chứng chỉ TLS của đài có hạn từ ${validFrom} đến ${validTo}: đã hết hạn, sắp hết hạn hoặc chưa tới hạn. Loa sẽ không kết nối khi chứng chỉ ngoài hạn. Hãy gia hạn từ cùng nơi cấp.`,
      en: `The station's TLS certificate holds from ${validFrom} until ${validTo}: it is over, nearly over, or not yet good. Loudspeakers do not connect outside of its time. Renew it from the same authority.`,
    },
  ];
}

const unreadable = (name: string, why: Words): Words => ({
  vi: `không đọc được tệp ${name}: ${why.vi}`,
  en: `the file ${name} cannot be read: ${why.en}`,
});
const TOO_LONG: Words = { vi: "tệp dài hơn 64 KB", en: "the file is longer than 64 kB" };
const NO_CERTIFICATE: Words = {
  vi: "tệp này không chứa chứng chỉ PEM đọc được; chứng chỉ của máy chủ phải đứng đầu",
  en: "this file holds no readable PEM certificate; the server's own must come first",
};
const NO_KEY: Words = {
  vi: "tệp này không chứa khóa riêng PEM đọc được (không đặt mật khẩu)",
  en: "this file holds no readable PEM private key (without a pass phrase)",
};
const OPEN_KEY: Words = {
  vi: "người dùng khác trên máy đọc được khóa này; hãy chạy chmod 600 với tệp đó",
  en: "other users of this machine can read this key; run chmod 600 on the file",
};
const OTHER_KEY: Words = {
  vi: "khóa này không phải của chứng chỉ nêu ở listen/tls/certificate",
  en: "this key is not that of the certificate in listen/tls/certificate",
};
const NO_AUTHORITY: Words = {
  vi: "tệp này phải chứa chứng chỉ PEM của nơi cấp chứng chỉ (CA), dưới 16 KB",
  en: "this file must hold PEM certificates of a certificate authority (CA), below 16 kB",
};
const FROM_ITSELF: Words = {
  vi: "Chứng chỉ TLS của đài tự ký, và chưa có trust/authority: loa không tin chứng chỉ này nên không ghép được. Hãy lập một nơi cấp (CA) riêng, ký chứng chỉ từ đó và ghi tệp của nó vào trust/authority.",
  en: "The station's TLS certificate is signed by itself and there is no trust/authority: loudspeakers do not trust it and cannot be paired. Make an authority (CA) of your own, sign the certificate with it, and name its file in trust/authority.",
};
const OTHER_AUTHORITY: Words = {
  vi: "chứng chỉ này không do nơi cấp nêu ở trust/authority ký, nên loa đã ghép sẽ không kết nối được; hãy thêm chứng chỉ trung gian vào sau nó, hoặc sửa trust/authority",
  en: "this certificate is not from the authority in trust/authority, so paired loudspeakers could not connect; add the certificates between them behind it, or correct trust/authority",
};
