import { expect } from "chai";
import { ms } from "../../../src/base/units.js";
import { createBreaker } from "../../../src/server/speech/breaker.js";
import { together } from "../../../src/server/speech/together.js";
import { createTurns } from "../../../src/server/speech/turns.js";
import { FakeClock } from "../../support/fake-clock.js";

const { signal } = new AbortController();
/** A task that ends when told. */
function aTask<T>(value: T) {
  let end = (_: T) => {};
  const ended = new Promise<T>((resolve) => {
    end = resolve;
  });
  const task = {
    started: false,
    end: () => end(value),
    run() {
      task.started = true;
      return ended;
    },
  };
  return task;
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("turns", () => {
  it("run so many at a time, first come first served", async () => {
    const turns = createTurns(2);
    const tasks = [1, 2, 3, 4].map(aTask);
    const results = tasks.map((task) => turns.run(task.run, signal));
    await settled();
    expect(tasks.map(({ started }) => started)).to.deep.equal([true, true, false, false]);
    tasks[1]?.end();
    await settled();
    expect(tasks.map(({ started }) => started)).to.deep.equal([true, true, true, false]);
    for (const task of tasks) task.end();
    expect(await Promise.all(results)).to.deep.equal([1, 2, 3, 4]);
  });

  it("go on after a failure", async () => {
    const turns = createTurns(1);
    const failed = turns.run(() => Promise.reject(new Error("no")), signal).catch((thrown: Error) => thrown.message);
    expect([await failed, await turns.run(async () => "yes", signal)]).to.deep.equal(["no", "yes"]);
  });

  it("let go of those who leave the line, and refuse when it is too long", async () => {
    const turns = createTurns(1, 1);
    const first = aTask("first");
    const running = turns.run(first.run, signal);
    const stop = new AbortController();
    const waiting = turns.run(async () => "never", stop.signal).catch((thrown: Error) => thrown.message);
    const refused = await turns.run(async () => "never", signal).catch((thrown: unknown) => thrown);
    expect(refused).to.include({ code: "busy" });
    stop.abort(new Error("gone"));
    expect(await waiting).to.equal("gone");
    const last = turns.run(async () => "last", signal);
    first.end();
    expect([await running, await last]).to.deep.equal(["first", "last"]);
  });
});

describe("together", () => {
  it("gives all results in order", async () => {
    expect(await together([async () => 1, async () => 2], signal)).to.deep.equal([1, 2]);
  });

  it("tells the others when one fails, and throws when all have ended", async () => {
    const seen: unknown[] = [];
    const other = (stop: AbortSignal) =>
      new Promise<never>((_, reject) =>
        stop.addEventListener("abort", () => {
          seen.push(stop.reason.message);
          reject(stop.reason);
        }),
      );
    const all = together([other, () => Promise.reject(new Error("first"))], signal);
    expect(await all.catch((thrown: Error) => thrown.message)).to.equal("first");
    expect(seen).to.deep.equal(["first"]);
  });
});

describe("a breaker", () => {
  it("rests after a failure, longer each time up to ten minutes, and forgets it all when a call works", () => {
    const clock = new FakeClock();
    const breaker = createBreaker(clock);
    const restSeconds = () => {
      breaker.failed();
      // A second failure of the same moment changes nothing.
      breaker.failed();
      let seconds = 0;
      for (; breaker.resting(); seconds++) clock.advance(ms(1000));
      return seconds;
    };
    expect(Array.from({ length: 7 }, restSeconds)).to.deep.equal([30, 60, 120, 240, 480, 600, 600]);
    breaker.worked();
    expect(restSeconds()).to.equal(30);
  });
});
