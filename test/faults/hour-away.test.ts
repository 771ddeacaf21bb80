import { expect } from "chai";
import { ms } from "../../src/base/units.js";
import { type FastClock, fastClock } from "../support/fast-clock.js";
import { type HouseBehindNetwork, openHouseBehindNetwork } from "../support/house-behind-network.js";
import { createListeningSink } from "../support/listening-sink.js";
import { pliantSigner } from "../support/pliant-signer.js";
import { tone } from "../support/tones.js";
import { eventually } from "../support/whole-house.js";

const MINUTE = 60_000;
const CUT = 60 * MINUTE;
const LENGTH_S = 2;
/** What is planned while nothing passes, ms from the cut on. */
const PLANNED = [2, 11, 20, 32, 47, 58].map((minute) => minute * MINUTE);
/** Where nobody would hear anything, the hour goes by so much faster; around a sounding, only so much. */
const [STRIDE, HURRY, WALK] = [120, 8, 2];
/** From so long before a sounding to so long after its end, ms. */
const AROUND = 5_000;

describe("a station and a loudspeaker between which nothing passes for an hour, by clocks that run faster", function () {
  this.timeout(240_000);
  let clock: FastClock;
  let run: HouseBehindNetwork;
  beforeEach(async () => {
    clock = fastClock(1);
    run = await openHouseBehindNetwork("a proxy in this program", { clock, signer: pliantSigner() });
  });
  afterEach(() => run?.close());

  /** Lets the clock come to a civil time at a speed, and go on at the machine's. */
  const passAt = async (times: number, until: number) => {
    clock.runAt(times);
    await new Promise<void>((resolve) => clock.after(ms(Math.max(0, until - clock.date())), resolve));
    clock.runAt(1);
  };

  it("sounds everything planned in it once and in time, and tells each line once when it is back", async () => {
    const { house } = run;
    const sink = createListeningSink(() => clock.date() * 1000, 1);
    await run.addLoudspeaker({ sink });
    const hours: number[] = [];
    for (const [index, inMs] of PLANNED.entries()) {
      await house.record(`tin-${index}`, tone(LENGTH_S, 500 + 100 * index));
      hours.push(await house.scheduleOnce(`tin-${index}`, inMs + 10_000));
    }
    await house.holdsEverything("loa-1");
    await run.cut();
    const gone = clock.date();
    await passAt(HURRY, gone + MINUTE);
    expect(await run.isConnected(), "connected").to.equal(false);
    for (const at of hours) {
      await passAt(STRIDE, at - AROUND);
      await passAt(WALK, at + LENGTH_S * 1000 + AROUND);
    }
    await passAt(STRIDE, gone + CUT);
    expect(await run.linesOf("started"), "lines while nothing passes").to.deep.equal([]);
    await run.mend();
    // It tries at least once a minute.
    clock.runAt(WALK);
    await eventually("the connection", 45_000, run.isConnected);
    await eventually("the journal", 10_000, async () => (await run.linesOf("finished")).length === PLANNED.length);
    clock.runAt(1);

    expect(sink.heard, "stretches of sound").to.have.length(PLANNED.length);
    for (const [index, at] of hours.entries()) {
      const { trusted = 0, trustedEnd = 0 } = sink.heard[index] ?? {};
      expect(trusted / 1000 - at, `start error of sounding ${index}, ms`).to.be.within(-50, 50);
      expect((trustedEnd - trusted) / 1000, `length of sounding ${index}, ms`).to.be.closeTo(LENGTH_S * 1000, 50);
      for (const kind of ["due", "started", "finished"])
        expect(
          (await run.linesOf(kind)).filter(({ occurrence }) => occurrence?.startsWith(`tin-${index}@`)),
          `${kind} of ${index}`,
        ).to.have.length(1);
    }
  });
});
