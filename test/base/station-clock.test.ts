import { expect } from "chai";
import { createStationClock } from "../../src/base/station-clock.js";
import { FakeClock } from "../support/fake-clock.js";

describe("the station clock", () => {
  function start() {
    const clock = new FakeClock();
    const station = createStationClock(clock, 7);
    const observe = (times: number, silent = true) =>
      Array.from({ length: times }, () => {
        clock.advance(1000);
        return station.observe(silent);
      });
    return { clock, station, observe };
  }

  it("tells the machine's time while that is steady", () => {
    const { clock, station, observe } = start();
    observe(60);
    expect(station.date()).to.be.closeTo(clock.date(), 0.001);
    expect(station.epoch()).to.equal(7);
  });

  it("slews a small error away, at most 200 millionths, without a step", () => {
    const { clock, station, observe } = start();
    clock.step(100);
    const before = station.date();
    observe(10);
    expect(station.date() - before - 10_000).to.be.within(0, 10_000 * 200e-6 + 1e-6);
    observe(600);
    expect(clock.date() - station.date()).to.be.within(-1, 1);
    expect(station.epoch()).to.equal(7);
  });

  it("takes a set clock over in one step and a new epoch when all is silent", () => {
    const { clock, station, observe } = start();
    clock.step(3_600_000);
    expect(observe(3).map((seen) => seen.kind)).to.deep.equal(["apart", "apart", "stepped"]);
    expect(station.date()).to.equal(clock.date());
    expect(station.epoch()).to.equal(8);
  });

  it("keeps its own time while something sounds", () => {
    const { clock, station, observe } = start();
    clock.step(-600_000);
    expect(observe(20, false).every((seen) => seen.kind === "apart")).to.equal(true);
    expect(station.date() - clock.date()).to.be.closeTo(600_000, 1);
    observe(3, true);
    expect(station.date()).to.equal(clock.date());
  });
});
