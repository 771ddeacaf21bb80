/**
 * What `loa tls` needs besides the certificates: the names that this machine goes by, and the settings that use them.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import { isIP } from "node:net";
import { hostname, networkInterfaces } from "node:os";
import { join } from "node:path";
import { STATION_JSON } from "../server/config/station-json.js";
import { OWN_TLS } from "../server/own-certificates.js";
import { machineFiles, writeDurably } from "../server/store/disk.js";

/** What belongs into `station.json`, as a person would write it. */
export const TLS_SETTINGS = {
  listen: { tls: { certificate: OWN_TLS.server, key: OWN_TLS.server } },
  trust: { authority: OWN_TLS.authority },
} as const;

/** The names of this machine, and its addresses in the networks that it is in. */
export function namesOfThisMachine(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((all) =>
    (all ?? []).filter(({ internal, scopeid }) => !internal && !scopeid).map(({ address }) => address),
  );
  return [hostname().toLowerCase(), ...addresses].filter((name) => /^[a-z0-9.:-]+$/.test(name));
}

/**
 * Writes the settings into `station.json`, with the names by which browsers come; the file as it was stays beside it.
 *
 * @returns where the former file lies
 */
export async function setTlsSettings(folder: string, names: readonly string[]): Promise<string> {
  const path = join(folder, STATION_JSON);
  const text = await readFile(path, "utf8");
  const former = `${path}.before-tls`;
  await writeDurably(machineFiles, former, text, { isShared: true });
  const settings = JSON.parse(text.replace(/^\uFEFF/, "")) as {
    listen?: { names?: string[] };
    trust?: object;
  };
  const domains = names.filter((name) => isIP(name) === 0 && name !== "localhost");
  const known = [...new Set([...(settings.listen?.names ?? []), ...domains])];
  const set = {
    ...settings,
    listen: { ...settings.listen, ...(known.length > 0 ? { names: known } : {}), ...TLS_SETTINGS.listen },
    trust: { ...settings.trust, ...TLS_SETTINGS.trust },
  };
  await writeDurably(machineFiles, path, `${JSON.stringify(set, null, 2)}\n`, { isShared: true });
  return former;
}
