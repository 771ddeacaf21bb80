import { once } from "node:events";
import { join } from "node:path";
import { expect } from "chai";
import { WebSocket } from "ws";
import { systemClock } from "../../src/base/clock.js";
import type { Change, Snapshot } from "../../src/server/api/changes.js";
import type { LogPageView } from "../../src/server/api/log-views.js";
import type { ReceiverView } from "../../src/server/api/views.js";
import { run } from "../cli/run.js";
import { type ChangingFront, type Front, openChangingFront } from "../support/changing-front.js";
import { type FastClock, fastClock } from "../support/fast-clock.js";
import { createListeningSink } from "../support/listening-sink.js";
import { pliantSigner } from "../support/pliant-signer.js";
import { tone } from "../support/tones.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

const view = async (house: WholeHouse) => (await house.call<ReceiverView[]>("GET", "/receivers"))[0];
const linesOf = async (house: WholeHouse, kind: string) =>
  (await house.call<LogPageView>("GET", `/log?kind=${kind}`)).lines;

describe("a loudspeaker that knows two addresses of its station", function () {
  this.timeout(120_000);
  let house: WholeHouse;
  let first: ChangingFront;
  let clock: FastClock;
  beforeEach(async () => {
    clock = fastClock(1);
    house = await openHouse({ clock, signer: pliantSigner() });
    first = await openChangingFront(new URL(house.server.url));
  });
  afterEach(async () => {
    await house.close();
    await first.close();
  });
  const isConnected = async () => (await view(house))?.connected === true;
  const soundsOnce = async (id: string) => {
    await house.record(id, tone(1, 700));
    await house.scheduleOnce(id, 4_000);
    await house.holdsEverything("loa-1");
    await eventually(`the end of ${id}`, 20_000, async () => {
      const ended = await linesOf(house, "finished");
      return ended.some(({ occurrence }) => occurrence?.startsWith(`${id}@`));
    });
  };

  it("goes on by the second when the first dies, and back when that answers again, without missing a sounding", async () => {
    const sink = createListeningSink(() => clock.date() * 1000, 1);
    await house.addRelay("loa-1", { via: `${first.url},${house.server.url}`, sink });
    await eventually("the connection", 10_000, isConnected);
    expect(first.open()).to.be.at.least(1);
    await soundsOnce("dau");

    await first.become("gone");
    const gone = clock.date();
    await eventually("that it is found out", 10_000, async () => (await linesOf(house, "receiver.gone")).length > 0);
    await eventually("the connection by the second", 20_000, isConnected);
    expect(clock.date() - gone, "ms without a connection").to.be.below(20_000);
    expect(first.open()).to.equal(0);
    await soundsOnce("giua");

    await first.become("open");
    // It looks after the first again in five minutes, less what chance takes off.
    clock.runAt(30);
    await eventually("the connection by the first", 30_000, () => first.open() >= 1);
    clock.runAt(1);
    await eventually("that it is let in there", 10_000, isConnected);
    await soundsOnce("cuoi");
    expect(first.open()).to.be.at.least(1);

    const started = (await linesOf(house, "started")).map(({ occurrence = "" }) => occurrence.split("@")[0]);
    expect(started).to.deep.equal(["dau", "giua", "cuoi"]);
  });
});

describe("`loa relay` behind something that is not its station", function () {
  this.timeout(120_000);
  let house: WholeHouse;
  let front: ChangingFront;
  beforeEach(async () => {
    house = await openHouse();
    front = await openChangingFront(new URL(house.server.url));
  });
  afterEach(async () => {
    await house.close();
    await front.close();
  });

  const cases: readonly (readonly [Front, string, RegExp, RegExp])[] = [
    ["log-in page", "captive-portal", /^Mạng này trả về trang đăng nhập thay cho /, /trang đăng nhập/],
    ["no WebSocket", "no-websocket", /^Có thiết bị trung gian \(proxy\) trước .* không cho qua WebSocket/, /WebSocket/],
    ["gone", "refused", /^Máy ở .* có đó nhưng không mở cổng này/, /không mở cổng/],
  ];
  for (const [what, reason, line, words] of cases)
    it(`says so in one plain line, lives, and the panel tells it when it is back: ${what}`, async () => {
      await house.call("POST", "/receivers", { id: "loa-1", name: "loa-1", area: "phuong", kind: "fixed" });
      const { code } = await house.call<{ code: string }>("POST", "/receivers/loa-1/pairing");
      const [ending, said] = [new AbortController(), { out: "" }];
      const argv = [
        "relay",
        "--server",
        front.url,
        "--pair",
        code,
        "--out",
        "null",
        "--state",
        join(house.folder, "pole"),
      ];
      const running = run(argv, {
        ...{ clock: systemClock, signal: ending.signal, env: {} },
        out: (text) => {
          said.out += text;
        },
      });
      try {
        await eventually("the device to be confirmed", 15_000, async () => (await house.confirmWaiting()) > 0);
        const isConnected = async () => (await view(house))?.connected === true;
        await eventually("the connection", 15_000, isConnected);
        const panel = new WebSocket(`${house.server.url.replace("http", "ws")}/ws/panel`, {
          headers: { authorization: `Bearer ${house.server.token}` },
        });
        const feed: (Change | ({ kind: "snapshot" } & Snapshot))[] = [];
        panel.on("message", (data: Buffer) => feed.push(JSON.parse(data.toString())));
        await once(panel, "message");
        const before = said.out;

        await front.become(what);
        const told = () => said.out.slice(before.length).trim().split("\n");
        // The connection breaks off, and then it meets what stands there now.
        await eventually("the plain line", 15_000, () => told().length > 1);
        await front.comes(2);
        expect(told(), "several tries, and no further word").to.have.length(2);
        expect(told()[0]).to.match(/^Kết nối tới .* bị ngắt giữa chừng/);
        expect(told()[1]).to.match(line);

        await front.become("open");
        await eventually("the connection again", 60_000, isConnected);
        const away = await eventually("the panel to hear of it", 10_000, () =>
          feed.flatMap((one) => (one.kind === "receiver" && one.receiver.away ? [one.receiver.away] : [])).at(-1),
        );
        panel.terminate();
        expect(away.why).to.equal(reason);
        expect(away.words.vi).to.match(words);
        const connected = async () => (await linesOf(house, "receiver.connected")).some(({ why }) => why === reason);
        await eventually("the line in the log", 5_000, connected);
      } finally {
        ending.abort();
        expect((await running).code).to.equal(0);
      }
    });
});
