import { expect } from "chai";
import * as fc from "fast-check";
import { micros } from "../../src/base/units.js";
import { createClockFilter } from "../../src/receiver/clock-filter.js";
import { createTrustedTime, WIDENING } from "../../src/receiver/trusted-time.js";
import { checkProperty } from "../support/check-property.js";

const SERVER = 1_795_428_600_000_000;
const DAY = 86_400e6;

/** A server whose clock is `SERVER` at monotonic 0, seen through a crystal that is `ppm` off. */
const truthOf =
  (ppm = 0) =>
  (monotonic: number) =>
    SERVER + monotonic * (1 + ppm / 1e6);

describe("trusted time", () => {
  it("knows nothing and believes anybody until a nonce of its own was answered", () => {
    const time = createTrustedTime();

    expect(time.bounds(0)).to.equal(undefined);
    expect(time.judge(0, 5)).to.equal(5);
    expect(time.heard({ epoch: 1, at: micros(SERVER) }, 0)).to.equal("unbounded");
    expect(time.bounds(0)).to.equal(undefined);
  });

  it("lies between the signed time and that plus the way of the question and the answer", () => {
    const time = createTrustedTime();
    time.answered({ epoch: 1, at: micros(SERVER) }, 0, 80_000);

    expect(time.bounds(80_000)?.earliest).to.equal(SERVER);
    expect(time.bounds(80_000)?.latest).to.be.closeTo(SERVER + 80_000, 20);
    expect(time.judge(80_000, SERVER + 3_600e6)).to.be.closeTo(SERVER + 80_000, 20);
    expect(time.judge(80_000, SERVER - 3_600e6)).to.equal(SERVER);
    expect(time.judge(80_000, SERVER + 40_000)).to.equal(SERVER + 40_000);
  });

  it("knows after seven days without a server what time it is to two minutes, and no better", () => {
    const time = createTrustedTime();
    time.answered({ epoch: 1, at: micros(SERVER) }, 0, 50_000);
    const { earliest = 0, latest = 0 } = time.bounds(7 * DAY) ?? {};

    for (const ppm of [-200, 0, 200]) expect(truthOf(ppm)(7 * DAY)).to.be.within(earliest - 1, latest + 1);
    expect((latest - earliest) / 2e6).to.be.within(120, 122);
  });

  it("takes a statement that nobody asked for as the earliest time alone", () => {
    const time = createTrustedTime();
    time.answered({ epoch: 1, at: micros(SERVER) }, 0, 1e6);
    const late = time.bounds(3_600e6)?.latest;

    expect(time.heard({ epoch: 1, at: micros(SERVER + 3_600e6) }, 3_600e6)).to.equal("kept");
    expect(time.bounds(3_600e6)).to.deep.equal({ earliest: SERVER + 3_600e6, latest: late });
  });

  it("is not moved back by old statements that are sent again", () => {
    const time = createTrustedTime();
    time.answered({ epoch: 1, at: micros(SERVER) }, 0, 50_000);
    const before = time.bounds(DAY);
    time.heard({ epoch: 1, at: micros(SERVER + 10e6) }, DAY);

    expect(time.bounds(DAY)).to.deep.equal(before);
  });

  it("asks anew when a statement is later than can be, as after the machine slept, and goes by it meanwhile", () => {
    const time = createTrustedTime();
    time.answered({ epoch: 1, at: micros(SERVER) }, 0, 50_000);

    expect(time.heard({ epoch: 1, at: micros(SERVER + DAY) }, 60e6)).to.equal("ahead");
    expect(time.judge(60e6, SERVER + 60e6)).to.equal(SERVER + DAY);
    time.answered({ epoch: 1, at: micros(SERVER + DAY + 5e6) }, 60e6, 60.05e6);
    expect(time.judge(60.05e6, SERVER)).to.equal(SERVER + DAY + 5e6);
  });

  it("does not take a statement of another epoch for its own, and goes by a fresh answer in any epoch", () => {
    const time = createTrustedTime();
    time.answered({ epoch: 4, at: micros(SERVER) }, 0, 50_000);

    expect(time.heard({ epoch: 3, at: micros(SERVER + DAY) }, 1e6)).to.equal("other-epoch");
    expect(time.heard({ epoch: 5, at: micros(SERVER + DAY) }, 1e6)).to.equal("other-epoch");
    time.answered({ epoch: 5, at: micros(SERVER - 3_600e6) }, 2e6, 2.05e6);
    expect(time.bounds(2.05e6)?.earliest).to.equal(SERVER - 3_600e6);
  });

  it("believes the fresh one of two answers that cannot both be true", () => {
    const time = createTrustedTime();
    time.answered({ epoch: 1, at: micros(SERVER) }, 0, 50_000);
    time.answered({ epoch: 1, at: micros(SERVER + DAY) }, 60e6, 60.05e6);

    expect(time.bounds(60.05e6)?.earliest).to.equal(SERVER + DAY);
  });

  it("tells exchanges that can be true from those that cannot", () => {
    const time = createTrustedTime();
    time.answered({ epoch: 1, at: micros(SERVER + 25_000) }, 0, 50_000);
    const exchange = (shift: number) => ({
      sent: 1e6,
      serverReceived: SERVER + 1.025e6 + shift,
      serverSent: SERVER + 1.0251e6 + shift,
      received: 1.05e6,
    });

    expect(time.admits(exchange(0))).to.equal(true);
    for (const shift of [-3_600e6, -100_000, 100_000, 3_600e6]) expect(time.admits(exchange(shift))).to.equal(false);
  });

  it("holds the truth, and keeps what it judges within the bounds, whatever is answered and when", () => {
    const step = fc.record({
      wait: fc.double({ min: 1e3, max: 20_000e6, noNaN: true }),
      up: fc.double({ min: 0, max: 3e6, noNaN: true }),
      down: fc.double({ min: 0, max: 3e6, noNaN: true }),
      what: fc.constantFrom("answer", "statement", "lie"),
      age: fc.double({ min: 0, max: 1e12, noNaN: true }),
      lie: fc.oneof(fc.double({ min: -1e13, max: 1e13, noNaN: true }), fc.double({ min: -1e5, max: 1e5, noNaN: true })),
    });
    checkProperty(
      fc.property(fc.double({ min: -190, max: 190, noNaN: true }), fc.array(step, { maxLength: 40 }), (ppm, steps) => {
        const truth = truthOf(ppm);
        const time = createTrustedTime();
        const filter = createClockFilter(0, SERVER);
        let now = 0;
        for (const { wait, up, down, what, age, lie } of steps) {
          now += wait;
          const [sent, received] = [now, now + up + down];
          if (what === "answer") time.answered({ epoch: 1, at: micros(Math.floor(truth(now + up))) }, sent, received);
          if (what === "statement")
            time.heard({ epoch: 1, at: micros(Math.floor(truth(Math.max(0, received - age)))) }, received);
          if (what === "lie") {
            const told = truth(now + up) + lie;
            const burst = Array.from({ length: 4 }, () => ({ sent, serverReceived: told, serverSent: told, received }));
            filter.observe(burst.filter(time.admits));
          }
          now = received;
          const { earliest = -1, latest = Number.MAX_SAFE_INTEGER } = time.bounds(now) ?? {};
          expect(truth(now)).to.be.within(earliest - 2, latest + 2);
          if (time.bounds(now)) expect(time.judge(now, filter.serverTime(now))).to.be.within(earliest, latest);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("widens at the same pace in both directions", () => {
    const time = createTrustedTime();
    time.answered({ epoch: 1, at: micros(SERVER) }, 0, 0);
    const { earliest = 0, latest = 0 } = time.bounds(1e9) ?? {};

    expect(latest - earliest).to.be.closeTo(2e9 * WIDENING, 2);
  });
});
