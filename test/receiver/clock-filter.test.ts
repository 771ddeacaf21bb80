import { expect } from "chai";
import { createClockFilter, type Exchange } from "../../src/receiver/clock-filter.js";

const SERVER = 1_795_428_600_000_000;

interface Way {
  readonly ppm?: number;
  readonly there?: () => number;
  readonly back?: () => number;
}

/** A server whose clock is `SERVER` at monotonic 0, and a way that takes `there` and `back` µs; the crystal is `ppm` off. */
function world({ ppm = 0, there = () => 4_000, back = () => 4_000 }: Way = {}) {
  const truth = (monotonic: number) => SERVER + monotonic * (1 + ppm / 1e6);
  const exchange = (sent: number): Exchange => {
    const [up, down] = [there(), back()];
    const serverReceived = truth(sent + up);
    return { sent, serverReceived, serverSent: serverReceived + 50, received: sent + up + 50 + down };
  };
  const burst = (at: number) => Array.from({ length: 8 }, (_, index) => exchange(at + index * 30_000));
  return { truth, burst };
}

/** Pseudo-random and always the same. */
function noise(seed = 1) {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

describe("the clock filter", () => {
  it("knows nothing until it has seen the server, and then the time to a fraction of a millisecond", () => {
    const { truth, burst } = world();
    const filter = createClockFilter(0, 0);
    expect(filter.synchronised()).to.equal(false);

    filter.observe(burst(1_000_000));

    expect(filter.synchronised()).to.equal(true);
    expect(filter.serverTime(2_000_000) - truth(2_000_000)).to.be.within(-10, 10);
  });

  it("learns the drift of a crystal that is 40 ppm off, and holds the time for an hour without the server", () => {
    const { truth, burst } = world({ ppm: 40 });
    const filter = createClockFilter(0, SERVER);
    for (let at = 0; at < 3_600e6; at += 300e6) filter.observe(burst(at));

    expect(Math.abs(filter.serverTime(3_600e6) - truth(3_600e6))).to.be.below(500);
    expect(Math.abs(filter.serverTime(7_200e6) - truth(7_200e6))).to.be.below(10_000);
  });

  it("stays within four milliseconds on a mobile line with stalls", () => {
    const random = noise();
    const slow = () => 28_000 - Math.log(1 - random()) * 10_000 + (random() < 0.05 ? 200_000 : 0);
    const { truth, burst } = world({ ppm: 12, there: slow, back: slow });
    const filter = createClockFilter(0, SERVER);
    const errors: number[] = [];
    for (let at = 0; at < 3_600e6; at += 60e6) {
      filter.observe(burst(at));
      if (at > 600e6) errors.push(Math.abs(filter.serverTime(at + 30e6) - truth(at + 30e6)));
    }

    errors.sort((a, b) => a - b);
    expect(errors[Math.floor(errors.length * 0.95)]).to.be.below(4_000);
  });

  it("is wrong by half of the asymmetry, which the path bias corrects", () => {
    const { truth, burst } = world({ there: () => 10_000, back: () => 2_000 });
    const filter = createClockFilter(0, SERVER);
    filter.observe(burst(0));
    expect(filter.serverTime(1e6) - truth(1e6)).to.be.closeTo(4_000, 50);

    filter.setPathBias(-4_000);

    expect(filter.serverTime(1e6) - truth(1e6)).to.be.closeTo(0, 50);
  });

  it("doubts a burst that cannot be, and believes a clock that stays there", () => {
    const { truth, burst } = world();
    const filter = createClockFilter(0, SERVER);
    for (let at = 0; at < 60e6; at += 10e6) filter.observe(burst(at));
    const moved = (at: number) =>
      burst(at).map((one) => ({ ...one, serverReceived: one.serverReceived + 5e6, serverSent: one.serverSent + 5e6 }));

    filter.observe(moved(60e6));
    expect(Math.abs(filter.serverTime(61e6) - truth(61e6))).to.be.below(1_000);
    filter.observe(moved(70e6));
    filter.observe(moved(80e6));

    expect(Math.abs(filter.serverTime(81e6) - truth(81e6) - 5e6)).to.be.below(1_000);
  });

  it("says how unsure it is, more as time goes by", () => {
    const { burst } = world();
    const filter = createClockFilter(0, SERVER);
    filter.observe(burst(0));

    expect(filter.errorAt(3_600e6)).to.be.above(filter.errorAt(1e6));
  });

  it("converts back and forth", () => {
    const { burst } = world({ ppm: 20 });
    const filter = createClockFilter(0, SERVER);
    for (let at = 0; at < 600e6; at += 60e6) filter.observe(burst(at));

    expect(filter.monotonicOf(filter.serverTime(700e6))).to.be.closeTo(700e6, 1);
  });
});
