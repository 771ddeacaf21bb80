/**
 * One try at a WebSocket to the station: opened, read and ended, and what was wrong with it in one word.
 *
 * @module
 */
import { WebSocket } from "ws";
import type { Clock } from "../../base/clock.js";
import { type Ms, seconds } from "../../base/units.js";
import { MAX_SERVER_MESSAGE, RECEIVER_PATH, SUBPROTOCOL } from "../../protocol/limits.js";
import type { Dialler } from "./dial.js";
import { type LinkTrouble, trouble, troubleOfAnswer, troubleOfError } from "./link-trouble.js";

/** A server that takes the connection and says nothing is given up after this; the socket itself has its own time before. */
const ANSWER_WITHIN: Ms = seconds(20);
/** From the first byte to the welcome: the server may be asking an older connection, or have thousands before us. */
const WELCOME_WITHIN: Ms = seconds(30);
/** Frames that a message may come in, and pieces that wait for their end; the server sends one. */
const MAX_FRAGMENTS = 64;
const MAX_PIECES = 4096;

export interface SocketEvents {
  /** A whole message. */
  readonly onMessage: (data: Buffer, isBinary: boolean) => void;
  /** Anything came. */
  readonly onHeard: () => void;
  /** It is over; called once. `trouble` is what this end saw, when it saw anything. */
  readonly onEnd: (end: { readonly code: number; readonly why: string; readonly trouble?: LinkTrouble }) => void;
}

export interface StationSocket {
  readonly server: URL;
  isOpen(): boolean;
  send(text: string): void;
  ping(): void;
  /** The server has let us in. */
  welcomed(): void;
  /** Ends it because of this. */
  giveUp(reason: "dead-link" | "nonsense" | "silent", detail: string): void;
  /** Goes, with a goodbye. */
  leave(): void;
  /** Goes at once. */
  cut(): void;
}

export function openSocket(
  server: URL,
  { clock, dialler, onMessage, onHeard, onEnd }: SocketEvents & { readonly clock: Clock; readonly dialler: Dialler },
): StationSocket {
  const url = new URL(RECEIVER_PATH.slice(1), server);
  const isTls = server.protocol === "https:";
  url.protocol = isTls ? "wss:" : "ws:";
  let met: LinkTrouble | undefined;
  const options = {
    ...{ perMessageDeflate: false, followRedirects: false, maxPayload: MAX_SERVER_MESSAGE },
    ...{ maxFragments: MAX_FRAGMENTS, maxBufferedChunks: MAX_PIECES },
    createConnection: (isTls ? dialler.tls : dialler.plain) as never,
  };
  const socket = new WebSocket(url, SUBPROTOCOL, options);
  const giveUp = (found: LinkTrouble) => {
    met ??= found;
    socket.terminate();
  };
  const silentAfter = (wait: Ms) => clock.after(wait, () => giveUp(trouble("silent", server, `${wait / 1000} s`)));
  const cancelAnswer = silentAfter(ANSWER_WITHIN);
  const cancelWelcome = silentAfter(WELCOME_WITHIN);

  socket.on("unexpected-response", (_request, response) => {
    response.on("error", () => {});
    giveUp(troubleOfAnswer(server, response));
  });
  socket.on("error", (thrown) => {
    met ??= troubleOfError(server, thrown);
  });
  socket.on("open", () => {
    cancelAnswer();
    // It may have taken long, and silence is counted from here.
    onHeard();
  });
  socket.on("message", (data, isBinary) => {
    onHeard();
    onMessage(data as Buffer, isBinary);
  });
  socket.on("ping", onHeard);
  socket.on("pong", onHeard);
  socket.on("close", (code, text) => {
    cancelAnswer();
    cancelWelcome();
    onEnd({ code, why: text.toString("utf8"), ...(met ? { trouble: met } : {}) });
  });

  return {
    server,
    isOpen: () => socket.readyState === WebSocket.OPEN,
    send: (text) => socket.send(text),
    ping: () => socket.ping(),
    welcomed: cancelWelcome,
    giveUp: (reason, detail) => giveUp(trouble(reason, server, detail)),
    leave() {
      if (socket.readyState !== WebSocket.OPEN) return socket.terminate();
      socket.close(1000);
      clock.after(seconds(0.5), () => socket.terminate());
    },
    cut: () => socket.terminate(),
  };
}
