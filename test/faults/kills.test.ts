import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { areaId } from "../../src/domain/ids.js";
import { policySchema } from "../../src/domain/policy.js";
import { violations } from "../support/history.js";
import { historyOf, openProcessHouse, type ProcessHouse } from "../support/process-house.js";
import { eventually } from "../support/whole-house.js";
import { KILLS } from "./length.js";

/** A short item every few seconds, so that kills fall into items, between them, and into writes. */
const EVERY_S = 3;
/** The process is let live a random time up to this, milliseconds. */
const LIFE_MS = 1_800;

describe("server and loudspeaker, killed at random moments", function () {
  this.timeout(60_000 + KILLS * 6_000);
  let folder: string;
  let house: ProcessHouse;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loa-kills-"));
    house = await openProcessHouse(folder);
    await house.lay();
  });
  afterEach(async () => {
    await house?.killAll();
    await rm(folder, { recursive: true, force: true });
  });

  const setVolume = (percent: number) => house.succeeds(house.call("PUT", "/receivers/loa-1/volume", { percent }));

  it(`repeats nothing, loses no acknowledged write and goes on, ${KILLS} times`, async () => {
    await house.prepare();
    await house.plan(Math.ceil(Date.now() / 1000) * 1000 + 3_000, KILLS * 2, EVERY_S);
    /** Levels of volume that the server has acknowledged. */
    let acknowledged = 80;
    for (let number = 0; number < KILLS; number++) {
      const victim = Math.random() < 0.5 ? "server" : "relay";
      const until = Date.now() + Math.random() * LIFE_MS;
      let wanted = acknowledged;
      while (Date.now() < until) {
        wanted = 1 + ((wanted + 1) % 100);
        if (await setVolume(wanted)) acknowledged = wanted;
      }
      // A write that is on its way may or may not have been kept; the acknowledged one must have been.
      const last = 1 + ((wanted + 1) % 100);
      const onTheWay = setVolume(last);
      await house.kill(victim);
      if (await onTheWay) acknowledged = last;
      if (victim === "server") house.serve();
      else house.relay();
      if (victim === "server") await house.answers();
      const [receiver] = await house.call<{ volume: number }[]>("GET", "/receivers");
      expect([acknowledged, last], `after kill ${number}`).to.include(receiver?.volume);
      acknowledged = receiver?.volume ?? 0;
    }
    const survived = Date.now();
    await eventually("more of the programme", 30_000, async () =>
      (await house.readLog()).some(({ kind, at }) => kind === "finished" && Date.parse(at) > survived + 3_000),
    );

    const history = historyOf(await house.readLog());
    const policies = [policySchema.parse({ area: "phuong", quiet: [], quietSensitive: [] })];
    const placeOf = () => ({ zone: "Asia/Ho_Chi_Minh", areas: [areaId("phuong")], sensitive: false, policies });
    expect(violations(history, { placeOf })).to.deep.equal([]);
    const started = history.filter(({ kind }) => kind === "started").length;
    expect(started, "soundings that began").to.be.greaterThan(5);
    expect(await house.call("GET", "/log/verification")).to.include({ ok: true });
  });
});
