/**
 * One HTTP request to a voice service, with a limit on everything that could go on for ever.
 *
 * @module
 */
import { type ClientRequest, type IncomingMessage, request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import type { Clock } from "../../base/clock.js";
import { type Ms, ms, seconds } from "../../base/units.js";
import { namesPrivateAddress, PRIVATE_ADDRESS, publicLookup } from "../network/address-guard.js";
import { CallFailure } from "./call-failure.js";

export interface DownloadOptions {
  readonly url: URL;
  readonly method?: "GET" | "POST" | "PUT";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** Most bytes of the answer. */
  readonly mostBytes: number;
  /** For the whole of it, from the first step to the last byte. */
  readonly timeout: Ms;
  /** Whether loopback and private addresses may be called. */
  readonly allowPrivate: boolean;
  readonly clock: Clock;
}

/** An answer with a good status. */
export interface Download {
  readonly bytes: Buffer;
  /** As the service says, in lower case; may be empty. */
  readonly contentType: string;
}

/** Without a connection by then we call it offline: waiting longer only delays the next voice. */
const CONNECT_TIMEOUT = seconds(2);
/** Redirects are followed on the same host only. */
const MOST_REDIRECTS = 2;
const OFFLINE = new Set([
  "ENOTFOUND",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ENETUNREACH",
  "EHOSTUNREACH",
  "ENETDOWN",
  "ETIMEDOUT",
]);

/** @throws CallFailure for everything but a whole answer with a good status; the signal's reason when that comes first */
export async function download(options: DownloadOptions, signal: AbortSignal): Promise<Download> {
  let { url } = options;
  for (let redirects = 0; ; redirects++) {
    const answer = await once({ ...options, url }, signal);
    if (!(answer instanceof URL)) return answer;
    if (answer.host !== url.host || redirects >= MOST_REDIRECTS) {
      throw new CallFailure("redirected", { detail: answer.host });
    }
    url = answer;
  }
}

function once(options: DownloadOptions, signal: AbortSignal): Promise<Download | URL> {
  const { url, allowPrivate, clock, timeout } = options;
  signal.throwIfAborted();
  if (!allowPrivate && namesPrivateAddress(url)) return Promise.reject(new CallFailure("private-address"));
  const request = send(options);
  let settled = () => {};
  return new Promise<Download | URL>((resolve, reject) => {
    const stop = (failure: unknown) => {
      reject(failure);
      request.destroy();
    };
    const leave = () => stop(signal.reason);
    const timers = [
      clock.after(timeout, () => stop(new CallFailure("timeout"))),
      clock.after(ms(Math.min(CONNECT_TIMEOUT, timeout)), () => {
        if (request.socket?.connecting !== false) stop(new CallFailure("offline", { detail: "no connection in time" }));
      }),
    ];
    settled = () => {
      for (const cancel of timers) cancel();
      signal.removeEventListener("abort", leave);
    };
    let answered = false;
    signal.addEventListener("abort", leave, { once: true });
    request.on("error", (error) => stop(failureOf(error)));
    request.once("close", () => {
      if (!answered) stop(new CallFailure("truncated", { detail: "closed without an answer" }));
    });
    request.once("response", (response) => {
      answered = true;
      receive(response, options).then(resolve, stop);
    });
    request.end(options.body);
  }).finally(() => settled());
}

function send({ url, method = "GET", headers = {}, body, allowPrivate }: DownloadOptions): ClientRequest {
  const start = url.protocol === "https:" ? secureRequest : plainRequest;
  const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
  return start(url, { method, headers: { ...headers, ...length }, ...(allowPrivate ? {} : { lookup: publicLookup }) });
}

async function receive(response: IncomingMessage, { url, mostBytes, clock }: DownloadOptions): Promise<Download | URL> {
  const status = response.statusCode ?? 0;
  if (status !== 200) {
    response.resume();
    const { location } = response.headers;
    if (status >= 301 && status <= 308 && location !== undefined) return redirect(location, url);
    throw statusFailure(status, retryAfterOf(response.headers["retry-after"], clock));
  }
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > mostBytes) throw new CallFailure("too-large", { detail: `more than ${mostBytes} bytes` });
      parts.push(part);
    }
  } catch (thrown) {
    throw thrown instanceof CallFailure ? thrown : new CallFailure("truncated", { cause: thrown });
  }
  return { bytes: Buffer.concat(parts), contentType: (response.headers["content-type"] ?? "").toLowerCase() };
}

function redirect(location: string, from: URL): URL {
  const target = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (target === undefined || target.protocol !== from.protocol) throw new CallFailure("redirected");
  return target;
}

function statusFailure(status: number, retryAfter: Ms | undefined): CallFailure {
  const detail = `status ${status}`;
  if (status === 429) return new CallFailure("rate-limited", { detail, retryAfter });
  if (status >= 500) return new CallFailure("server-error", { detail, retryAfter });
  return new CallFailure("refused", { detail });
}

function retryAfterOf(header: string | undefined, clock: Clock): Ms | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/u.test(header)) return seconds(Number(header));
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : ms(Math.max(0, date - clock.date()));
}

function failureOf(error: NodeJS.ErrnoException): CallFailure {
  const detail = error.code ?? "";
  if (detail === PRIVATE_ADDRESS) return new CallFailure("private-address");
  return new CallFailure(OFFLINE.has(detail) || isRefusedEverywhere(error) ? "offline" : "truncated", {
    detail,
    cause: error,
  });
}

/** A name with several addresses fails with one error for each. */
const isRefusedEverywhere = (error: unknown): boolean =>
  error instanceof AggregateError && error.errors.every((each: NodeJS.ErrnoException) => OFFLINE.has(each.code ?? ""));
