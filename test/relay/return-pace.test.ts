import { expect } from "chai";
import * as fc from "fast-check";
import { instant } from "../../src/base/units.js";
import { type Cause, createReturnPace } from "../../src/relay/link/return-pace.js";
import { checkProperty } from "../support/check-property.js";

const at = instant;

describe("the wait before a receiver comes back", () => {
  it("is spread over what the server gave, and then grows with full jitter up to a minute", () => {
    const pace = createReturnPace(() => 0.999);
    pace.welcomed(at(0), 2_000);
    const waits = Array.from({ length: 9 }, (_, index) => Math.round(pace.wait(at(60_000 + index), "lost") / 100) / 10);
    expect(waits).to.deep.equal([2, 2, 4, 8, 16, 32, 59.9, 59.9, 59.9]);
  });

  it("goes on growing at a server that lets it in and throws it out, and begins anew after a good connection", () => {
    const pace = createReturnPace(() => 1);
    let now = 0;
    const flap = (held: number) => {
      pace.welcomed(at(now), 0);
      now += held;
      return pace.wait(at(now), "lost");
    };
    expect([flap(10), flap(10), flap(10), flap(10)]).to.deep.equal([1_000, 2_000, 4_000, 8_000]);
    expect(flap(30_000)).to.equal(1_000);
  });

  it("never is longer than what a server may ask for, nor a busy loop, whatever it asks", () => {
    const cause = fc.oneof(
      fc.constantFrom<Cause>("lost", "elsewhere", "last", "unconfirmed"),
      fc.record({ askedMs: fc.oneof(fc.double({ noNaN: true }), fc.integer()) }),
    );
    checkProperty(
      fc.property(fc.array(cause, { minLength: 1, maxLength: 40 }), fc.double({ noNaN: true }), (causes, asked) => {
        const pace = createReturnPace(() => 0.5);
        for (const one of causes) {
          pace.welcomed(at(0), asked);
          pace.bye(asked);
          const wait = pace.wait(at(0), one);
          expect(wait).to.be.within(0, 750_000);
        }
        const own = Array.from({ length: 8 }, () => pace.wait(at(0), "lost"));
        expect(own.at(-1)).to.be.above(10_000);
      }),
    );
  });

  it("is a second or two while somebody waits for the words to be compared, and longer a quarter of an hour later", () => {
    const pace = createReturnPace(() => 0.5);
    expect([0, 60_000, 899_000].map((now) => pace.wait(at(now), "unconfirmed"))).to.deep.equal([2_000, 2_000, 2_000]);
    expect(pace.wait(at(900_000), "unconfirmed")).to.equal(10_000);
    pace.welcomed(at(2_000_000), 0);
    expect(pace.wait(at(2_100_000), "unconfirmed"), "paired anew").to.equal(2_000);
  });
});
