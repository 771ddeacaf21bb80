/**
 * What idling receivers cost a server of nothing but `ws` and Node: it welcomes everybody, lets `ws` answer pings, tells the
 * time to who asks, and knows, checks and keeps nothing. No server on this library can idle for less.
 *
 * Argument: port. It prints "ready" when it listens.
 *
 * @module
 */
import { type RawData, WebSocketServer } from "ws";
import { SUBPROTOCOL } from "../../src/protocol/limits.js";
import { readArguments } from "./child.js";

const port = Number(readArguments().get("port"));
const server = new WebSocketServer({
  ...{ port, host: "127.0.0.1", backlog: 4096, perMessageDeflate: false },
  handleProtocols: () => SUBPROTOCOL,
});
server.on("listening", () => process.stdout.write("ready\n"));
server.on("connection", (socket) => {
  socket.send('{"t":"challenge","p":{}}');
  socket.once("message", () => {
    socket.send('{"t":"welcome","p":{}}');
    socket.on("message", (data: RawData) => {
      const said = JSON.parse(String(data)) as { t: string; p: { c1: number } };
      if (said.t === "time") socket.send(JSON.stringify({ t: "time", p: { c1: said.p.c1, s2: 1, s3: 1 } }));
    });
  });
});
