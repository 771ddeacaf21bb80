import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { answering, type Oddity } from "./odd-server.js";
import { eventually } from "./whole-house.js";

/** What stands between a loudspeaker and its station. */
export type Front =
  /** Nothing: what is said goes through as it is. */
  | "open"
  /** Nobody listens there. */
  | "gone"
  /** A network that wants a log-in first. */
  | "log-in page"
  /** A proxy that passes requests on and takes away what makes a WebSocket of them. */
  | "no WebSocket";

const PAGE = "<html><body>Đăng nhập wifi</body></html>";
const STRANGE: Partial<Record<Front, Oddity>> = {
  "log-in page": answering("200 OK", ["Content-Type: text/html"], PAGE),
  "no WebSocket": answering("426 Upgrade Required"),
};

/** An address of a station, by TCP of this machine, at which something else may stand from one moment to the next. */
export async function openChangingFront(target: URL) {
  const sockets = new Set<Socket>();
  let front: Front = "open";
  let visits = 0;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
    return socket;
  };
  const take = (socket: Socket) => {
    keep(socket);
    visits += 1;
    const strange = STRANGE[front];
    if (strange !== undefined) {
      socket.once("data", (data: Buffer) => strange(socket, data.toString("latin1")));
      return;
    }
    const onward = keep(connect(Number(target.port), target.hostname));
    socket.pipe(onward).pipe(socket);
    socket.on("close", () => onward.destroy());
    onward.on("close", () => socket.destroy());
  };
  let server: Server | undefined = createServer(take).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const end = async () => {
    for (const socket of sockets) socket.destroy();
    if (!server) return;
    const closed = once(server, "close");
    server.close();
    server = undefined;
    await closed;
  };

  return {
    url: `http://127.0.0.1:${port}`,
    /** Connections that are open through it. */
    open: () => sockets.size / 2,
    /** Waits until so many more have come; where nobody listens, for the time that they would take. */
    async comes(count: number): Promise<void> {
      const until = visits + count;
      const begun = performance.now();
      const isOver = () => (server ? visits >= until : performance.now() - begun > count * 1_000);
      await eventually("more tries", 30_000, isOver);
    },
    /** What is open breaks off. */
    async become(next: Front): Promise<void> {
      front = next;
      await end();
      if (next === "gone") return;
      server = createServer(take).listen(port, "127.0.0.1");
      await once(server, "listening");
    },
    close: end,
  };
}
export type ChangingFront = Awaited<ReturnType<typeof openChangingFront>>;
