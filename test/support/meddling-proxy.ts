import { once } from "node:events";
import { request as ask, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocket, WebSocketServer } from "ws";
import { RECEIVER_PATH, SUBPROTOCOL } from "../../src/protocol/limits.js";

/** One WebSocket message on its way. */
export interface Passing {
  readonly data: Buffer;
  readonly isBinary: boolean;
}

/** What is done to messages. Chances are 0 to 1 for each message. */
export interface Meddling {
  /** An earlier message of the same direction is sent again beside it, or itself. */
  repeat: number;
  /** It waits until the next one has passed. */
  swap: number;
  /** Whether the greeting (challenge, hello, welcome) is left alone; without it hardly any connection comes about. */
  spareGreeting: boolean;
  /** What is said besides, to the receiver; nothing when left out. */
  inject: ((seen: readonly Passing[]) => Passing | undefined) | undefined;
}

/** So many earlier messages are remembered. */
const REMEMBERED = 60;
/** A message that waits for a next one goes on by itself after this, ms. */
const PATIENCE = 150;
const GREETING = /^\{"t":"(?:challenge|hello|welcome)"/;

/**
 * Carries HTTP and WebSockets to `target`, and repeats, swaps and adds whole WebSocket messages, as somebody on the line can who
 * understands frames. Pass a seeded `random` to see the same kind of trouble again.
 */
export async function openMeddlingProxy(target: URL, random: () => number) {
  const meddling: Meddling = { repeat: 0, swap: 0, spareGreeting: true, inject: undefined };
  const counts = { passed: 0, repeated: 0, swapped: 0, injected: 0, connections: 0 };
  const sockets = new Set<WebSocket>();
  const door = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    autoPong: false,
    handleProtocols: () => SUBPROTOCOL,
  });

  const carry = (from: WebSocket, to: WebSocket, isDown: boolean) => {
    const seen: Passing[] = [];
    let waiting: Passing | undefined;
    let timer: NodeJS.Timeout | undefined;
    const send = ({ data, isBinary }: Passing) => {
      if (to.readyState === WebSocket.OPEN) to.send(data, { binary: isBinary });
    };
    const release = () => {
      clearTimeout(timer);
      const one = waiting;
      waiting = undefined;
      if (one) send(one);
    };
    const pass = (one: Passing) => {
      counts.passed += 1;
      if (meddling.spareGreeting && !one.isBinary && GREETING.test(one.data.toString("latin1", 0, 20)))
        return send(one);
      seen.push(one);
      if (seen.length > REMEMBERED) seen.shift();
      if (!waiting && random() < meddling.swap) {
        counts.swapped += 1;
        waiting = one;
        timer = setTimeout(release, PATIENCE);
        return;
      }
      send(one);
      release();
      const again = random() < meddling.repeat ? seen[Math.floor(random() * seen.length)] : undefined;
      if (again) send(again);
      if (again) counts.repeated += 1;
      const more = isDown ? meddling.inject?.(seen) : undefined;
      if (more) send(more);
      if (more) counts.injected += 1;
    };
    from.on("message", (data, isBinary) => pass({ data: data as Buffer, isBinary }));
    from.on("ping", (data: Buffer) => to.readyState === WebSocket.OPEN && to.ping(data));
    from.on("pong", (data: Buffer) => to.readyState === WebSocket.OPEN && to.pong(data));
    from.on("close", () => {
      clearTimeout(timer);
      to.terminate();
    });
  };

  const http = createServer((request, response) => {
    const { method, url = "/", headers } = request;
    const asked = ask(new URL(url, target), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    asked.on("error", () => response.destroy());
    request.pipe(asked);
  });
  http.on("upgrade", (request, socket, head) =>
    door.handleUpgrade(request, socket, head, (near) => {
      const url = new URL(RECEIVER_PATH, target);
      url.protocol = "ws:";
      const far = new WebSocket(url, SUBPROTOCOL, { perMessageDeflate: false, autoPong: false });
      counts.connections += 1;
      for (const one of [near, far]) {
        sockets.add(one);
        one.on("error", () => {});
        one.on("close", () => sockets.delete(one));
      }
      carry(near, far, false);
      carry(far, near, true);
    }),
  );
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    meddling,
    counts,
    async close() {
      for (const one of sockets) one.terminate();
      http.closeAllConnections();
      http.close();
      await once(http, "close");
    },
  };
}
export type MeddlingProxy = Awaited<ReturnType<typeof openMeddlingProxy>>;

/** Chance from a seed (mulberry32), for runs that can be seen again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
