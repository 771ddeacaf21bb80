import { expect } from "chai";
import { createListeningSink } from "../support/listening-sink.js";
import type { Network } from "../support/network.js";
import { openProxyNetwork } from "../support/proxy-network.js";
import { tone } from "../support/tones.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

/** One near the station, two on lines as in 4G: long, shaky, and now and then a piece is lost. */
const LINES = [
  { id: "loa-a", delayMs: 1, jitterMs: 2, loss: 0 },
  { id: "loa-b", delayMs: 15, jitterMs: 60, loss: 0.02 },
  { id: "loa-c", delayMs: 15, jitterMs: 90, loss: 0.05 },
] as const;
const EVERY_S = 4;
const SOUNDINGS = 4;

describe("loudspeakers behind shaky lines", function () {
  this.timeout(120_000);
  let house: WholeHouse;
  const networks: Network[] = [];
  beforeEach(async () => {
    house = await openHouse();
  });
  afterEach(async () => {
    await house.close();
    for (const network of networks.splice(0)) await network.close();
  });

  it("begin within 50 ms of each other and of the hour, by the machine's clock", async () => {
    await house.record("tin", tone(1.5, 700));
    const sinks = LINES.map(() => createListeningSink(() => (performance.timeOrigin + performance.now()) * 1000, 1));
    for (const [index, { id, ...line }] of LINES.entries()) {
      const network = await openProxyNetwork(new URL(house.server.url));
      networks.push(network);
      await network.change(line);
      await house.addRelay(id, { via: network.url, sink: sinks[index] });
    }
    const first = Math.ceil(Date.now() / 1000 + 15) * 1000;
    const hours = Array.from({ length: SOUNDINGS }, (_, index) => first + index * EVERY_S * 1000);
    const localTime = (at: number) => new Date(at + 7 * 3_600_000).toISOString().slice(11, 19);
    await house.scheduleOnce("tin", first - Date.now(), { at: hours.map(localTime) });
    for (const { id } of LINES) await house.holdsEverything(id);
    const end = first + SOUNDINGS * EVERY_S * 1000;
    await eventually("the last sounding", end - Date.now() + 5_000, () => Date.now() > end);

    for (const [index, { heard }] of sinks.entries()) expect(heard, LINES[index]?.id).to.have.length(SOUNDINGS);
    for (const [index, at] of hours.entries()) {
      const errors = sinks.map(({ heard }) => (heard[index]?.real ?? 0) / 1000 - at);
      expect(Math.max(...errors) - Math.min(...errors), `spread of sounding ${index}, ms`).to.be.at.most(50);
      expect(Math.max(...errors.map(Math.abs)), `error of sounding ${index}, ms`).to.be.at.most(50);
    }
  });
});
