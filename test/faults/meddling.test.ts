import { expect } from "chai";
import { violations } from "../support/history.js";
import { type MeddlingProxy, openMeddlingProxy, type Passing, seeded } from "../support/meddling-proxy.js";
import { historyOf, type LogLine } from "../support/process-house.js";
import { tone } from "../support/tones.js";
import { rms, stretch } from "../support/wav.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";
import { ROUNDS, SEED } from "./length.js";

const ALERT = 2_000;

describe(`a loudspeaker on a line on which somebody meddles with messages (LOA_SEED=${SEED})`, function () {
  this.timeout(120_000 + ROUNDS * 20_000);
  let house: WholeHouse;
  let proxy: MeddlingProxy;
  const random = seeded(SEED);

  beforeEach(async () => {
    house = await openHouse();
    proxy = await openMeddlingProxy(new URL(house.server.url), random);
  });
  afterEach(async () => {
    await house.close();
    await proxy.close();
  });

  const logged = async () =>
    (await house.call<{ lines: (LogLine & { seq?: number })[] }>("GET", "/log?limit=1000")).lines;
  const passed = (time: number) => eventually("the time to come", time - Date.now() + 1_000, () => Date.now() > time);
  /** Sounds something once, and waits until the log says that it is over. */
  const sound = async (id: string, inMs: number): Promise<number> => {
    const at = await house.scheduleOnce(id, inMs);
    await passed(at);
    await eventually(`the end of ${id}`, 25_000, async () =>
      (await logged()).some(({ kind, occurrence }) => kind === "finished" && occurrence?.startsWith(`${id}@`)),
    );
    return at;
  };
  /** Every rule, and every line of a sounding once. */
  const expectOnce = async (ids: readonly string[]) => {
    const lines = await logged();
    for (const id of ids)
      for (const kind of ["due", "started", "finished"])
        expect(
          lines.filter((line) => line.kind === kind && line.occurrence?.startsWith(`${id}@`)),
          `${kind} of ${id}`,
        ).to.have.length(1);
    const place = { policies: [], sensitive: false, zone: "Asia/Ho_Chi_Minh", areas: [] };
    const approvals = ids.map((announcement) => ({ kind: "approved" as const, at: 0, announcement }));
    expect(violations([...approvals, ...historyOf(lines)], { placeOf: () => place as never })).to.deep.equal([]);
    expect(lines.filter(({ kind }) => kind === "journal.gap")).to.deep.equal([]);
  };

  it(`sounds each item once and reports each line once, with messages repeated and swapped both ways, ${ROUNDS} times`, async () => {
    Object.assign(proxy.meddling, { repeat: 0.3, swap: 0.2 });
    await house.addRelay("loa-1", { via: proxy.url });
    const ids: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const id = `tin-${round}`;
      ids.push(id);
      await house.record(id, tone(1, 500 + round * 50));
      const at = await sound(id, 5_000);
      expect(rms(stretch(await house.heard("loa-1"), at + 200, 500)), id).to.be.above(0.01);
    }
    await expectOnce(ids);
    expect(Math.min(proxy.counts.repeated, proxy.counts.swapped)).to.be.above(0);
  });

  it("lets no message of a greeting that comes twice do more than end that connection", async () => {
    await house.record("tin", tone(1, 600));
    await house.addRelay("loa-1", { via: proxy.url });
    await house.holdsEverything("loa-1").catch(() => undefined);
    Object.assign(proxy.meddling, { repeat: 0.2, spareGreeting: false });
    await sound("tin", 8_000);
    await expectOnce(["tin"]);
  });

  it("sounds nothing of what is said to it besides, and goes on with what is true", async () => {
    await house.record("tin", tone(1, 600));
    await house.addRelay("loa-1", { via: proxy.url });
    await house.holdsEverything("loa-1").catch(() => undefined);
    proxy.meddling.inject = (seen) => (random() < 0.8 ? mutated(seen, random) : undefined);
    const before = Date.now();
    const at = await sound("tin", ALERT * 4);
    proxy.meddling.inject = undefined;
    const heard = await house.heard("loa-1");

    expect(proxy.counts.injected).to.be.above(5);
    expect(rms(stretch(heard, at + 200, 500))).to.be.above(0.01);
    expect(rms(stretch(heard, before, at - before - 100))).to.equal(0);
    await expectOnce(["tin"]);
  });
});

/** An earlier message with some of its bytes changed, cut or doubled; or noise of a known or unknown type. */
function mutated(seen: readonly Passing[], random: () => number): Passing {
  const one = seen[Math.floor(random() * seen.length)];
  if (!one || random() < 0.3) {
    const data = Buffer.from(Array.from({ length: Math.floor(random() * 200) }, () => Math.floor(random() * 256)));
    if (data.length > 0) data[0] = [0x01, 0xc1, 0xc2, 0x81, 0xff][Math.floor(random() * 5)] ?? 0;
    return { data, isBinary: random() < 0.7 };
  }
  const data = Buffer.from(one.data);
  for (let change = 0; change < 3; change++) data[Math.floor(random() * data.length)] = Math.floor(random() * 256);
  return { data: random() < 0.3 ? data.subarray(0, Math.floor(random() * data.length)) : data, isBinary: one.isBinary };
}
