/**
 * Asks a station for a place by a pairing code. Asking again with the same code and key is harmless: whoever lost the answer
 * gets it again.
 *
 * @module
 */
import type { Clock } from "../../base/clock.js";
import { Fault } from "../../base/errors.js";
import { seconds } from "../../base/units.js";
import { pairingAnswerSchema } from "../../protocol/identity.js";
import { createDialler } from "./dial.js";
import { type LinkTrouble, trouble, troubleOfError } from "./link-trouble.js";
import { createStationHttp, NotTheStation } from "./station-http.js";
import { isAboutTrust, untrusted } from "./tls-words.js";

/** Longest wait for the server's answer. */
const TIMEOUT = seconds(15);
/** Largest answer, bytes. */
const MAX_ANSWER = 64 * 1024;

export interface Application {
  readonly clock: Clock;
  readonly code: string;
  readonly publicKey: string;
  /** What the device calls itself. */
  readonly name?: string | undefined;
  /** PEM of the authority to trust; those of the system when left out. */
  readonly authority?: string | undefined;
  /** The name that the certificate must be good for, when it is not the one in the address. */
  readonly servername?: string | undefined;
}

/**
 * @throws Fault "forbidden" when the server does not take the code; "unavailable" when it cannot be reached or its certificate
 *   is not trusted: the code is still good then, and asking again with the same one does no harm
 */
export async function askForPlace(server: URL, { code, publicKey, name, ...rest }: Application) {
  const { status, text } = await exchange(server, { ...rest, post: { code, publicKey, name } });
  if (status !== 201) throw isPassing(status) ? later(server, status) : notTaken(server, status);
  const answer = pairingAnswerSchema.safeParse(jsonOf(text));
  if (!answer.success) throw later(server, status);
  const { authority } = answer.data;
  // Whoever pins an authority that the server's certificate is not from has locked itself out.
  if (authority !== undefined && server.protocol === "https:") await exchange(server, { ...rest, authority });
  return answer.data;
}

interface Exchange extends Pick<Application, "clock" | "authority" | "servername"> {
  /** What to ask for a place with; a look at the server's health without. */
  readonly post?: object;
}

async function exchange(server: URL, { clock, post, ...trust }: Exchange): Promise<{ status: number; text: string }> {
  const late = new AbortController();
  const cancel = clock.after(TIMEOUT, () => late.abort());
  const dialler = createDialler(clock, trust);
  const http = createStationHttp({ server: () => server, dialler });
  const wish = { signal: late.signal };
  try {
    const answer = await (post === undefined ? http.get("healthz", wish) : http.post("api/v1/pair", post, wish));
    return { status: answer.status, text: (await answer.bytes(MAX_ANSWER)).toString("utf8") };
  } catch (cause) {
    throw isAboutTrust(cause) ? untrusted(server, cause) : unreached(troubleOf(server, cause, late.signal), cause);
  } finally {
    cancel();
    http.close();
    dialler.close();
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's page, or half of an answer; what is no answer is refused by its schema.
    return undefined;
  }
}

/** Too many tries, or a server or proxy in trouble: the code may still be good, so a supervisor should try on. */
const isPassing = (status: number) => status === 429 || status >= 500 || status < 400;

function troubleOf(server: URL, cause: unknown, { aborted }: AbortSignal): LinkTrouble {
  if (cause instanceof NotTheStation) return trouble("captive-portal", server, `HTTP ${cause.status}`);
  return aborted ? trouble("silent", server, `${TIMEOUT / 1000} s`) : troubleOfError(server, cause);
}

const unreached = ({ words: { vi, en } }: LinkTrouble, cause: unknown) =>
  new Fault(
    "unavailable",
    { vi: `${vi} Mã ghép vẫn còn dùng được.`, en: `${en} The pairing code is still good.` },
    { reason: "unreached", cause },
  );

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
