import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect } from "chai";
import * as fc from "fast-check";
import { createLog } from "../../src/base/log.js";
import { createAddresses } from "../../src/relay/link/addresses.js";
import { openConnection } from "../../src/relay/link/connection.js";
import { createDialler } from "../../src/relay/link/dial.js";
import { aHello, startStation } from "../server/fanout/support/station.js";
import { FakeClock } from "../support/fake-clock.js";
import { openOddServer, upgrading } from "../support/odd-server.js";
import { NONSENSE, SEED } from "./length.js";

/** One WebSocket frame, right or wrong in any way. */
interface Frame {
  readonly first: number;
  readonly payload: Uint8Array;
  /** What its head says, when that is not the truth. */
  readonly length?: number;
  readonly isMasked: boolean;
}

const MASK = Buffer.from([1, 2, 3, 4]);

function bytesOf({ first, payload, length = payload.length, isMasked }: Frame): Buffer {
  const mask = isMasked ? 0x80 : 0;
  const head =
    length < 126
      ? Buffer.from([first, mask | length])
      : Buffer.from([first, mask | 126, (length >> 8) & 255, length & 255]);
  const body = isMasked ? payload.map((byte, index) => byte ^ (MASK[index % 4] ?? 0)) : payload;
  return Buffer.concat([head, ...(isMasked ? [MASK] : []), body]);
}

/** Texts that are nearly messages: of the right types, with fields of any kind. */
const nearly = (types: readonly string[]) =>
  fc
    .record({
      t: fc.oneof(fc.constantFrom(...types), fc.string()),
      p: fc.oneof(fc.object({ maxDepth: 3 }), fc.jsonValue()),
    })
    .map((value) => JSON.stringify(value));

const textOf = (types: readonly string[]) =>
  fc
    .oneof(fc.string({ maxLength: 300 }), fc.json({ maxDepth: 3 }), nearly(types))
    .map((text) => new TextEncoder().encode(text));
const binary = fc
  .tuple(fc.constantFrom(0x01, 0xc1, 0xc2, 0x81, 0xff), fc.uint8Array({ maxLength: 300 }))
  .map(([first, rest]) => Uint8Array.from([first, ...rest]));

const frames = (types: readonly string[], isMasked: boolean) => {
  const right: fc.Arbitrary<Frame> = fc.oneof(
    textOf(types).map((payload) => ({ first: 0x81, payload, isMasked })),
    binary.map((payload) => ({ first: 0x82, payload, isMasked })),
  );
  /** A message in pieces, perhaps without its end. */
  const pieces: fc.Arbitrary<Frame[]> = fc
    .tuple(textOf(types), fc.integer({ min: 1, max: 5 }), fc.boolean())
    .map(([text, count, ends]) =>
      Array.from({ length: count }, (_, index) => ({
        first: (index === 0 ? 0x01 : 0x00) | (ends && index === count - 1 ? 0x80 : 0),
        payload: text.subarray(index * 20, (index + 1) * 20),
        isMasked,
      })),
    );
  const wrong: fc.Arbitrary<Frame> = fc.record({
    first: fc.integer({ min: 0, max: 255 }),
    payload: fc.uint8Array({ maxLength: 200 }),
    length: fc.integer({ min: 0, max: 65_535 }),
    isMasked: fc.boolean(),
  });
  const one = fc.oneof(
    { weight: 5, arbitrary: right.map((frame) => [frame]) },
    { weight: 2, arbitrary: pieces },
    { weight: 1, arbitrary: wrong.map((frame) => [frame]) },
  );
  return fc.array(one, { minLength: 1, maxLength: 12 }).map((all) => Buffer.concat(all.flat().map(bytesOf)));
};

const FROM_RECEIVER = ["hello", "time", "state", "clips", "report", "ack", "holds", "trusts", "days", "update"];
const FROM_SERVER = [
  "challenge",
  "welcome",
  "time",
  "signed-time",
  "programme",
  "order",
  "clips",
  "reported",
  "keys",
  "days",
  "days-wanted",
  "bye",
];

