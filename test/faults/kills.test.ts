import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seeded } from "../support/meddling-proxy.js";
import { openProcessHouse, type ProcessHouse } from "../support/process-house.js";
import { openShakenHouse } from "../support/shaken-house.js";
import { KILLS, SEED } from "./length.js";

/** The process is let live a random time up to this, milliseconds. */
const LIFE_MS = 1_800;

describe(`server and loudspeaker, killed at random moments (LOA_SEED=${SEED})`, function () {
  this.timeout(180_000 + KILLS * 8_000);
  let folder: string;
  let house: ProcessHouse;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loa-kills-"));
    house = await openProcessHouse(folder);
  });
  afterEach(async () => {
    await house?.killAll();
    await rm(folder, { recursive: true, force: true });
  });

  it(`break no rule, lose no acknowledged write or line and go on, ${KILLS} times`, async () => {
    const random = seeded(SEED);
    const run = await openShakenHouse(house, { random, seconds: 240 + KILLS * 4 });
    for (let number = 0; number < KILLS; number++) {
      const victim = random() < 0.5 ? "server" : "relay";
      const { onTheWay } = await run.busyFor(random() * LIFE_MS);
      await house.kill(victim);
      await onTheWay;
      if (victim === "server") house.serve();
      else house.relay();
      if (victim === "server") await house.answers();
      await run.traffic.look();
    }
    await run.settle(5);
  });
});
