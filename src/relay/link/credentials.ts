/**
 * Which place this loudspeaker has, and what it trusts: got once for a pairing code and kept in the state folder.
 *
 * @module
 */
import { join } from "node:path";
import * as z from "zod/mini";
import type { Clock } from "../../base/clock.js";
import { Fault } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import { systemWords } from "../../base/system-words.js";
import { pairingAnswerSchema } from "../../protocol/identity.js";
import { readTwin, writeTwin } from "../disk/twin-file.js";
import type { Addresses } from "./addresses.js";
import { type Identity, pairingWords } from "./identity.js";
import { askForPlace } from "./pairing.js";

const credentialsSchema = z.object({
  server: z.string(),
  ...pairingAnswerSchema.shape,
  /** Of the key that was paired: another key needs another pairing. */
  publicKey: z.string(),
  /** What a person compares with what the station shows. */
  words: z.array(z.string()),
  /** The code they were got for: the same code given again at the next start means these. */
  code: z.optional(z.string()),
});
export type Credentials = z.infer<typeof credentialsSchema>;

/** Before devices had keys of their own, they were told a secret. That is void, and the file with it. */
const formerSchema = z.object({ token: z.string() });

const fileIn = (folder: string) => join(folder, "credentials.json");

/** What was stored, if anything. @throws Fault "forbidden" when the file cannot be understood, "unavailable" when not read */
export function loadCredentials(folder: string, log: Log): Credentials | undefined {
  let text: string | undefined;
  try {
    text = readTwin(fileIn(folder), { log, isGood });
    if (text === undefined) return undefined;
  } catch (cause) {
    throw unreadable(folder, cause);
  }
  try {
    const value: unknown = JSON.parse(text);
    return formerSchema.safeParse(value).success ? undefined : credentialsSchema.parse(value);
  } catch (cause) {
    throw damaged(folder, cause);
  }
}

function isGood(text: string): boolean {
  try {
    return credentialsSchema.safeParse(JSON.parse(text)).success;
  } catch {
    // No JSON is no credentials.
    return false;
  }
}

function unreadable(folder: string, cause: unknown): Fault {
  const why = systemWords(cause);
  return new Fault(
    "unavailable",
    { vi: `không đọc được ${fileIn(folder)}: ${why.vi}`, en: `${fileIn(folder)} cannot be read: ${why.en}` },
    { reason: "disk", cause },
  );
}

/** Only a new pairing helps, so that a supervisor need not try on. */
const damaged = (folder: string, cause: unknown) =>
  new Fault(
    "forbidden",
    {
      vi: `tệp ${fileIn(folder)} không đọc được; hãy xóa nó và ghép lại bằng mã mới`,
      en: `${fileIn(folder)} cannot be read; remove it and pair again with a new code`,
    },
    { reason: "credentials", cause },
  );

/** Where credentials are kept and how to get them. */
export interface Pairing {
  readonly clock: Clock;
  readonly log: Log;
  readonly state: string;
  readonly identity: Identity;
  readonly pair?: string | undefined;
  readonly name?: string | undefined;
  /** PEM of the authority to trust while pairing; those of the system when left out. */
  readonly authority?: string | undefined;
  readonly servername?: string | undefined;
}

/**
 * The stored credentials for this station and key, or new ones for a code that was not used for them.
 *
 * @returns `isNew` when they were got just now: a person has to compare the words
 * @throws Fault as {@link askForPlace} and {@link loadCredentials}, or "forbidden" (reason `not-paired`) without either
 */
export async function obtainCredentials(
  { clock, log, state, identity, pair: code, name, authority, servername }: Pairing,
  addresses: Addresses,
): Promise<{ readonly credentials: Credentials; readonly isNew: boolean }> {
  const { publicKey } = identity;
  const stored = loadCredentials(state, log);
  // One station has both addresses: whichever it was paired at.
  const fits = addresses.all.some(({ href }) => href === stored?.server) && stored?.publicKey === publicKey;
  if (stored && fits && (code === undefined || code === stored.code)) return { credentials: stored, isNew: false };
  if (code === undefined) throw notPaired(addresses.first);
  const application = { clock, code, name, publicKey, authority, servername };
  const { server, answer } = await askAnywhere(addresses, application);
  const words = await pairingWords({ ...answer, code, publicKey });
  const credentials: Credentials = { server: server.href, ...answer, publicKey, words: [...words], code };
  writeTwin(fileIn(state), `${JSON.stringify(credentials)}\n`);
  return { credentials, isNew: true };
}

/** Asks at each address until one answers; when none does, what was wrong at the first is told. */
async function askAnywhere({ all }: Addresses, application: Parameters<typeof askForPlace>[1]) {
  let failed: unknown;
  for (const server of all) {
    try {
      return { server, answer: await askForPlace(server, application) };
    } catch (thrown) {
      if (!(thrown instanceof Fault) || thrown.code !== "unavailable") throw thrown;
      failed ??= thrown;
    }
  }
  throw failed;
}

const notPaired = (server: URL) =>
  new Fault(
    "forbidden",
    {
      vi: `cụm loa này chưa được ghép với ${server.origin}; hãy lấy mã ghép ở trang quản lý và chạy lại với --pair MÃ`,
      en: `this receiver is not paired with ${server.origin}; get a code on the panel and run again with --pair CODE`,
    },
    { reason: "not-paired" },
  );
