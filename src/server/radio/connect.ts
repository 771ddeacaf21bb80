/**
 * The sound of another station from the network, as bytes that go on and on.
 *
 * @module
 */
import { type ClientRequest, type IncomingMessage, request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import { codeOf } from "../../base/system-words.js";
import type { RadioSource } from "../../domain/radio.js";
import { namesPrivateAddress, PRIVATE_ADDRESS, publicLookup } from "../network/address-guard.js";

/** Stations move their streams about: each step is judged like the first address. */
const MOST_REDIRECTS = 4;

/** Why a station is not heard: a short English word for the log, such as `status 404`, `ENOTFOUND` or `private-address`. */
export class RadioFailure extends Error {}

/** An address, and whether it may be within the station's own network. */
export type Address = Pick<RadioSource, "allowPrivate"> & { readonly url: URL };

/**
 * Opens a stream or fetches a list.
 *
 * @throws RadioFailure when it cannot be had; the signal's reason on abort
 */
export async function connect({ url, allowPrivate }: Address, signal: AbortSignal): Promise<IncomingMessage> {
  let at = url;
  for (let redirects = 0; ; redirects++) {
    const answer = await ask({ url: at, allowPrivate }, signal);
    const { statusCode: status = 0, headers } = answer;
    if (status === 200) return answer;
    answer.destroy();
    const moved = status >= 301 && status <= 308 && headers.location !== undefined;
    if (!moved || redirects >= MOST_REDIRECTS) throw new RadioFailure(`status ${status}`);
    at = target(headers.location ?? "", at, "redirected");
  }
}

/** Where an answer leads: from a secure address never to an open one. @throws RadioFailure with that problem */
export function target(location: string, from: URL, problem: "redirected" | "bad list"): URL {
  const to = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  const isSafe = to?.protocol === "https:" || (to?.protocol === "http:" && from.protocol === "http:");
  if (to === undefined || !isSafe) throw new RadioFailure(problem);
  return to;
}

function ask({ url, allowPrivate }: Address, signal: AbortSignal): Promise<IncomingMessage> {
  signal.throwIfAborted();
  if (!allowPrivate && namesPrivateAddress(url)) return Promise.reject(new RadioFailure("private-address"));
  const start = url.protocol === "https:" ? secureRequest : plainRequest;
  return new Promise<IncomingMessage>((resolve, reject) => {
    const request: ClientRequest = start(url, {
      ...{ agent: false, signal, headers: { "user-agent": "loa-phuong", accept: "*/*" } },
      ...(allowPrivate ? {} : { lookup: publicLookup }),
    });
    request.once("response", resolve);
    request.on("error", (error) => {
      const code = codeOf(error);
      reject(signal.aborted ? signal.reason : new RadioFailure(code === PRIVATE_ADDRESS ? "private-address" : code));
    });
    request.end();
  });
}
