import { once } from "node:events";
import { expect } from "chai";
import { WebSocket } from "ws";
import type { Change, Snapshot } from "../../src/server/api/changes.js";
import type { LogPageView } from "../../src/server/api/log-views.js";
import type { ReceiverView } from "../../src/server/api/views.js";
import { addDevice, type PlainDevice } from "../support/plain-device.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

const HOUR = 3_600_000;

describe("the whole house, about a loudspeaker that comes back", () => {
  let house: WholeHouse;
  let device: PlainDevice;
  beforeEach(async () => {
    house = await openHouse();
    device = await addDevice(house, "loa-1");
  });
  afterEach(async () => {
    device.leave();
    await house.close();
  });
  const view = async () => (await house.call<ReceiverView[]>("GET", "/receivers"))[0];
  const comeBack = async (away?: { why: string; forMs: number }) => {
    device.leave();
    await eventually("it to be away", 5_000, async () => (await view())?.connected === false);
    await device.connect({}, away);
  };

  it("says in the panel and the log, in plain words, what kept it away and for how long", async () => {
    const panel = new WebSocket(`${house.server.url.replace("http", "ws")}/ws/panel`, {
      headers: { authorization: `Bearer ${house.server.token}` },
    });
    const told: (Change | ({ kind: "snapshot" } & Snapshot))[] = [];
    panel.on("message", (data: Buffer) => told.push(JSON.parse(data.toString())));
    await once(panel, "message");
    await device.connect({}, { why: "captive-portal", forMs: 2 * HOUR });

    const away = await eventually("the panel to hear of it", 5_000, () =>
      told.flatMap((one) => (one.kind === "receiver" && one.receiver.away ? [one.receiver.away] : [])).at(0),
    );
    panel.terminate();
    expect(away.why).to.equal("captive-portal");
    expect(away.words.vi).to.match(/^Mạng này trả về trang đăng nhập thay cho đài: hãy đăng nhập mạng/);
    expect(away.words.en).to.match(/^This network answers with a log-in page in place of the station: log in to it/);
    expect(Date.parse(away.until) - Date.parse(away.from)).to.equal(2 * HOUR);
    expect(Math.abs(Date.parse(away.until) - Date.now())).to.be.below(10_000);
    expect((await view())?.away).to.deep.equal(away);

    const line = await eventually("the line in the log", 5_000, async () =>
      (await house.call<LogPageView>("GET", "/log")).lines.find(({ kind }) => kind === "receiver.connected"),
    );
    expect(line).to.deep.include({ why: "captive-portal", words: away.words });
  });

  it("keeps showing the last absence that it told of, and believes no time before there were any", async () => {
    await device.connect({}, { why: "dns", forMs: Number.MAX_SAFE_INTEGER });
    await comeBack();

    const away = (await view())?.away;
    expect(away).to.include({ why: "dns", from: "1970-01-01T00:00:00.000Z" });
    expect(away?.words.vi).to.match(/^Không tìm ra địa chỉ của đài: /);
  });

  it("shows a reason of another version of the program as it is", async () => {
    await device.connect({}, { why: "solar-storm", forMs: 1000 });

    const { vi = "", en = "" } = (await view())?.away?.words ?? {};
    expect(vi).to.contain("«solar-storm»");
    expect(en).to.contain('"solar-storm"');
  });

  it("shows nothing of a loudspeaker whom nothing kept away", async () => {
    await device.connect();
    expect(await view()).to.include({ connected: true });
    expect(await view()).not.to.have.property("away");
  });
});
