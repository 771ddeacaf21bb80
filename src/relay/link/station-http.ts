/**
 * Requests to the station beside the WebSocket. With a pinned authority it is the only one that is trusted.
 *
 * @module
 */
import { type IncomingMessage, Agent as PlainAgent, type RequestOptions, request as requestPlain } from "node:http";
import { request as requestTls, Agent as TlsAgent } from "node:https";
import { finished } from "node:stream/promises";

/** Connections that are kept open at a time: one for clips, one for the rest. */
const CONNECTIONS = 2;

export interface StationHttpOptions {
  readonly server: URL;
  /** PEM of the only certificate authority to trust; those of the system when left out. */
  readonly authority?: string | undefined;
  /** The name that the certificate must be good for, when it is not the one in the address. */
  readonly servername?: string | undefined;
}

/** The token of a connection, and those who wait for a new one. */
export interface StationHttp {
  /** What is shown with each {@link get} from now on. */
  setToken(token: string): void;
  hasToken(): boolean;
  /** `path` below the server's address. Rejects when the server cannot be reached. */
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
  /** In pieces, as they come. Whoever stops reading destroys it. */
  readonly body: IncomingMessage;
  /** The whole body. @throws when it is longer than `most` bytes */
  bytes(most: number): Promise<Buffer>;
}

export function createStationHttp({ server, authority, servername }: StationHttpOptions): StationHttp {
  const isTls = server.protocol === "https:";
  const settings = { keepAlive: true, maxSockets: CONNECTIONS };
  const agent = isTls
    ? new TlsAgent({ ...settings, ...tlsOptionsOf({ authority, servername }) })
    : new PlainAgent(settings);
  const open = isTls ? requestTls : requestPlain;
  let token = "";

  const ask = (path: string, options: RequestOptions, body?: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const asked = open(new URL(path, server), { ...options, agent }, (response) => resolve(answerOf(response)));
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
    close: () => agent.destroy(),
  };
}

/** Whom to trust, as Node wants it. */
export const tlsOptionsOf = ({ authority, servername }: Omit<StationHttpOptions, "server">) => ({
  ...(authority === undefined ? {} : { ca: authority }),
  ...(servername === undefined ? {} : { servername }),
});

function answerOf(response: IncomingMessage): Answer {
  const { statusCode: status = 0 } = response;
  return {
    status,
    isOk: status >= 200 && status < 300,
    body: response,
    async bytes(most) {
      const pieces: Buffer[] = [];
      let size = 0;
      for await (const piece of response) {
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
