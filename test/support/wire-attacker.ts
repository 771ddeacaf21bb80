import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocket, WebSocketServer } from "ws";
import { RECEIVER_PATH, SUBPROTOCOL } from "../../src/protocol/limits.js";

/** One frame from the station, as it was overheard. */
export interface Overheard {
  readonly isBinary: boolean;
  readonly data: Buffer;
}

/** What is done to the frames and answers that pass. */
export interface Tricks {
  /** What the loudspeaker gets in place of a frame; nothing when it gets none. */
  frame?: (frame: Overheard) => Overheard | undefined;
  /** What it gets in place of an answer over HTTP. */
  answer?: (path: string, body: Buffer) => Buffer;
}

/**
 * Somebody between station and loudspeakers who can read and write all that passes, as with the stolen TLS key: a proxy. The
 * loudspeaker's proof for the station's challenge passes through, so that it holds the attacker for its station.
 */
export async function startWireAttacker(target: string) {
  const overheard: Overheard[] = [];
  const programmes: Buffer[] = [];
  const tricks: Tricks = {};
  let toLoudspeaker: WebSocket | undefined;

  const http = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const body: Buffer[] = [];
    for await (const piece of request) body.push(piece as Buffer);
    const headers = Object.fromEntries(
      ["authorization", "content-type", "range"].flatMap((name) => {
        const value = request.headers[name];
        return typeof value === "string" ? [[name, value]] : [];
      }),
    );
    const path = request.url ?? "/";
    const answer = await fetch(new URL(path, target), {
      ...{ method: request.method ?? "GET", headers },
      ...(body.length > 0 ? { body: Buffer.concat(body) } : {}),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (path === "/programme") programmes.push(bytes);
    const changed = tricks.answer?.(path, bytes) ?? bytes;
    response.writeHead(answer.status, { "content-length": changed.length }).end(changed);
  };

  const door = new WebSocketServer({ noServer: true, handleProtocols: () => SUBPROTOCOL });
  http.on("upgrade", (request, socket, head) => {
    door.handleUpgrade(request, socket, head, (loudspeaker) => {
      const station = new WebSocket(new URL(RECEIVER_PATH, target.replace("http", "ws")), SUBPROTOCOL);
      toLoudspeaker = loudspeaker;
      const waiting: Overheard[] = [];
      const toStation = (frame: Overheard) => station.send(frame.data, { binary: frame.isBinary });
      loudspeaker.on("message", (data: Buffer, isBinary) => {
        if (station.readyState === WebSocket.OPEN) toStation({ data, isBinary });
        else waiting.push({ data, isBinary });
      });
      station.on("open", () => waiting.splice(0).forEach(toStation));
      station.on("message", (data: Buffer, isBinary) => {
        const frame = { data: Buffer.from(data), isBinary };
        overheard.push(frame);
        const passed = tricks.frame ? tricks.frame(frame) : frame;
        if (passed && loudspeaker.readyState === WebSocket.OPEN)
          loudspeaker.send(passed.data, { binary: passed.isBinary });
      });
      for (const [one, other] of [
        [loudspeaker, station],
        [station, loudspeaker],
      ] as const) {
        one.on("error", () => {});
        one.on("close", () => other.terminate());
        one.on("ping", (data) => other.readyState === WebSocket.OPEN && other.ping(data));
      }
    });
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");

  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    /** Everything the station has said, oldest first. */
    overheard,
    programmes,
    tricks,
    /** Says something to the loudspeaker in the station's name. */
    say(...frames: readonly Overheard[]): void {
      for (const { data, isBinary } of frames)
        if (toLoudspeaker?.readyState === WebSocket.OPEN) toLoudspeaker.send(data, { binary: isBinary });
    },
    async close() {
      for (const socket of door.clients) socket.terminate();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}
