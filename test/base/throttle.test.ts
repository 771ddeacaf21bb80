import { expect } from "chai";
import { createThrottle, MAX_REMEMBERED, networkOf } from "../../src/base/throttle.js";
import { minutes } from "../../src/base/units.js";
import { FakeClock } from "../support/fake-clock.js";

describe("counting wrong guesses", () => {
  it("holds up after the last one for as long as it says, then begins anew", () => {
    const clock = new FakeClock();
    const throttle = createThrottle(clock, { most: 3, within: minutes(1), wait: minutes(15) });

    for (let guess = 0; guess < 3; guess++) {
      expect(throttle.waitSeconds("an")).to.equal(0);
      throttle.wrong("an");
      clock.advance(10_000);
    }
    expect(throttle.waitSeconds("an")).to.equal(890);
    expect(throttle.waitSeconds("bình")).to.equal(0);
    clock.advance(889_000);
    expect(throttle.waitSeconds("an")).to.equal(1);
    clock.advance(1_000);
    expect(throttle.waitSeconds("an")).to.equal(0);
    throttle.wrong("an");
    expect(throttle.waitSeconds("an")).to.equal(0);
  });

  it("is not made longer by guesses while it holds up, nor by slow ones", () => {
    const clock = new FakeClock();
    const throttle = createThrottle(clock, { most: 2, within: minutes(1), wait: minutes(15) });
    throttle.wrong("an");
    clock.advance(61_000);
    throttle.wrong("an");
    expect(throttle.waitSeconds("an")).to.equal(0);

    throttle.wrong("an");
    clock.advance(60_000);
    throttle.wrong("an");
    expect(throttle.waitSeconds("an")).to.equal(840);
  });

  it("takes a guess back that was right, or that nobody looked at", () => {
    const throttle = createThrottle(new FakeClock(), { most: 1, within: minutes(1) });
    throttle.wrong("an");
    throttle.forgive("an");

    expect(throttle.waitSeconds("an")).to.equal(0);
  });

  it("remembers so many and no more", () => {
    const throttle = createThrottle(new FakeClock(), { most: 1, within: minutes(1) });
    for (let one = 0; one <= MAX_REMEMBERED; one++) throttle.wrong(`a${one}`);

    expect(throttle.waitSeconds("a0")).to.equal(0);
    expect(throttle.waitSeconds("a1")).to.be.greaterThan(0);
  });

  it("counts a household's addresses as one", () => {
    expect(networkOf("2001:db8:1:2:3:4:5:6")).to.equal(networkOf("2001:db8:1:2::9"));
    expect(networkOf("2001:db8:1:3::1")).to.not.equal(networkOf("2001:db8:1:2::1"));
    expect(networkOf("::ffff:192.0.2.1")).to.equal("192.0.2.1");
  });
});
