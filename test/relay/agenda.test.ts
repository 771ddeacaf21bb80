import { expect } from "chai";
import { createPaperHouse, NIGHT, peak } from "./paper-house.js";
import { aCue } from "./yard.js";

const CLIP = "a".repeat(64);

describe("what a loudspeaker may not sound", () => {
  it("is told once, however long its output has stood still", async () => {
    const house = createPaperHouse({ at: NIGHT });
    house.setProgramme([aCue(CLIP, NIGHT * 1000 + 1_000_000)]);
    for (let tick = 0; tick < 20; tick++) {
      house.speaker.tick();
      house.clock.advance(100);
    }
    house.catchUp();
    await house.play(1_000);

    expect(house.brief()).to.deep.equal(["due buoi-sang", "refused buoi-sang quiet-hours"]);
  });

  it("is what a failing disk cannot remember, but for an emergency that a person confirmed", async () => {
    const house = createPaperHouse();
    house.speaker.volume.confirm();
    const order = (name: string, inMs: number, more: object) => {
      const id = `${name}@20261123t010000z`;
      const cue = aCue(CLIP, house.now() + inMs * 1000, { id, class: "emergency", durationMs: 1_000 });
      return house.order({ kind: "cue", cue }, { class: "emergency", ...more });
    };
    // Known before the disk fails: what is ordered later is answered with «disk».
    await order("lu", 2_000, {});
    await order("bao", 5_000, { confirmedBy: "Chủ tịch" });
    house.world.diskFails = true;
    expect(peak(await house.play(4_000))).to.equal(0);
    expect(peak(await house.play(3_000))).to.be.above(0.5);
    expect(house.brief()).to.deep.equal([...["missed lu disk", "due bao", "started bao", "finished bao"]]);
  });
});
