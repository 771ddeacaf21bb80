/**
 * Who this loudspeaker is: its id and secret, got once for a pairing code and kept in the state folder.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";
import type { Clock } from "../../base/clock.js";
import { Fault } from "../../base/errors.js";
import { codeOf, systemWords } from "../../base/system-words.js";
import { seconds } from "../../base/units.js";
import { receiverIdSchema } from "../../domain/ids.js";
import { writeAtomic } from "../disk/atomic-file.js";

const credentialsSchema = z.object({
  server: z.string(),
  receiver: receiverIdSchema,
  token: z.string().check(z.minLength(1), z.maxLength(200)),
  /** The code they were got for: the same code given again at the next start means these. */
  code: z.optional(z.string()),
});
export type Credentials = z.infer<typeof credentialsSchema>;

const answerSchema = z.pick(credentialsSchema, { receiver: true, token: true });
/** Longest wait for the server's answer. */
const TIMEOUT = seconds(15);

const fileIn = (folder: string) => join(folder, "credentials.json");

/** What was stored, if anything. @throws Fault "forbidden" when the file cannot be understood, "unavailable" when not read */
export async function loadCredentials(folder: string): Promise<Credentials | undefined> {
  let text: string;
  try {
    text = await readFile(fileIn(folder), "utf8");
  } catch (cause) {
    if (codeOf(cause) === "ENOENT") return undefined;
    throw unreadable(folder, cause);
  }
  try {
    return credentialsSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw damaged(folder, cause);
  }
}

export interface PairOptions {
  readonly clock: Clock;
  readonly code: string;
  /** A name for a receiver that is made for this code. */
  readonly name?: string | undefined;
}

/**
 * Trades a pairing code for credentials and stores them, readable by the owner only.
 *
 * @throws Fault "forbidden" when the server does not take the code, "unavailable" when it cannot be reached
 */
export async function pair(folder: string, server: URL, { clock, code, name }: PairOptions): Promise<Credentials> {
  const late = new AbortController();
  const cancel = clock.after(TIMEOUT, () => late.abort());
  const response = await fetch(new URL("api/v1/pair", server), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code, name }),
    signal: late.signal,
  }).catch((cause: unknown) => {
    cancel();
    throw new Fault(
      "unavailable",
      {
        vi: `không tới được máy chủ ${server.origin}; mã ghép vẫn còn dùng được, hãy kiểm tra mạng và thử lại`,
        en: `cannot reach ${server.origin}; the pairing code is still good, check the network and try again`,
      },
      { cause },
    );
  });
  cancel();
  const answer = answerSchema.safeParse(await response.json().catch(() => undefined));
  if (!response.ok || !answer.success) throw refused(server, response.status);
  const credentials: Credentials = { server: server.href, ...answer.data, code };
  await writeAtomic(fileIn(folder), `${JSON.stringify(credentials)}\n`);
  return credentials;
}

/** Too many tries, or a server or proxy in trouble: the code may still be good, so a supervisor should try on. */
const isPassing = (status: number) => status === 429 || status >= 500;

const refused = (server: URL, status: number) => (isPassing(status) ? later(server, status) : notTaken(server, status));

const later = (server: URL, status: number) =>
  new Fault(
    "unavailable",
    {
      vi: `máy chủ ${server.origin} chưa trả lời được (HTTP ${status}); mã ghép vẫn còn dùng được, hãy thử lại sau ít phút`,
      en: `${server.origin} cannot answer now (HTTP ${status}); the pairing code is still good, try again in a few minutes`,
    },
    { reason: "busy" },
  );

const notTaken = (server: URL, status: number) =>
  new Fault(
    "forbidden",
    {
      vi: `máy chủ ${server.origin} không nhận mã ghép (HTTP ${status}); hãy xin mã mới ở trang quản lý loa`,
      en: `${server.origin} does not take the pairing code (HTTP ${status}); ask for a new one on the panel`,
    },
    { reason: "pairing" },
  );

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
  readonly state: string;
  readonly pair?: string | undefined;
  readonly name?: string | undefined;
}

/**
 * The stored credentials for this server, or new ones for a code that was not used for them.
 *
 * @throws Fault as {@link pair} and {@link loadCredentials}, or "forbidden" (reason `not-paired`) without either
 */
export async function obtainCredentials(
  { clock, state, pair: code, name }: Pairing,
  server: URL,
): Promise<Credentials> {
  const stored = await loadCredentials(state);
  const fits = stored && stored.server === server.href && (code === undefined || code === stored.code);
  if (fits) return stored;
  if (code !== undefined) return pair(state, server, { clock, code, name });
  throw new Fault(
    "forbidden",
    {
      vi: `cụm loa này chưa được ghép với ${server.origin}; hãy lấy mã ghép ở trang quản lý và chạy lại với --pair MÃ`,
      en: `this receiver is not paired with ${server.origin}; get a code on the panel and run again with --pair CODE`,
    },
    { reason: "not-paired" },
  );
}

/** Reads the address of a station. @throws Fault "invalid", reason `server` */
export function parseServer(text: string): URL {
  const address = text.endsWith("/") ? text : `${text}/`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  throw new Fault(
    "invalid",
    {
      vi: `--server ${text}: cần một địa chỉ như https://loa.phuong.vn`,
      en: `--server ${text}: an address such as https://loa.example.vn is needed`,
    },
    { reason: "server" },
  );
}
