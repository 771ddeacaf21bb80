import { createHash } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import type { Certified } from "./certificates.js";

/** What somebody who is not the station does with a connection; `text` is the request. */
export type Oddity = (socket: Socket, text: string) => void;

/** Answers every request with these head lines and this body. */
export const answering =
  (status: string, headers: readonly string[] = [], body = ""): Oddity =>
  (socket) =>
    socket.end(
      [
        `HTTP/1.1 ${status}`,
        ...headers,
        `Content-Length: ${Buffer.byteLength(body)}`,
        "Connection: close",
        "",
        body,
      ].join("\r\n"),
    );

/** Opens a WebSocket as it should be, with more head lines if told to, and then says these bytes. */
export const upgrading =
  (bytes: Uint8Array = new Uint8Array(0), headers: readonly string[] = ["Sec-WebSocket-Protocol: pa.v1"]): Oddity =>
  (socket, text) => {
    const key = /Sec-WebSocket-Key: (.+)\r\n/i.exec(text)?.[1] ?? "";
    const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
    const head = ["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade", ...headers];
    socket.write([...head, `Sec-WebSocket-Accept: ${accept}`, "", ""].join("\r\n"));
    if (bytes.length > 0) socket.write(bytes);
  };

/** A server that is none of ours. `visits` counts the connections that were made. */
export async function openOddServer(
  oddity: Oddity,
  { tls, host = "127.0.0.1" }: { tls?: Certified; host?: string } = {},
) {
  const sockets = new Set<Socket>();
  const requests: string[] = [];
  const take = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    socket.once("data", (data: Buffer) => {
      requests.push(data.toString("latin1"));
      oddity(socket, data.toString("latin1"));
    });
  };
  const server = tls ? createTlsServer({ cert: tls.certificate, key: tls.key }, take) : createServer(take);
  server.on("tlsClientError", () => {});
  server.listen(0, host);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: new URL(`${tls ? "https" : "http"}://localhost:${port}/`),
    requests,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
