import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { FAIR, type Network, QUEUE, type Weather } from "./network.js";

/** From a loss until TCP has mended it: a round trip, or its shortest timer when nothing else tells. */
const RETRANSMISSION_MS = 220;
/** Pieces that the network carries: a segment or two. */
const PIECE = 2_920;

/**
 * A proxy in this program that carries TCP to `target` through bad weather, each connection with a queue of its own. Random, but
 * of a kind: pass a seeded `random` to see the same twice.
 */
export async function openProxyNetwork(target: URL, random: () => number = Math.random): Promise<Network> {
  const weather: Weather = { ...FAIR };
  const sockets = new Set<Socket>();
  /** When each direction's shared line is free again, ms. */
  const free = { up: 0, down: 0 };

  const carry = (from: Socket, to: Socket, direction: "up" | "down") => {
    let queue: { readonly piece: Buffer; readonly at: number }[] = [];
    let waiting = 0;
    let last = 0;
    let timer: NodeJS.Timeout | undefined;
    const deliver = () => {
      timer = undefined;
      const now = performance.now();
      while (!weather.blackHole) {
        const next = queue[0];
        if (next === undefined || next.at > now) break;
        queue = queue.slice(1);
        waiting -= next.piece.length;
        if (to.writable) to.write(next.piece);
      }
      if (waiting <= QUEUE && from.isPaused()) from.resume();
      const next = queue[0];
      if (next !== undefined) timer = setTimeout(deliver, weather.blackHole ? 50 : Math.max(1, next.at - now));
    };
    from.on("data", (data: Buffer) => {
      for (let start = 0; start < data.length; start += PIECE) {
        const piece = data.subarray(start, start + PIECE);
        const now = performance.now();
        const { bytesPerSecond, delayMs, jitterMs, loss } = weather;
        const sent = bytesPerSecond > 0 ? Math.max(now, free[direction]) + (piece.length / bytesPerSecond) * 1000 : now;
        free[direction] = sent;
        let at = sent + delayMs + random() * jitterMs;
        while (random() < loss) at += RETRANSMISSION_MS + 2 * delayMs;
        last = Math.max(last, at);
        queue.push({ piece, at: last });
        waiting += piece.length;
      }
      if (waiting > QUEUE) from.pause();
      timer ??= setTimeout(deliver, 0);
    });
    from.on("close", () => {
      clearTimeout(timer);
      if (!weather.blackHole) to.end();
    });
  };

  const server = createServer((near) => {
    near.on("error", () => near.destroy());
    if (weather.refuses) {
      near.destroy();
      return;
    }
    const far = connect({ host: target.hostname, port: Number(target.port), noDelay: true });
    far.on("error", () => {
      far.destroy();
      near.destroy();
    });
    near.setNoDelay(true);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
    }
    carry(near, far, "up");
    carry(far, near, "down");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}/`,
    enter: [],
    change: async (changes) => void Object.assign(weather, changes),
    async reset() {
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
