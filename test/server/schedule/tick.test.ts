import { expect } from "chai";
import { type Cancel, every } from "../../../src/base/clock.js";
import { ms } from "../../../src/base/units.js";
import { startTick } from "../../../src/server/schedule/tick.js";
import { FakeClock } from "../../support/fake-clock.js";

describe("the tick", () => {
  function start(onTick: (since: number) => void = () => {}) {
    const clock = new FakeClock();
    const ticks: number[] = [];
    const bugs: unknown[] = [];
    const wakes: (() => void)[] = [];
    let started = 0;
    const waker = (wake: () => void): Cancel => {
      started += 1;
      wakes.push(wake);
      return every(clock, ms(1000), wake);
    };
    const stop = startTick({
      clock,
      waker,
      onBug: (bug) => bugs.push(bug),
      onTick: (since) => {
        ticks.push(since);
        onTick(since);
      },
    });
    return { clock, ticks, bugs, wakes, stop, started: () => started };
  }

  it("beats at once and then every second", () => {
    const { clock, ticks } = start();
    clock.advance(5_000);
    expect(ticks).to.deep.equal([0, 1000, 1000, 1000, 1000, 1000]);
  });

  it("makes one beat of a burst of wakes", () => {
    const { clock, ticks, wakes } = start();
    clock.advance(1_000);
    for (let i = 0; i < 300; i++) wakes[0]?.();
    expect(ticks).to.have.length(2);
  });

  it("starts the waker anew when its wakes stay away", () => {
    const clock = new FakeClock();
    let started = 0;
    let ticks = 0;
    startTick({
      clock,
      onBug: () => {},
      onTick: () => {
        ticks += 1;
      },
      // Like node-schedule after a backward step: armed, and silent.
      waker: () => {
        started += 1;
        return () => {};
      },
    });
    clock.advance(10_000);
    expect(started).to.be.greaterThan(3);
    expect(ticks).to.be.within(5, 11);
  });

  it("beats once after a stall, and says how long it lasted", () => {
    const { clock, ticks } = start();
    clock.advance(1_000);
    clock.stall(5_000);
    clock.advance(0);
    expect(ticks.filter((since) => since >= 5_000)).to.have.length(1);
    expect(ticks.length).to.be.at.most(3);
  });

  it("goes on when its listener throws", () => {
    const { clock, bugs, ticks } = start(() => {
      throw new Error("bug");
    });
    clock.advance(3_000);
    expect(bugs).to.have.length(4);
    expect(ticks).to.have.length(4);
  });

  it("leaves no timer behind when it is stopped", () => {
    const { clock, stop } = start();
    stop();
    expect(clock.armed).to.equal(0);
  });
});
