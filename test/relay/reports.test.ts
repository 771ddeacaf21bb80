import { expect } from "chai";
import { ms } from "../../src/base/units.js";
import type { ReceiverMessage, StateBody } from "../../src/protocol/messages.js";
import { createReports } from "../../src/relay/reports.js";
import { FakeClock } from "../support/fake-clock.js";

/** Reports of a relay whose state is what a test says, looked after ten times a second. */
function reporting() {
  const clock = new FakeClock();
  const said: ReceiverMessage[] = [];
  let state: StateBody = {
    ...{ now: [], volume: 80, muted: false, bufferMs: 0, late: 0, underruns: 0 },
    ...{ clockErrorUs: 2_000, clock: "trusted", sink: "ok" },
  };
  const reports = createReports({
    clock,
    journal: { id: "j", pending: () => [], acknowledge: () => {} } as never,
    send: (message) => said.push(message) > 0,
    state: () => state,
    have: () => [],
    failed: () => [],
  });
  reports.welcome(0);
  said.length = 0;
  return {
    wait(length: number) {
      for (let passed = 0; passed < length; passed += 100) {
        clock.advance(ms(100));
        reports.tick();
      }
    },
    change(to: Partial<StateBody>) {
      state = { ...state, ...to };
    },
    states: () => said.flatMap((one) => (one.t === "state" ? [one.p] : [])),
  };
}

const SOUNDING = [{ cue: "live-1", class: "ordinary", state: "sounding", positionMs: 0 } as const];

describe("reports of a relay", () => {
  it("says nothing for an hour when nothing changes, and then all of it once", () => {
    const { wait, states } = reporting();
    wait(3_599_000);
    expect(states()).to.have.lengthOf(0);
    wait(2_000);

    expect(states()).to.have.lengthOf(1);
  });

  it("reports every two seconds while something sounds", () => {
    const { wait, change, states } = reporting();
    change({ now: [...SOUNDING] });
    wait(20_000);

    expect(states().length).to.be.within(9, 10);
  });

  for (const news of [
    { sink: "failed" },
    { clock: "untrusted" },
    { muted: true },
    { volume: 10 },
    { late: 1 },
    { underruns: 1 },
    { clockErrorUs: 60_000 },
  ] as const) {
    it(`tells within a second that ${Object.keys(news)[0]} has changed, and once`, () => {
      const { wait, change, states } = reporting();
      wait(60_000);
      change(news);
      wait(1_000);
      expect(states()).to.have.lengthOf(1);
      expect(states()[0]).to.include(news);
      wait(60_000);

      expect(states()).to.have.lengthOf(1);
    });
  }

  it("takes a clock error that creeps for no news, and an output that flaps for news twice a second at most", () => {
    const { wait, change, states } = reporting();
    for (let error = 2_000; error < 7_500; error += 500) {
      change({ clockErrorUs: error });
      wait(10_000);
    }
    expect(states()).to.have.lengthOf(0);
    for (let turn = 0; turn < 100; turn++) {
      change({ sink: turn % 2 ? "ok" : "restarting" });
      wait(100);
    }

    expect(states().length).to.be.at.most(21);
  });

  it("tells how the machine is at first, at a change that matters, and once an hour; not with every state", () => {
    const { wait, change, states } = reporting();
    const cool = { temperatureC: 50, sentBytes: 1 };
    change({ health: cool });
    wait(1_000);
    change({ health: { ...cool, temperatureC: 52, sentBytes: 900 }, volume: 10 });
    wait(60_000);
    expect(states().map(({ health }) => health?.temperatureC)).to.deep.equal([50, undefined]);
    change({ health: { ...cool, temperatureC: 71 } });
    wait(1_000);
    expect(states().at(-1)?.health).to.include({ temperatureC: 71 });
    wait(3_600_000);

    expect(states().length).to.equal(4);
    expect(states().at(-1)?.health).to.include({ temperatureC: 71 });
  });
});
