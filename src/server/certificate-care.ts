/**
 * Looks after the server's certificate for as long as the server runs: takes up one that was renewed, renews what the
 * station's own authority signed, and says in good time when another's is about to end.
 *
 * @module
 */
import { X509Certificate } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import type { Server } from "node:http";
import { Server as TlsServer } from "node:https";
import { join, resolve } from "node:path";
import type { Words } from "../base/errors.js";
import { reasonOf } from "../base/errors.js";
import type { Log } from "../base/log.js";
import type { Epoch } from "../base/units.js";
import { rereadCertificate, type ServerCertificate } from "./config/tls.js";
import type { Station } from "./config.js";
import { OWN_TLS, renewOwnCertificate } from "./own-certificates.js";
import type { StationTroubles } from "./station-troubles.js";

/** Small boxes of the last ten years speak it. */
const OLDEST_TLS = "TLSv1.2";
const DAY_MS = 86_400_000;
/** A certificate of the station's own is renewed when it has fewer days left. */
const RENEW_DAYS = 30;
/** A certificate of somebody else's is told of when it has fewer days left, once for each. */
const TELL_DAYS = [1, 7, 30] as const;

export const secureOptions = ({ chain, key }: ServerCertificate) =>
  ({ cert: chain, key, minVersion: OLDEST_TLS }) as const;

export interface CertificateCareParts {
  readonly station: Pick<Station, "folder" | "settings" | "tls">;
  readonly http: Server;
  readonly troubles: Pick<StationTroubles, "raise" | "clear">;
  readonly now: () => Epoch;
  readonly log: Log;
}

export interface CertificateCare {
  /** Looks at the files. Call it every minute or so; it never throws. */
  look(): Promise<void>;
  /** When the certificate in use ends, civil milliseconds; `undefined` without TLS. */
  endsAt(): number | undefined;
}

export function createCertificateCare({ station, http, troubles, now, log }: CertificateCareParts): CertificateCare {
  const { folder, settings } = station;
  const { tls } = settings.listen;
  let inUse = station.tls.certificate;
  if (tls === undefined || inUse === undefined || !(http instanceof TlsServer))
    return { look: async () => {}, endsAt: () => undefined };
  const path = resolve(folder, tls.certificate);
  const isOwn = path === join(folder, OWN_TLS.server) && tls.key === tls.certificate;
  const endOf = ({ chain }: ServerCertificate) => Date.parse(new X509Certificate(chain).validTo);
  const markOf = () =>
    [path, resolve(folder, tls.key)].map((file) => `${statSync(file).mtimeMs} ${statSync(file).size}`).join();
  let mark = markOf();

  const takeUp = () => {
    const present = markOf();
    if (present === mark) return;
    // Two files are replaced one after the other: what does not fit together yet is looked at again.
    const fresh = rereadCertificate(folder, settings, now());
    if (fresh === undefined) return;
    http.setSecureContext(secureOptions(fresh));
    [inUse, mark] = [fresh, present];
    log.info("certificate.taken-up", { until: new Date(endOf(fresh)).toISOString() });
  };
  const daysLeft = () => (inUse === undefined ? 0 : (endOf(inUse) - now()) / DAY_MS);

  return {
    endsAt: () => inUse && endOf(inUse),
    async look() {
      try {
        if (isOwn && daysLeft() < RENEW_DAYS && existsSync(join(folder, OWN_TLS.authorityKey))) {
          await renewOwnCertificate(folder, { now: now() });
          log.info("certificate.renewed");
        }
        takeUp();
      } catch (thrown) {
        log.warn("certificate.not-taken-up", { reason: reasonOf(thrown) });
      }
      const left = daysLeft();
      const degree = TELL_DAYS.find((days) => left < days);
      if (degree === undefined) troubles.clear("certificate-ending");
      else troubles.raise("certificate-ending", endingWords(left, isOwn), String(left < 0 ? 0 : degree));
    },
  };
}

function endingWords(left: number, isOwn: boolean): Words {
  const days = Math.max(0, Math.floor(left));
  const how = isOwn ? { vi: " bằng loa tls renew", en: " with loa tls renew" } : { vi: "", en: "" };
  if (left < 0)
    return {
      vi: `Chứng chỉ TLS của đài đã hết hạn: loa và trình duyệt không kết nối được. Hãy gia hạn ngay${how.vi}.`,
      en: `The station's TLS certificate is over: loudspeakers and browsers cannot connect. Renew it now${how.en}.`,
    };
  return {
    vi: `Chứng chỉ TLS của đài chỉ còn ${days} ngày. Hãy gia hạn từ cùng nơi cấp${how.vi}; đài tự dùng chứng chỉ mới, không cần chạy lại.`,
    en: `The station's TLS certificate has ${days} days left. Renew it from the same authority${how.en}; the station takes it up without a new start.`,
  };
}
