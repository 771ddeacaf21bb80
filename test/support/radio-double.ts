/**
 * A stand-in for another station: a WAV without end over HTTP, in real time, that can go off the air and come back.
 *
 * @module
 */
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { wavFile } from "../../src/base/wav.js";

const RATE = 48_000;
/** Sent in one go, ms. */
const PIECE_MS = 100;

/** @param hz the tone that it sends */
export async function startRadio(hz: number) {
  const listeners = new Set<ServerResponse>();
  let isOn = true;
  let position = 0;
  const server = createServer((_request, response) => {
    if (!isOn) return void response.writeHead(503).end();
    response.writeHead(200, { "content-type": "audio/wav" });
    const header = Buffer.from(wavFile(new Int16Array(), RATE));
    // A length that is never reached.
    header.writeUInt32LE(0x7fffffff, header.length - 4);
    response.write(header);
    listeners.add(response);
    return void response.once("close", () => listeners.delete(response));
  });
  const begun = performance.now();
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - begun) / 1000) * RATE);
    const samples = Int16Array.from({ length: due - position }, (_, index) =>
      Math.round(16_000 * Math.sin((2 * Math.PI * hz * (position + index)) / RATE)),
    );
    position = due;
    for (const listener of listeners) listener.write(Buffer.from(samples.buffer));
  }, PIECE_MS);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    /** How many listen. */
    listeners: () => listeners.size,
    /** Goes off the air: who listens is cut off, who comes is sent away. */
    off() {
      isOn = false;
      for (const listener of listeners) listener.destroy();
    },
    on() {
      isOn = true;
    },
    async close() {
      clearInterval(timer);
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
