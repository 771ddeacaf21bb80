import { once } from "node:events";
import { Agent, createServer, get, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { receiverIdSchema } from "../../src/domain/ids.js";
import { createContentGate } from "../../src/server/api/content-gate.js";
import { FakeClock } from "../support/fake-clock.js";
import { aHello, type createListener, GOOD, startStation } from "./fanout/support/station.js";

const CROWD = 300;
const CONNECTED = 20;

/** An HTTP server behind the gate whose answers wait until a test lets them go. */
async function openShop(isCrowded: () => boolean) {
  const held: ServerResponse[] = [];
  const shop = { held, isOpen: false, answered: 0, most: 0 };
  const answer: RequestListener = (_request, response) => {
    if (shop.isOpen) return response.end("sound");
    held.push(response);
    shop.most = Math.max(shop.most, held.length);
    return;
  };
  // A token of a receiver is its id here, and the id again behind a dot.
  const control = {
    receiverOf: (token: string) => receiverIdSchema.safeParse(token.split(".")[0]).data,
  };
  const clock = new FakeClock();
  let turn = 0;
  const random = () => (turn++ % 10) / 10;
  const http = createServer(createContentGate({ isCrowded, control, clock, random, answer })).listen(0, "127.0.0.1");
  await once(http, "listening");
  const { port } = http.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: 1_000 });
  const ask = (
    path: string,
    device: string,
    scheme = "Bearer",
  ): Promise<{ status: number; retryAfter: number; text: string }> =>
    new Promise((resolve, reject) => {
      const headers = { authorization: `${scheme} ${device}` };
      get({ host: "127.0.0.1", port, path, agent, headers }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (piece: string) => {
          text += piece;
        });
        response.on("end", () => {
          const { statusCode: status = 0, headers } = response;
          resolve({ status, retryAfter: Number(headers["retry-after"]), text });
        });
      }).on("error", reject);
    });
  return Object.assign(shop, {
    ask,
    clock,
    letGo() {
      shop.isOpen = true;
      for (const response of held.splice(0)) response.end("sound");
    },
    async close() {
      agent.destroy();
      http.closeAllConnections();
      http.close();
      await once(http, "close");
    },
  });
}
type Shop = Awaited<ReturnType<typeof openShop>>;

const until = async (check: () => boolean) => {
  while (!check()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe("a station to which everybody comes back at once", function () {
  this.timeout(20_000);
  let shop: Shop;
  afterEach(() => shop.close());

  it("gives orders to those who are connected before anybody's content, and lets all in and all have it in the end", async () => {
    let open: () => void = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    let isHeld = false;
    const station = await startStation({
      async authenticate({ receiver, proof }) {
        if (isHeld) await gate;
        return proof === GOOD ? { ok: true, receiver } : { ok: false, why: "wrong-proof" };
      },
    });
    shop = await openShop(station.fanout.isCrowded);
    try {
      const connected = await Promise.all(
        Array.from({ length: CONNECTED }, (_, index) => station.join(`loa-${index}`)),
      );
      expect(station.fanout.isCrowded()).to.equal(false);
      isHeld = true;
      const crowd: ReturnType<typeof createListener>[] = Array.from({ length: CROWD }, () => station.connect());
      await Promise.all(crowd.map((one) => one.opened()));
      for (const [index, one] of crowd.entries()) one.say(aHello(`moi-${index}`));
      expect(station.fanout.isCrowded()).to.equal(true);

      const devices = Array.from({ length: CROWD }, (_, index) => `moi-${index}`);
      const answers: { status: number; retryAfter: number }[] = [];
      const asked = devices.map((device, index) =>
        shop.ask(index % 2 === 0 ? "/programme" : `/clips/${"a".repeat(64)}`, device).then((one) => answers.push(one)),
      );
      await until(() => answers.length === CROWD - 25);
      expect(shop.most).to.equal(25);
      expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([503]));
      expect(answers.every(({ retryAfter }) => retryAfter >= 1 && retryAfter <= 15)).to.equal(true);
      expect(new Set(answers.map(({ retryAfter }) => retryAfter)).size).to.be.above(5);

      station.fanout.sendOrder("all", { text: "khẩn", keyId: "k", signature: "s" });
      await Promise.all(connected.map((one) => one.heard("order")));
      expect(station.fanout.connected()).to.have.length(CONNECTED);

      open();
      shop.letGo();
      await Promise.all([...asked, ...crowd.map((one) => one.heard("welcome"))]);
      expect(station.fanout.isCrowded()).to.equal(false);
      const again = await Promise.all(devices.map((device) => shop.ask("/programme", device)));
      expect(again.every(({ text }) => text === "sound")).to.equal(true);
    } finally {
      open();
      await station.close();
    }
  });

  it("answers what is not content, whatever is going on", async () => {
    shop = await openShop(() => true);
    const asked = Array.from({ length: 25 }, (_, index) => shop.ask("/programme", `loa-${index}`));
    await until(() => shop.held.length === 25);
    expect((await shop.ask("/clips/x", "loa-x")).status).to.equal(503);
    const health = shop.ask("/healthz", "");
    const panel = shop.ask("/programmes", "");
    for (const path of [`http://localhost/clips/x`, "/programme#x"])
      expect((await shop.ask(path, "loa-x")).status, path).to.equal(503);
    await until(() => shop.held.length === 27);
    shop.letGo();
    await Promise.all([...asked, health, panel]);
  });

  it("lets no single device take the place of the others", async () => {
    shop = await openShop(() => false);
    const greedy = Array.from({ length: 4 }, () => shop.ask("/programme", "loa-tham"));
    await until(() => shop.held.length === 4);
    for (const [token, scheme] of [["loa-tham"], ["loa-tham", "bEARER"], ["loa-tham.2"]] as const)
      expect((await shop.ask("/programme", token, scheme)).status, `${scheme} ${token}`).to.equal(503);
    const other = shop.ask("/programme", "loa-khac");
    await until(() => shop.held.length === 5);
    shop.letGo();
    expect((await Promise.all([...greedy, other])).every(({ status }) => status === 200)).to.equal(true);
    expect((await shop.ask("/programme", "loa-tham")).status).to.equal(200);
  });

  it("gives the place of an answer that nobody takes to others", async () => {
    shop = await openShop(() => false);
    const dead = Array.from({ length: 4 }, () =>
      shop.ask("/programme", "loa-1").catch((lost: NodeJS.ErrnoException) => lost.code),
    );
    await until(() => shop.held.length === 4);
    shop.clock.advance(59_000);
    expect((await shop.ask("/programme", "loa-1")).status).to.equal(503);
    shop.clock.advance(1_000);
    expect(await Promise.all(dead)).to.deep.equal(Array.from(dead, () => "ECONNRESET"));
    shop.letGo();
    expect((await shop.ask("/programme", "loa-1")).status).to.equal(200);
  });

  it("lets no crowd of strangers take the place of receivers, whatever they call themselves", async () => {
    shop = await openShop(() => true);
    const strangers = Array.from({ length: 4 }, (_, index) => shop.ask("/programme", `?${index}`));
    await until(() => shop.held.length === 4);
    expect((await shop.ask("/programme", "?5")).status).to.equal(503);
    const known = shop.ask("/programme", "loa-1");
    await until(() => shop.held.length === 5);
    shop.letGo();
    expect((await Promise.all([...strangers, known])).every(({ status }) => status === 200)).to.equal(true);
  });
});