describe(`nonsense on the line (LOA_SEED=${SEED})`, function () {
  this.timeout(60_000 + NONSENSE * 100);
  const settings = { numRuns: NONSENSE, seed: SEED, interruptAfterTimeLimit: 50_000 + NONSENSE * 90 };
  const crashes: unknown[] = [];
  const onCrash = (thrown: unknown) => crashes.push(thrown);
  before(() => process.on("uncaughtExceptionMonitor", onCrash));
  after(() => void process.off("uncaughtExceptionMonitor", onCrash));

  it("ends the connection of whoever says it to the server, at most, and nobody else's", async () => {
    const clock = new FakeClock();
    const station = await startStation({}, clock);
    const good = await station.join("loa-tot");
    const knock = async (): Promise<Socket> => {
      const socket = connect(station.port, "127.0.0.1");
      socket.on("error", () => {});
      socket.write(
        "GET /ws/receiver HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: pa.v1\r\n\r\n",
      );
      await once(socket, "data");
      return socket;
    };
    const greeting = bytesOf({ first: 0x81, payload: Buffer.from(JSON.stringify(aHello("loa-la"))), isMasked: true });
    try {
      await fc.assert(
        fc.asyncProperty(
          frames(FROM_RECEIVER, true),
          fc.boolean(),
          fc.integer({ min: 1, max: 400 }),
          async (bytes, greets, cut) => {
            const socket = await knock();
            if (greets) socket.write(greeting);
            socket.write(bytes.subarray(0, cut));
            await new Promise((resolve) => setImmediate(resolve));
            socket.write(bytes.subarray(cut));
            // A second a round: the good one may say twenty things in that.
            clock.advance(1_000);
            await good.settled();
            socket.destroy();
            expect(station.fanout.isConnected("loa-tot" as never)).to.equal(true);
          },
        ),
        settings,
      );
      await good.settled();
      expect(crashes).to.deep.equal([]);
      expect(station.events.filter((event) => event.includes("loa-tot"))).to.deep.equal(["hello loa-tot"]);
    } finally {
      await station.close();
    }
  });

  it("ends at most that connection when the server says it, and leads to no order and no chunk that is not well formed", async () => {
    let bytes: Buffer = Buffer.alloc(0);
    const server = await openOddServer((socket, text) => upgrading(bytes)(socket, text));
    const clock = new FakeClock();
    const bugs: unknown[] = [];
    let ends = 0;
    let heard = 0;
    const addresses = createAddresses([new URL(`http://127.0.0.1:${server.port}/`)]);
    const connection = openConnection({
      ...{ addresses, dialler: createDialler(clock, {}), clock, random: () => 0 },
      log: createLog(clock, (line) => line.includes("TypeError") && bugs.push(line)),
      hello: () => ({ t: "time", p: { c1: 1 } }),
      onMessage({ t }) {
        heard += 1;
        if (!FROM_SERVER.includes(t)) bugs.push(t);
      },
      onChunk: ({ chunk }) => chunk.packet.length === 0 && bugs.push("an empty chunk"),
      onSeal: () => {},
      onSignedTime: () => {},
      onRefused: () => {},
      onUnconfirmed: () => {},
      onLost: () => {
        ends += 1;
      },
      onAir: () => false,
    });
    try {
      await fc.assert(
        fc.asyncProperty(frames(FROM_SERVER, false), async (next) => {
          bytes = next;
          const before = server.requests.length;
          for (let step = 0; step < 2_000 && server.requests.length === before; step++) {
            await new Promise((resolve) => setImmediate(resolve));
            // It waits for its greeting half a minute at most, and then comes back.
            clock.advance(500);
          }
          expect(server.requests.length).to.be.above(before);
        }),
        settings,
      );
      expect(bugs).to.deep.equal([]);
      expect(crashes).to.deep.equal([]);
      expect(ends).to.be.above(10);
      expect(heard).to.be.at.least(0);
    } finally {
      connection.close();
      await server.close();
    }
  });
});
