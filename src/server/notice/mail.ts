/**
 * Notices by e-mail, through the mail server that the station names.
 *
 * @module
 */
import { createTransport } from "nodemailer";
import { codeOf } from "../../base/system-words.js";
import { type Deliver, DeliveryFailure } from "./delivery.js";

export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** `tls` from the first byte, `starttls` before anything is said, `none` only inside one's own walls. */
  readonly security: "tls" | "starttls" | "none";
  readonly from: string;
  readonly login?: { readonly user: string; readonly password: string } | undefined;
  /** PEM of an authority to trust besides those of the system, such as the house's own. */
  readonly authority?: string | undefined;
}

/** For each step; a mail server that takes longer is tried again later, ms. */
const STEP_MS = 10_000;
/** For all of it, ms. */
const MOST_MS = 30_000;

/** Sends to one address. */
export function createMail(server: MailServer, to: string): Deliver {
  const { host, port, security, from, login, authority } = server;
  return async ({ id, subject, text, station }, signal) => {
    signal.throwIfAborted();
    const transport = createTransport({
      ...{
        host,
        port,
        secure: security === "tls",
        requireTLS: security === "starttls",
        ignoreTLS: security === "none",
      },
      ...(login === undefined ? {} : { auth: { user: login.user, pass: login.password } }),
      ...{ connectionTimeout: STEP_MS, greetingTimeout: STEP_MS, socketTimeout: MOST_MS, dnsTimeout: STEP_MS },
      ...{ disableFileAccess: true, disableUrlAccess: true },
      tls: { minVersion: "TLSv1.2", ...(authority === undefined ? {} : { ca: authority }) },
    });
    let leave = () => {};
    // The program that sends has no way to be interrupted, and nobody waits for it.
    const left = new Promise<never>((_resolve, reject) => {
      leave = () => reject(signal.reason);
      signal.addEventListener("abort", leave, { once: true });
    });
    try {
      const sending = transport.sendMail({
        ...{ from: { name: station, address: from }, to, subject, text },
        messageId: `<${id}@${from.slice(from.lastIndexOf("@") + 1)}>`,
        // Machines that answer mail by themselves leave this one alone (RFC 3834).
        headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
      });
      sending.catch(() => {});
      await Promise.race([sending, left]);
    } catch (thrown) {
      signal.throwIfAborted();
      throw new DeliveryFailure(reasonOf(thrown), { cause: thrown });
    } finally {
      signal.removeEventListener("abort", leave);
      transport.close();
    }
  };
}

/** The code and the answer's number: its text may name people. */
function reasonOf(thrown: unknown): string {
  const { responseCode, command } = thrown as { readonly responseCode?: unknown; readonly command?: unknown };
  const parts = [codeOf(thrown) ?? "mail failed", command, responseCode];
  return parts.filter((part) => typeof part === "string" || typeof part === "number").join(" ");
}
