import { expect } from "chai";
import { createPaperHouse, NIGHT } from "./paper-house.js";
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
});
