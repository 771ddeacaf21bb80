/**
 * The door between an HTTP server and WebSockets: one path, one subprotocol, strict limits. What is not for this path is
 * left to other doors. Pings are left to whoever takes the socket: nothing here answers them.
 *
 * @module
 */
import type { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { type ServerOptions, type WebSocket, WebSocketServer } from "ws";

/** A message may come in at most this many fragments, and as many pieces; our own programs send one. */
const MAX_FRAGMENTS = 16;
const MAX_PIECES = 1024;
/** A peer that does not answer a close is cut off after this long, ms. */
const CLOSE_TIMEOUT = 1000;

export interface DoorOptions {
  /** Path of the request, without its query. */
  readonly path: string;
  /** The peer must offer this subprotocol; any will do when left out. */
  readonly subprotocol?: string;
  /** Largest message taken, bytes. A larger one closes the socket with 1009. */
  readonly maxMessage: number;
  /** Why not to let it in; `undefined` lets it in. */
  readonly refuse?: (request: IncomingMessage) => Refusal | undefined;
  /** A socket is open. `raw` is the same socket below `ws`; who writes to it must write whole frames. */
  readonly onSocket: (socket: WebSocket, raw: Socket, request: IncomingMessage) => void;
}

/** An HTTP status such as 503 with a word or two for whoever reads along, and when it is worth asking again, seconds. */
export interface Refusal {
  readonly status: number;
  readonly why?: string;
  readonly retryAfterS?: number;
}

/** Handles upgrades for one path. */
export interface Door {
  /** Takes an `upgrade` event of an HTTP server. `false`: not for this path, nothing was touched. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Lets nobody in any more (503). Open sockets are the caller's. */
  close(): void;
}

export function createDoor({ path, subprotocol, maxMessage, refuse, onSocket }: DoorOptions): Door {
  const options: ServerOptions & { closeTimeout: number } = {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    // Pings come by the thousand; who takes the socket answers them.
    autoPong: false,
    maxPayload: maxMessage,
    maxFragments: MAX_FRAGMENTS,
    maxBufferedChunks: MAX_PIECES,
    closeTimeout: CLOSE_TIMEOUT,
    handleProtocols: (offered) => subprotocol ?? [...offered][0] ?? false,
  };
  const server = new WebSocketServer(options);

  const judge = (request: IncomingMessage): Refusal | undefined => {
    if (subprotocol !== undefined && !offers(request, subprotocol)) return { status: 400 };
    return refuse?.(request);
  };

  return {
    upgrade(request, socket, head) {
      if (pathOf(request) !== path) return false;
      const refusal = judge(request);
      if (refusal !== undefined || !(socket instanceof Socket)) {
        refuseUpgrade(socket, refusal ?? { status: 400 });
        return true;
      }
      server.handleUpgrade(request, socket, head, (opened) => onSocket(opened, socket, request));
      return true;
    },
    close: () => server.close(),
  };
}

/** Answers an upgrade that nobody wants with a bare status line, and hangs up. */
export function refuseUpgrade(socket: Duplex, { status, why = "Refused", retryAfterS }: Refusal): void {
  const wait = retryAfterS === undefined ? "" : `Retry-After: ${retryAfterS}\r\n`;
  socket.on("error", () => socket.destroy());
  socket.once("finish", () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${why}\r\n${wait}Connection: close\r\nContent-Length: 0\r\n\r\n`);
}

const pathOf = ({ url = "/" }: IncomingMessage): string => url.split("?", 1)[0] ?? url;

function offers({ headers }: IncomingMessage, subprotocol: string): boolean {
  const offered = headers["sec-websocket-protocol"] ?? "";
  return offered.split(",").some((name) => name.trim() === subprotocol);
}
