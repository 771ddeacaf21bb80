import { execFile } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { areaId } from "../../src/domain/ids.js";
import { policySchema } from "../../src/domain/policy.js";
import { violations } from "../support/history.js";
import { type LoopDisk, openLoopDisk } from "../support/loop-disk.js";
import { historyOf, openProcessHouse, type ProcessHouse } from "../support/process-house.js";
import { eventually } from "../support/whole-house.js";
import { CUTS } from "./length.js";

/** A short item every few seconds, so that the power goes in items, between them, and in writes. */
const EVERY_S = 3;
/** The power stays for a random time up to this, milliseconds. */
const POWER_MS = 7_000;

describe("server and loudspeaker whose power is cut", function () {
  this.timeout(60_000 + CUTS * 20_000);
  let disk: LoopDisk;
  let house: ProcessHouse;

  beforeEach(async () => {
    disk = await openLoopDisk(await mkdtemp(join(tmpdir(), "loa-power-")));
    house = await openProcessHouse(disk.folder);
    await house.lay();
    // What people write by hand is theirs to keep; here it is only the ground that the test stands on.
    await disk.settle();
  });
  afterEach(async () => {
    await house?.killAll();
    await disk?.close();
  });

  it("stand on a disk that really loses what was not synced", async () => {
    await writeFile(join(disk.folder, "synced"), "x", { flush: true });
    await disk.settle();
    await writeFile(join(disk.folder, "unsynced"), "x");
    await disk.freeze();
    await disk.comeBack();

    const { stdout } = await promisify(execFile)("ls", [disk.folder]);
    expect(stdout).to.include("synced\n");
    expect(stdout).not.to.include("unsynced");
  });

  /** Changes the volume until the power goes. Returns what was acknowledged, and what was on its way. */
  async function changeUntil(until: number, from: number): Promise<{ acknowledged: number; wanted: number }> {
    let acknowledged = from;
    let wanted = from;
    while (Date.now() < until) {
      wanted = 1 + ((wanted + 1) % 100);
      if (await house.succeeds(house.call("PUT", "/receivers/loa-1/volume", { percent: wanted })))
        acknowledged = wanted;
    }
    return { acknowledged, wanted };
  }

  it(`lose no acknowledged write, repeat nothing and go on, ${CUTS} times`, async () => {
    await house.prepare();
    await house.plan(Math.ceil(Date.now() / 1000) * 1000 + 3_000, CUTS * 4, EVERY_S);
    let volume = 80;
    for (let cut = 0; cut < CUTS; cut++) {
      const { acknowledged, wanted } = await changeUntil(Date.now() + Math.random() * POWER_MS, volume);
      const last = 1 + ((wanted + 1) % 100);
      const onTheWay = house.succeeds(house.call("PUT", "/receivers/loa-1/volume", { percent: last }));
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
      for (const name of ["server", "relay"]) house.signal(name, "SIGSTOP");
      await disk.freeze();
      await house.killAll();
      // What was answered before the power went must be there; what was not may be.
      const answered = await onTheWay;
      await disk.comeBack();
      house.serve();
      house.relay();
      await house.answers();
      const [receiver] = await house.call<{ volume: number }[]>("GET", "/receivers");
      expect(answered ? [last] : [acknowledged, last], `after cut ${cut}`).to.include(receiver?.volume);
      volume = receiver?.volume ?? 0;
      expect(await house.call("GET", "/log/verification"), `the log after cut ${cut}`).to.include({ ok: true });
    }
    const survived = Date.now();
    await eventually("more of the programme", 30_000, async () =>
      (await house.readLog()).some(({ kind, at }) => kind === "finished" && Date.parse(at) > survived + 3_000),
    );

    const history = historyOf(await house.readLog());
    const policies = [policySchema.parse({ area: "phuong", quiet: [], quietSensitive: [] })];
    const placeOf = () => ({ zone: "Asia/Ho_Chi_Minh", areas: [areaId("phuong")], sensitive: false, policies });
    expect(violations(history, { placeOf })).to.deep.equal([]);
    expect(history.filter(({ kind }) => kind === "started").length, "soundings that began").to.be.at.least(CUTS / 2);
  });
});
