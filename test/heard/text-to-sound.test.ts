import { expect } from "chai";
import { lagOf, onset, rms, stretch } from "../support/wav.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

const TEXT =
  "Kính thưa bà con. Sáng mai trạm y tế phường tiêm vắc xin cho người già và trẻ nhỏ. Mời bà con đến đúng giờ ghi trong giấy mời.";

describe("the whole house, from a text to sound at loudspeakers", function () {
  this.timeout(90_000);
  let house: WholeHouse;
  beforeEach(async () => {
    house = await openHouse();
  });
  afterEach(() => house.close());

  it("sounds in step at receivers that hold the clip and at one that joined two seconds before and is fed", async () => {
    const { durationMs } = await house.announce("tin", TEXT);
    await house.addRelay("loa-1");
    await house.addRelay("loa-2");
    const at = await house.scheduleOnce("tin", 9_000);
    await house.holdsEverything("loa-1");
    await house.holdsEverything("loa-2");
    await eventually("two seconds before air", 10_000, () => Date.now() > at - 2_000);
    await house.addRelay("xe-1", { kind: "van", clipBudget: 0 });
    await eventually("the end", 30_000, () => Date.now() > at + durationMs + 1_500);

    const heard = await Promise.all(["loa-1", "loa-2", "xe-1"].map((id) => house.heard(id)));
    for (const { samples, startedAt } of heard) {
      const index = onset(samples);
      expect(index, "it sounds").to.be.at.least(0);
      // The voice begins with a few milliseconds of its own silence.
      expect(startedAt + index / 48 - at).to.be.within(-1, 150);
    }
    const { lines } = await house.call<{ lines: { kind: string; receiver?: string; detail?: unknown }[] }>(
      "GET",
      "/log",
    );
    const played = lines.filter(({ kind }) => kind === "finished").map(({ receiver }) => receiver);
    expect(played).to.have.members(["loa-1", "loa-2", "xe-1"]);

    const stretches = heard.map((one) => stretch(one, at + 500, 1_000));
    const [first] = stretches;
    if (!first) throw new Error("three loudspeakers");
    for (const other of stretches) {
      expect(rms(other)).to.be.greaterThan(0.01);
      const lag = lagOf(first, other, { at: 4_800, length: 24_000, reach: 960 });
      expect(Math.abs(lag) / 48, "spread in ms").to.be.at.most(10);
    }
  });
});
