/**
 * A signer that runs as a user of its own and is started by the machine, not by the server: it listens at a socket in a folder
 * that only the two of them may enter. Each line is a request or an answer in JSON.
 *
 * @module
 */
import { chmodSync, rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { Fault, reasonOf } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import { MAX_PROGRAMME } from "../../protocol/limits.js";
import { createSignerDesk } from "./signer-desk.js";
import type { SignerLink, SignerLinkEvents } from "./signer-link.js";
import { type Answer, type Request, requestSchema, type SignerOptions } from "./signer-messages.js";

/** Longest line: a programme, every letter of it escaped. */
const MAX_LINE = 2 * MAX_PROGRAMME;
/** Connections at once: that of the server, and of one that is ending. */
const MOST_CONNECTIONS = 4;
/** Owner and group: whoever may ask for signatures. */
const SHARED_WITH_GROUP = 0o660;

export interface SignerDoorParts {
  /** Absolute path of the socket; one that is left there by a former run is replaced. */
  readonly socket: string;
  /** Its keys and rules; the server's word for them is not asked. */
  readonly options: SignerOptions;
  readonly log: Log;
}

/** Opens the keys and listens; resolves when it does. @throws Fault "unavailable" when either cannot be */
export async function openSignerDoor({
  socket: path,
  options,
  log,
}: SignerDoorParts): Promise<{ close(): Promise<void> }> {
  const desk = createSignerDesk(options);
  const sockets = new Set<Socket>();
  const serve = (socket: Socket) => {
    sockets.add(socket);
    log.info("signer.connected");
    socket.on("error", (thrown) => log.warn("signer.connection-failed", { thrown }));
    socket.on("close", () => sockets.delete(socket));
    onLines(socket, (value) => {
      const request = requestSchema.safeParse(value).data as Request | undefined;
      const answer = request && desk(request);
      if (request === undefined) socket.destroy();
      else if (answer) socket.write(`${JSON.stringify(answer)}\n`);
    });
  };
  const server = createServer(serve);
  server.maxConnections = MOST_CONNECTIONS;
  rmSync(path, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) => reject(noDoor(path, cause)));
    server.listen(path, resolve);
  });
  chmodSync(path, SHARED_WITH_GROUP);
  return {
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** The server's end, in place of a program of its own. */
export const connectSigner =
  (path: string) =>
  ({ onAnswer, onEnd }: SignerLinkEvents): SignerLink => {
    const socket = connect(path);
    let isOver = false;
    const over = (why: string) => {
      if (isOver) return;
      isOver = true;
      socket.destroy();
      onEnd(why);
    };
    // As with a program of its own: it keeps the server from ending by nothing.
    socket.unref();
    socket.on("error", (thrown) => over(reasonOf(thrown)));
    socket.on("close", () => over("the connection to the signer ended"));
    onLines(socket, (value) => {
      if (!isOver) onAnswer(value as Answer);
    });
    return {
      ask: (request) => void socket.write(`${JSON.stringify(request)}\n`),
      end: () => void socket.destroy(),
    };
  };

/** Reads lines of JSON. What is none, or too long, ends the connection. */
function onLines(socket: Socket, take: (value: unknown) => void): void {
  /** Pieces of a line that is not whole: put together once, for it may be a programme of megabytes. */
  let pieces: string[] = [];
  let length = 0;
  socket.setEncoding("utf8");
  socket.on("data", (piece: string) => {
    const [first = "", ...others] = piece.split("\n");
    pieces.push(first);
    length += first.length;
    try {
      if (length > MAX_LINE) throw new RangeError("a line that is too long");
      for (const next of others) {
        take(JSON.parse(pieces.join("")));
        pieces = [next];
        length = next.length;
      }
    } catch (thrown) {
      socket.destroy(thrown instanceof Error ? thrown : undefined);
    }
  });
}

const noDoor = (path: string, cause: unknown): Fault =>
  new Fault(
    "unavailable",
    {
      vi: `Chương trình ký lệnh không mở được ${path}: ${reasonOf(cause)}. Hãy xem thư mục đó có và cho người dùng này ghi không.`,
      en: `The signer cannot listen at ${path}: ${reasonOf(cause)}. See that its folder is there and may be written by this user.`,
    },
    { reason: "signer-socket", cause },
  );
