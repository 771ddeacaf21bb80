import { execFile } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { type LoopDisk, openLoopDisk } from "../support/loop-disk.js";
import { seeded } from "../support/meddling-proxy.js";
import { openProcessHouse, type ProcessHouse } from "../support/process-house.js";
import { openShakenHouse } from "../support/shaken-house.js";
import { CUTS, SEED } from "./length.js";

/** The power stays for a random time up to this, milliseconds. */
const POWER_MS = 7_000;

describe(`server and loudspeaker whose power is cut (LOA_SEED=${SEED})`, function () {
  this.timeout(180_000 + CUTS * 25_000);
  let disk: LoopDisk;
  let house: ProcessHouse;

  beforeEach(async () => {
    disk = await openLoopDisk(await mkdtemp(join(tmpdir(), "loa-power-")));
    house = await openProcessHouse(disk.folder, undefined, join(disk.folder, "..", "out"));
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

  it(`break no rule, lose no acknowledged write or line and go on, ${CUTS} times`, async () => {
    const random = seeded(SEED);
    // What people write by hand is theirs to keep; here it is only the ground that the test stands on.
    const run = await openShakenHouse(house, { random, seconds: 240 + CUTS * 12, laid: disk.settle });
    for (let cut = 0; cut < CUTS; cut++) {
      const { onTheWay } = await run.busyFor(random() * POWER_MS);
      await new Promise((resolve) => setTimeout(resolve, random() * 20));
      for (const name of ["server", "relay"]) house.signal(name, "SIGSTOP");
      await disk.freeze();
      await house.killAll();
      // What was answered before the power went must be there; what was not may be.
      await onTheWay;
      await disk.comeBack();
      house.serve();
      house.relay();
      await house.answers();
      await run.traffic.look();
    }
    await run.settle(CUTS / 2);
  });
});
