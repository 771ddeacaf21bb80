/**
 * Notices to a program of somebody else, by one signed request that goes nowhere but where it was sent.
 *
 * @module
 */
import { createHmac } from "node:crypto";
import { type ClientRequest, type IncomingMessage, request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import type { Clock } from "../../base/clock.js";
import { codeOf } from "../../base/system-words.js";
import { seconds } from "../../base/units.js";
import { namesPrivateAddress, PRIVATE_ADDRESS, publicLookup } from "../network/address-guard.js";
import { type Deliver, DeliveryFailure, type Parcel } from "./delivery.js";

export interface WebhookOptions {
  readonly url: URL;
  /** What both sides know. */
  readonly secret: string;
  /** Whether its host may be at a loopback or private address, and be called without TLS. */
  readonly allowPrivate: boolean;
  readonly clock: Clock;
}

/** For all of it. */
const LIMIT = seconds(10);
/** Most of an answer that is read; nobody needs it. */
const MOST_ANSWER_BYTES = 65_536;

/**
 * What a receiver of webhooks checks: `t=<Unix seconds>,v1=<HMAC-SHA256, hex, of "<t>.<body>">`. The time is signed, so that a
 * request that somebody kept cannot be sent again later.
 */
export const signatureOf = (secret: string, second: number, body: string): string =>
  `t=${second},v1=${createHmac("sha256", secret).update(`${second}.${body}`).digest("hex")}`;

/** Sends to one address. */
export function createWebhook({ url, secret, allowPrivate, clock }: WebhookOptions): Deliver {
  return async (parcel, signal) => {
    signal.throwIfAborted();
    if (!allowPrivate && (url.protocol !== "https:" || namesPrivateAddress(url)))
      throw new DeliveryFailure("private-address");
    const body = bodyOf(parcel);
    const start = url.protocol === "https:" ? secureRequest : plainRequest;
    const request = start(url, {
      method: "POST",
      agent: false,
      headers: {
        "content-type": "application/json; charset=utf-8",
        "content-length": String(Buffer.byteLength(body)),
        "user-agent": "loa-phuong",
        "x-loa-notice": parcel.id,
        "x-loa-signature": signatureOf(secret, Math.floor(clock.date() / 1000), body),
      },
      ...(allowPrivate ? {} : { lookup: publicLookup }),
    });
    await finish(request, body, { clock, signal });
  };
}

const bodyOf = ({ id, station, notices }: Parcel): string =>
  JSON.stringify({
    v: 1,
    id,
    station,
    notices: notices.map(({ id, at, ...notice }) => ({ id, at: new Date(at).toISOString(), ...notice })),
  });

function finish(
  request: ClientRequest,
  body: string,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  let done = () => {};
  return new Promise<void>((resolve, reject) => {
    const stop = (why: unknown) => {
      reject(why);
      request.destroy();
    };
    const leave = () => stop(signal.reason);
    const cancel = clock.after(LIMIT, () => stop(new DeliveryFailure("timeout")));
    done = () => {
      cancel();
      signal.removeEventListener("abort", leave);
    };
    signal.addEventListener("abort", leave, { once: true });
    request.on("error", (error) =>
      stop(new DeliveryFailure(codeOf(error) === PRIVATE_ADDRESS ? "private-address" : (codeOf(error) ?? "failed"))),
    );
    let answered = false;
    request.once("close", () => {
      if (!answered) reject(new DeliveryFailure("closed"));
    });
    request.once("response", (response) => {
      answered = true;
      judge(response).then(resolve, stop);
    });
    request.end(body);
  }).finally(() => done());
}

/** A redirect is no word that it was taken, and leads we do not know where. */
async function judge(response: IncomingMessage): Promise<void> {
  const { statusCode: status = 0 } = response;
  let bytes = 0;
  try {
    for await (const piece of response as AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes > MOST_ANSWER_BYTES) break;
    }
  } catch {
    // The status has come whole; what follows it is of no interest.
  }
  if (status < 200 || status > 299) throw new DeliveryFailure(`status ${status}`);
}
