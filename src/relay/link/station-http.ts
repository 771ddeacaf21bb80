/**
 * Requests to the station beside the WebSocket. With a pinned authority it is the only one that is trusted.
 *
 * @module
 */
import { type IncomingMessage, Agent as PlainAgent, type RequestOptions, request as requestPlain } from "node:http";
import { request as requestTls, Agent as TlsAgent } from "node:https";
import { pipeline, type Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { Dialler } from "./dial.js";
import { waitAsked } from "./link-trouble.js";

/** Connections that are kept open at a time: one for clips, one for the rest. */
const CONNECTIONS = 2;

export interface StationHttpOptions {
  /** Where the station is now; asked for each request. */
  readonly server: () => URL;
  readonly dialler: Dialler;
}

/** What came is not the station's: a log-in page, or the way to one. It must never be taken for a clip or a programme. */
export class NotTheStation extends Error {
  readonly status: number;
  constructor(status: number) {
    super("captive-portal");
    this.status = status;
  }
}

/** The token of a connection, and those who wait for a new one. */
export interface StationHttp {
  /** What is shown with each {@link get} from now on. */
  setToken(token: string): void;
  hasToken(): boolean;
  /** `path` below the server's address. @throws NotTheStation, or the system's error when the server cannot be reached */
  get(path: string, wish: Wish): Promise<Answer>;
  post(path: string, body: unknown, wish: Wish): Promise<Answer>;
  close(): void;
}

export interface Wish {
  readonly signal: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly isOk: boolean;
  /** The wait that the server asks for, ms. */
  readonly waitMs: number | undefined;
  /** In pieces, as they come. Whoever stops reading destroys it. */
  readonly body: IncomingMessage;
  /** The whole body, unpacked when it came packed. @throws when it is longer than `most` bytes, or broken */
  bytes(most: number): Promise<Buffer>;
}

export function createStationHttp({ server, dialler }: StationHttpOptions): StationHttp {
  const settings = { keepAlive: true, maxSockets: CONNECTIONS };
  const plain = Object.assign(new PlainAgent(settings), { createConnection: dialler.plain });
  const tls = Object.assign(new TlsAgent(settings), { createConnection: dialler.tls });
  let token = "";

  const ask = (path: string, options: RequestOptions, body?: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const url = new URL(path, server());
      const take = (response: IncomingMessage) => {
        if (!isAnotherPage(response)) return resolve(answerOf(response));
        response.destroy();
        reject(new NotTheStation(response.statusCode ?? 0));
      };
      const asked =
        url.protocol === "https:"
          ? requestTls(url, { ...options, agent: tls }, take)
          : requestPlain(url, { ...options, agent: plain }, take);
      asked.on("error", reject);
      asked.end(body);
    });

  return {
    setToken(next) {
      token = next;
    },
    hasToken: () => token !== "",
    get: (path, { signal, headers = {} }) =>
      ask(path, { signal, headers: { ...headers, ...(token === "" ? {} : { authorization: `Bearer ${token}` }) } }),
    post(path, body, { signal, headers = {} }) {
      const text = JSON.stringify(body);
      const about = { "content-type": "application/json", "content-length": String(Buffer.byteLength(text)) };
      return ask(path, { method: "POST", signal, headers: { ...headers, ...about } }, text);
    },
    close() {
      plain.destroy();
      tls.destroy();
    },
  };
}

/** The station answers no request of a loudspeaker with a page or by pointing elsewhere; those who want a log-in do. */
function isAnotherPage({ statusCode = 0, headers }: IncomingMessage): boolean {
  const isPage = /^text\/html\b/i.test(headers["content-type"] ?? "");
  return (
    statusCode === 511 || (statusCode >= 300 && statusCode < 400 && statusCode !== 304) || (isPage && statusCode < 300)
  );
}

/** Longest wait that is kept because a server asks for it, ms. */
const MOST_ASKED = 300_000;

/** How long to stay away when a server asks for this long, ms: at least so long, and not all at once. */
export const spreadWait = (askedMs: number, random: () => number): number =>
  Math.min(MOST_ASKED, askedMs) * (1 + random() / 2);

/** The way to ask for a packed body. */
export const PACKED = { "accept-encoding": "gzip" };

const unpacked = (response: IncomingMessage): Readable =>
  // What fails at either end of the pair is thrown to whoever reads.
  response.headers["content-encoding"] === "gzip" ? pipeline(response, createGunzip(), () => {}) : response;

function answerOf(response: IncomingMessage): Answer {
  const { statusCode: status = 0, headers } = response;
  return {
    status,
    isOk: status >= 200 && status < 300,
    waitMs: waitAsked(headers["retry-after"]),
    body: response,
    async bytes(most) {
      const pieces: Buffer[] = [];
      let size = 0;
      for await (const piece of unpacked(response)) {
        size += piece.length;
        if (size > most) {
          response.destroy();
          throw new Error("too large");
        }
        pieces.push(piece);
      }
      await finished(response);
      return Buffer.concat(pieces);
    },
  };
}
