import { once } from "node:events";
import { WebSocket } from "ws";
import { RECEIVER_PATH, SUBPROTOCOL } from "../../src/protocol/limits.js";
import type { HelloBody, ServerMessage } from "../../src/protocol/messages.js";
import type { DeviceKey } from "./device-key.js";

/** What a device says of itself in a test; `proof` and `nonce` to say something false. */
export interface Greeting {
  readonly receiver: string;
  readonly key: DeviceKey;
  readonly bootId?: string;
  /** In place of the server's nonce, as in a replay. */
  readonly nonce?: string;
  readonly proof?: string;
  readonly away?: HelloBody["away"];
}

/** A device's end of a connection. */
export interface DeviceLink {
  readonly socket: WebSocket;
  readonly messages: readonly ServerMessage[];
  readonly nonce: string;
  readonly proof: string;
  /** The token of the welcome, or why there is none: `4003 unconfirmed`. */
  readonly outcome: Promise<{ readonly token: string } | string>;
  /** Resolves with the close code and reason. */
  readonly closed: Promise<string>;
}

/** Connects to a station as a device does, and says hello. */
export async function linkDevice(server: string, greeting: Greeting): Promise<DeviceLink> {
  const { receiver, key, bootId = "boot-1", away } = greeting;
  const url = new URL(RECEIVER_PATH, server);
  url.protocol = url.protocol.replace("http", "ws");
  const socket = new WebSocket(url, SUBPROTOCOL, { perMessageDeflate: false });
  const messages: ServerMessage[] = [];
  let welcome: (token: string) => void = () => {};
  const welcomed = new Promise<{ token: string }>((resolve) => {
    welcome = (token) => resolve({ token });
  });
  const closed = new Promise<string>((resolve) => {
    socket.once("close", (code, reason) => resolve(`${code} ${reason.toString()}`));
  });
  socket.on("error", () => {});
  socket.on("message", (data: Buffer, isBinary: boolean) => {
    if (isBinary) return;
    const message: ServerMessage = JSON.parse(data.toString());
    messages.push(message);
    if (message.t === "welcome") welcome(message.p.token);
  });
  while (messages.length === 0) await once(socket, "message");
  const [challenge] = messages;
  if (challenge?.t !== "challenge") throw new Error(`the server began with ${challenge?.t}`);
  const nonce = greeting.nonce ?? challenge.p.nonce;
  const proof = greeting.proof ?? key.proof(nonce, receiver, bootId);
  const hello: Omit<HelloBody, "receiver"> = {
    ...{ versions: [1], bootId, proof, software: "test", journal: "j" },
    ...{ bufferMs: 10_000, leadMs: 100, programmeRevision: 0 },
    ...(away === undefined ? {} : { away }),
  };
  socket.send(JSON.stringify({ t: "hello", p: { ...hello, receiver } }));
  return { socket, messages, nonce, proof, closed, outcome: Promise.race([welcomed, closed]) };
}
