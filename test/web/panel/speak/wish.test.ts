import { expect } from "chai";
import { createGatherer, PACKET_SAMPLES } from "../../../../src/web/panel/speak/gather.js";
import { FIRST_WISH, missingIn, requestOf } from "../../../../src/web/panel/speak/wish.js";

describe("what somebody wants to say live", () => {
  const wish = { ...FIRST_WISH, reason: " tìm trẻ lạc " };

  it("needs a place with a loudspeaker, a reason, and for an emergency a word of its own", () => {
    expect(missingIn(wish, 0, false)).to.equal("needPlace");
    expect(missingIn({ ...wish, reason: " a " }, 1, false)).to.equal("needReason");
    expect(missingIn({ ...wish, class: "emergency" }, 1, false)).to.equal("needConfirm");
    expect(missingIn({ ...wish, class: "emergency", isConfirmed: true }, 1, false)).to.equal(undefined);
  });

  it("needs a reason for speaking alone where an emergency needs two, and hands it over", () => {
    const emergency = { ...wish, class: "emergency", isConfirmed: true } as const;
    expect(missingIn(emergency, 1, true)).to.equal("needGlass");
    expect(missingIn({ ...emergency, glassReason: " x " }, 1, true)).to.equal("needGlass");
    const alone = { ...emergency, glassReason: " không gọi được ai " };
    expect(missingIn(alone, 1, true)).to.equal(undefined);
    expect(requestOf(alone)).to.deep.include({ brokenGlass: { reason: "không gọi được ai" } });
    expect(requestOf(emergency)).to.not.have.property("brokenGlass");
    expect(requestOf({ ...alone, class: "priority" })).to.not.have.property("brokenGlass");
  });

  it("confirms nothing but an emergency", () => {
    expect(requestOf({ ...wish, isConfirmed: true })).to.not.have.property("confirmed");
    expect(requestOf({ ...wish, class: "emergency", isConfirmed: true })).to.include({
      confirmed: true,
      reason: "tìm trẻ lạc",
    });
  });
});

describe("sound of any length and number of channels", () => {
  it("becomes packets of 20 ms in one channel, without a sample lost", () => {
    const packets: Float32Array[] = [];
    const gather = createGatherer((packet) => packets.push(packet));
    for (let block = 0; block < 30; block++) {
      const left = Float32Array.from({ length: 128 }, (_, index) => block * 128 + index);
      gather([left, left.map((value) => value + 2)]);
    }
    expect(packets).to.have.length(4);
    const all = packets.flatMap((packet) => [...packet]);
    expect(all).to.have.length(4 * PACKET_SAMPLES);
    expect(all.every((value, index) => value === index + 1)).to.equal(true);
  });
});
