import { createHash, createPublicKey, randomBytes, verify } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { micros } from "../../src/base/units.js";
import { areaId, receiverId } from "../../src/domain/ids.js";
import { policySchema } from "../../src/domain/policy.js";
import { helloBytes } from "../../src/protocol/identity.js";
import {
  type Body,
  encodeMessage,
  type JournalLine,
  parseReceiverMessage,
  type ReceiverMessage,
  type ServerMessage,
} from "../../src/protocol/messages.js";
import { parseOggOpus } from "../../src/protocol/ogg-opus.js";
import type { Cue, Order, OrderBody, Signed } from "../../src/protocol/orders.js";
import type { Programme } from "../../src/protocol/programme.js";
import { encodeSeal, sealText } from "../../src/protocol/seal.js";
import { type TimeStatement, timeText } from "../../src/protocol/signed-time.js";
import type { Purpose } from "../../src/protocol/signing.js";
import { makeKey, newSealKey, signWith } from "../../src/server/trust/ed25519.js";
import type { Certified } from "../support/certificates.js";
import { encodeChunk } from "../support/encode-chunk.js";
import { answerContent, type FakeContent } from "./fake-content.js";

/** Looks again and again until `check` gives something. @throws after `withinMs` */
export async function until<T>(what: string, check: () => T | undefined | false, withinMs = 8000): Promise<T> {
  const end = performance.now() + withinMs;
  for (;;) {
    const found = check();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`waited ${withinMs} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

interface FakeServerOptions {
  readonly aheadMs?: number;
  /** Its clock, µs; the machine's and `aheadMs` when left out. */
  readonly clock?: () => number;
  /** Carries a message about time one way, as late as a test wants. */
  readonly carry?: (arrive: () => void) => void;
  /** Speaks TLS with this certificate, and names this authority (PEM) to whom it pairs. */
  readonly tls?: { readonly server: Certified; readonly authority: string };
  /** A certain port in place of any free one. */
  readonly port?: number;
}

/** A server that does what a test says, over real sockets. Its clock is ahead of the machine's by `aheadMs`. */
export async function startFakeServer({
  aheadMs = 0,
  clock,
  carry = (arrive) => arrive(),
  tls,
  port: wanted = 0,
}: FakeServerOptions = {}) {
  const clips = new Map<string, Uint8Array>();
  const key = makeKey();
  const orderKeys = [{ keyId: key.keyId, publicKey: key.publicKey }];
  const seal = newSealKey();
  const sign = (purpose: Purpose, text: string): Signed => ({
    ...{ text, keyId: key.keyId },
    signature: signWith(key, purpose, text),
  });
  const signTime = (statement: TimeStatement) => sign("time", timeText(statement));
  const programmes = new Map<string, Programme>();
  const said: { receiver: string; message: ReceiverMessage }[] = [];
  const sockets = new Map<string, WebSocket>();
  const requests: FakeContent["requests"] = [];
  const paired: unknown[] = [];
  const keys = new Map<string, string>();
  const world = {
    /** What programmes and clips are answered with in place of the truth: a page of the network, or a wait of a second. */
    content: "whole" as "whole" | "page" | "busy",
    /** What a pairing is answered with in place of the truth: nothing at all, or half of it, or a page. */
    pairing: "whole" as "whole" | "lost" | "half" | "page",
    /** Close code, and the reason; nobody is refused while this is empty. */
    refusal: 4003,
    refuse: "",
    /** How often somebody was. */
    refused: 0,
    acknowledge: true,
    answerTime: true,
    bendUs: 0,
    withhold: new Set<string>(),
    expired: new Set<string>(),
    orders: 0,
  };
  const now = clock ?? (() => Math.round((performance.timeOrigin + performance.now() + aheadMs) * 1000));

  const answer = answerContent({
    ...{ clips, programmes, requests, paired, keys, orderKeys, world, authority: tls?.authority },
  });
  const http = tls
    ? createTlsServer({ cert: tls.server.certificate, key: tls.server.key }, answer)
    : createServer(answer);
  const door = new WebSocketServer({ server: http, path: "/ws/receiver" });
  const send = (receiver: string, message: ServerMessage) => sockets.get(receiver)?.send(encodeMessage(message));

  door.on("connection", (socket) => {
    let me = "";
    const nonce = randomBytes(24).toString("base64url");
    socket.send(encodeMessage({ t: "challenge", p: { nonce, now: micros(now()) } }));
    socket.on("error", () => {});
    socket.on("message", (data) => {
      const message = parseReceiverMessage(String(data));
      if (!message) return;
      if (message.t === "hello") {
        me = message.p.receiver;
        if (world.refuse) {
          world.refused += 1;
          return socket.close(world.refusal, world.refuse);
        }
        const { receiver, bootId, proof } = message.p;
        const jwk = { kty: "OKP", crv: "Ed25519", x: keys.get(me) ?? "" };
        const isProved = verify(
          null,
          helloBytes({ nonce, receiver, bootId }),
          createPublicKey({ key: jwk, format: "jwk" }),
          Buffer.from(proof, "base64url"),
        );
        if (!isProved) return socket.close(4003, "wrong-proof");
        sockets.set(me, socket);
        send(me, {
          t: "welcome",
          p: { token: `secret-${me}`, session: "s", version: 1, epoch: 1, reported: 0, spreadMs: 0 },
        });
        offer(me);
      }
      if (message.t === "time" && world.answerTime) {
        const { c1, nonce } = message.p;
        return carry(() => {
          const at = micros(now());
          const bent = micros(at + world.bendUs);
          carry(() => {
            send(me, { t: "time", p: { c1, s2: bent, s3: bent } });
            if (nonce !== undefined) send(me, { t: "signed-time", p: signTime({ epoch: 1, at, nonce }) });
          });
        });
      }
      said.push({ receiver: me, message });
      if (message.t === "report" && world.acknowledge)
        send(me, { t: "reported", p: { journal: message.p.journal, upTo: message.p.lines.at(-1)?.seq ?? 0 } });
    });
  });
  const offer = (receiver: string) => {
    const programme = programmes.get(receiver);
    if (!programme) return;
    const { text, keyId, signature } = sign("programme", JSON.stringify(programme));
    const sha256 = createHash("sha256").update(text).digest("hex");
    send(receiver, {
      t: "programme",
      p: { revision: programme.revision, sha256: sha256 as never, keyId, signature },
    });
  };

  const listen = async (port: number): Promise<number> => {
    http.listen(port, "127.0.0.1");
    await once(http, "listening");
    return (http.address() as AddressInfo).port;
  };
  const hangUp = async () => {
    for (const socket of door.clients) socket.terminate();
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  };
  const port = await listen(wanted);

  return {
    url: `${tls ? "https" : "http"}://127.0.0.1:${port}/`,
    port,
    /** Is gone, with everything it knew, until {@link back}. */
    away: hangUp,
    back: () => listen(port),
    world,
    sign,
    orderKeys,
    sealKey: seal.publicKey,
    now,
    said,
    requests,
    paired,
    sockets,
    /** Public keys of the devices that were paired. */
    keys,
    /** @param sha256 under which it is answered; its own when left out */
    addClip(bytes: Uint8Array, sha256 = createHash("sha256").update(bytes).digest("hex")): string {
      clips.set(sha256, bytes);
      return sha256;
    },
    setProgramme(receiver: string, cues: readonly Cue[], more: Partial<Programme> = {}): void {
      programmes.set(receiver, this.programmeFor(receiver, cues, more));
      offer(receiver);
    },
    /** A programme, not offered. */
    programmeFor(receiver: string, cues: readonly Cue[], more: Partial<Programme> = {}): Programme {
      const revision = (programmes.get(receiver)?.revision ?? 0) + 1;
      return {
        v: 1,
        receiver: receiverId(receiver),
        revision,
        issuedAt: now(),
        from: now(),
        until: now() + 7 * 86_400e6,
        zone: "Asia/Ho_Chi_Minh",
        areas: [areaId("phuong")],
        sensitive: false,
        policyVersion: "",
        policies: [policySchema.parse({ area: "phuong", quiet: [], quietSensitive: [] })],
        volume: 100,
        outputDelayMs: 0,
        pathBiasUs: 0,
        cues: [...cues],
        ...more,
      };
    },
    /** Offers a programme that another station signed, under a revision that is not its own. */
    passOn(receiver: string, { text, keyId, signature }: Signed, revision: number): void {
      programmes.set(receiver, JSON.parse(text));
      const sha256 = createHash("sha256").update(text).digest("hex");
      send(receiver, { t: "programme", p: { revision, sha256: sha256 as never, keyId, signature } });
    },
    send,
    /** Sends a sound order. Returns its id. */
    order(receiver: string, body: OrderBody, more: Partial<Order> = {}): string {
      const { id, signed } = this.write(body, more);
      send(receiver, { t: "order", p: signed });
      return id;
    },
    /** A sound order, not sent. */
    write(body: OrderBody, more: Partial<Order> = {}): { id: string; signed: Signed } {
      world.orders += 1;
      const order: Order = {
        v: 1,
        id: `order${String(world.orders).padStart(5, "0")}`,
        audience: { kind: "all" },
        epoch: 1,
        sequence: world.orders,
        issuedAt: now(),
        notBefore: now() - 5e6,
        notAfter: now() + 60e6,
        class: "ordinary",
        body,
        by: {},
        policyVersion: "",
        ...more,
      };
      return { id: order.id, signed: sign("order", JSON.stringify(order)) };
    },
    /** All packets of a clip as the chunks of a stream whose first playable sample is heard at `at`, sealed as one piece. */
    feed(receiver: string, stream: number, { clip, at }: { clip: Uint8Array; at: number }): void {
      const { packets, preSkip } = parseOggOpus(clip);
      const hash = createHash("sha256");
      for (const [sequence, packet] of packets.entries()) {
        const time = micros(at + ((sequence * 960 - preSkip) * 1e6) / 48_000);
        const last = sequence === packets.length - 1;
        const discontinuity = sequence === 0;
        const bytes = encodeChunk({ type: "loudspeaker", at: time, stream, sequence, discontinuity, last, packet });
        hash.update(bytes);
        sockets.get(receiver)?.send(bytes);
      }
      const span = { stream, first: 0, last: packets.length - 1 };
      const signature = seal.sign(sealText(span, hash.digest("hex")));
      sockets.get(receiver)?.send(encodeSeal({ ...span, signature }));
    },
    heard<T extends ReceiverMessage["t"]>(receiver: string, t: T): Body<ReceiverMessage, T>[] {
      return said.flatMap((one) =>
        one.receiver === receiver && one.message.t === t ? [one.message.p as Body<ReceiverMessage, T>] : [],
      );
    },
    /** Journal lines, each once. */
    journal(receiver: string): JournalLine[] {
      const lines = new Map<number, JournalLine>();
      for (const { receiver: who, message } of said)
        if (who === receiver && message.t === "report") for (const line of message.p.lines) lines.set(line.seq, line);
      return [...lines.values()].sort((a, b) => a.seq - b.seq);
    },
    async close() {
      door.close();
      await hangUp();
    },
  };
}
export type FakeServer = Awaited<ReturnType<typeof startFakeServer>>;
