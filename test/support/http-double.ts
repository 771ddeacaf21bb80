/**
 * A stand-in for a service on the network, on a port of its own.
 *
 * @module
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { FakeClock } from "./fake-clock.js";

/** What it was asked. */
export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** Answers the request of this number, counted from 0. */
export type Answer = (response: ServerResponse, asked: Asked, number: number) => void;

export async function startDouble(answer: Answer) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const { method = "", url = "/", headers } = request;
      const one = { method, url: new URL(url, "http://double"), headers, body: Buffer.concat(parts).toString() };
      asked.push(one);
      answer(response, one, asked.length - 1);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    asked,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** A moment of fake time for each turn of the event loop: real sockets are far quicker than any fake timer. */
const STEP = 5;

/** Lets fake time pass until the work has ended, and gives its outcome. */
export async function letTimePass<T>(clock: FakeClock, work: Promise<T>): Promise<T> {
  let ended = false;
  const settled = work.finally(() => {
    ended = true;
  });
  settled.catch(() => undefined);
  while (!ended) {
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(STEP);
  }
  return settled;
}
