import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { WebSocket } from "ws";
import { Fault } from "../../../src/base/errors.js";
import { silentLog } from "../../../src/base/log.js";
import { micros } from "../../../src/base/units.js";
import type { LiveEnd } from "../../../src/domain/live.js";
import type { Person } from "../../../src/domain/person.js";
import { createAccess } from "../../../src/server/api/access.js";
import { createLiveSocket } from "../../../src/server/api/live-socket.js";
import { encodeChunk } from "../../support/encode-chunk.js";
import { FakeClock } from "../../support/fake-clock.js";
import { someAccounts } from "../../support/some-accounts.js";
import { TOKEN } from "./start-panels.js";

const LIVE = "micro@20261123t000000z";
/** One frame of 20 ms, mono; the same in stereo; of 60 ms. */
const [VOICE, STEREO, LONG] = [0x78, 0x7c, 0x18].map((first) => Uint8Array.of(first, 1, 2)) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
];
const chunk = (packet: Uint8Array, { last = false, sequence = 0 } = {}) =>
  encodeChunk({ type: "microphone", at: micros(0), stream: 0, sequence, discontinuity: false, last, packet });

describe("the socket of microphones", () => {
  let clock: FakeClock;
  let close: () => Promise<void>;
  let open: (headers?: Record<string, string>) => WebSocket;
  let people: ReturnType<typeof someAccounts>;
  let cookieOf: (secret: string) => Record<string, string>;
  let heard: Uint8Array[];
  let ends: LiveEnd[];
  let asked: Person[];
  let isThere: boolean;

  beforeEach(async () => {
    clock = new FakeClock();
    people = someAccounts(clock);
    [heard, ends, asked, isThere] = [[], [], [], true];
    const listeners: ((why: LiveEnd) => void)[] = [];
    const microphone = {
      push: (packet: Uint8Array) => heard.push(packet.slice()),
      end(why: LiveEnd) {
        ends.push(why);
        for (const listener of listeners) listener(why);
      },
      onEnd: (listener: (why: LiveEnd) => void) => listeners.push(listener),
    };
    const access = createAccess({ token: TOKEN, clock, control: people.verbs });
    const door = createLiveSocket({
      ...{ access, clock, log: silentLog },
      control: {
        onSessionEnd: people.verbs.onSessionEnd,
        microphone(_live, by) {
          asked.push(by);
          if (!isThere) throw new Fault("not-found", { vi: "đã kết thúc", en: "it has ended" }, { reason: "not-live" });
          return microphone;
        },
      },
    });
    const http = createServer();
    http.on("upgrade", (request, socket, head) => {
      if (!door.handleUpgrade(request, socket, head)) socket.destroy();
    });
    http.listen(0, "127.0.0.1").unref();
    await once(http, "listening");
    const { port } = http.address() as AddressInfo;
    open = (headers = { authorization: `Bearer ${TOKEN}` }) =>
      new WebSocket(`ws://127.0.0.1:${port}/ws/microphone`, { headers });
    cookieOf = (secret) => ({ cookie: `${access.cookie}=${secret}` });
    close = async () => {
      door.close();
      await new Promise((resolve) => http.close(resolve));
    };
  });
  afterEach(() => close());

  /** Somebody whom the station takes. */
  const speaker = async (headers?: Record<string, string>) => {
    const socket = open(headers);
    await once(socket, "open");
    const told = once(socket, "message");
    socket.send(JSON.stringify({ live: LIVE }));
    expect(JSON.parse(String((await told)[0]))).to.deep.equal({ kind: "open" });
    return socket;
  };
  const closing = async (socket: WebSocket) => {
    const [code, reason] = await once(socket, "close");
    return [code, String(reason)];
  };

  it("takes packets of one voice in their order, and ends with the last one", async () => {
    const { secret } = await people.first();
    const socket = await speaker(cookieOf(secret));
    const over = closing(socket);
    socket.send(chunk(VOICE));
    socket.send(chunk(VOICE, { sequence: 1, last: true }));
    expect((await over)[0]).to.equal(1000);
    expect(heard.map((packet) => [...packet])).to.deep.equal([[...VOICE], [...VOICE]]);
    expect(ends).to.deep.equal(["finished"]);
    expect(asked[0]?.session, "the desk compares it with whoever opened").to.be.a("string");
  });

  it("lets in no stranger, no page of elsewhere and nothing that is not open", async () => {
    for (const headers of [{}, { authorization: `Bearer ${TOKEN}`, origin: "http://elsewhere.example" }]) {
      const [error] = await once(open(headers), "error");
      expect(String(error)).to.include("403");
    }
    isThere = false;
    const socket = open();
    await once(socket, "open");
    const over = closing(socket);
    socket.send(JSON.stringify({ live: LIVE }));
    expect(await over).to.deep.equal([1008, "not-live"]);
  });

  it("closes whoever sends what no voice is, or more of it, or says nothing", async () => {
    for (const wrong of [STEREO, LONG, Uint8Array.of(0x78, ...new Uint8Array(1300))]) {
      const socket = await speaker();
      const over = closing(socket);
      socket.send(wrong.length > 1000 ? new Uint8Array(1400) : chunk(wrong));
      expect((await over)[0], `${wrong.length} bytes`).to.be.oneOf([1008, 1009]);
    }
    expect(heard).to.deep.equal([]);
    const fast = await speaker();
    const over = closing(fast);
    for (let sequence = 0; sequence < 300; sequence++) fast.send(chunk(VOICE, { sequence }));
    expect((await over)[0]).to.equal(1008);
    expect(heard.length).to.equal(250);
    for (const said of ["nonsense", JSON.stringify({ live: "x" }), JSON.stringify({ live: LIVE, more: 1 })]) {
      const socket = open();
      await once(socket, "open");
      const ended = closing(socket);
      socket.send(said);
      expect((await ended)[0], said).to.equal(1008);
    }
    const silent = open();
    await once(silent, "open");
    const ended = closing(silent);
    clock.advance(5_000);
    expect((await ended)[0]).to.equal(1008);
  });

  it("takes the same voice by another connection, and lets the first go", async () => {
    const first = await speaker();
    const over = closing(first);
    const second = await speaker();
    expect((await over)[0]).to.equal(4001);
    second.send(chunk(VOICE, { last: true }));
    expect((await closing(second))[0]).to.equal(1000);
    expect(ends).to.deep.equal(["finished"]);
  });

  it("silences whoever is logged out, at once", async () => {
    const { secret } = await people.first();
    const socket = await speaker(cookieOf(secret));
    const over = closing(socket);
    const known = people.verbs.identify(secret);
    if (!known) throw new Error("nobody is logged in");
    const { name, id } = known.account;
    await people.verbs.logOut(known.session.id, { name, account: id });
    expect((await over)[0]).to.equal(1000);
    expect(ends).to.deep.equal(["closing"]);
  });
});
