import { expect } from "chai";
import { createSlots } from "../../../src/server/pipeline/slots.js";

const never = new AbortController().signal;

/** Work that ends when it is told to. */
function work() {
  let end = () => {};
  const done = new Promise<void>((resolve) => {
    end = resolve;
  });
  let begun = false;
  const run = () => {
    begun = true;
    return done;
  };
  return { run, end: () => end(), begun: () => begun };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("slots", () => {
  it("run so many at once and the others in the order in which they came", async () => {
    const slots = createSlots(2, 10);
    const works = [work(), work(), work(), work()];
    const runs = works.map(({ run }) => slots.run(never, run));
    await settle();
    expect(works.map(({ begun }) => begun())).to.deep.equal([true, true, false, false]);
    works[1]?.end();
    await settle();
    expect(works.map(({ begun }) => begun())).to.deep.equal([true, true, true, false]);
    for (const { end } of works) end();
    await Promise.all(runs);
    expect(works.every(({ begun }) => begun())).to.equal(true);
  });

  it("are free again after work that failed", async () => {
    const slots = createSlots(1, 10);
    const failed = await slots
      .run(never, () => Promise.reject(new Error("broken")))
      .catch((thrown: Error) => thrown.message);
    expect(failed).to.equal("broken");
    expect(await slots.run(never, () => Promise.resolve("fine"))).to.equal("fine");
  });

  it("forget who left the queue", async () => {
    const slots = createSlots(1, 10);
    const [first, second, third] = [work(), work(), work()];
    const abort = new AbortController();
    const running = slots.run(never, first.run);
    const left = slots.run(abort.signal, second.run).catch((thrown: unknown) => thrown);
    const stayed = slots.run(never, third.run);
    abort.abort("gone");
    expect(await left).to.equal("gone");
    first.end();
    await running;
    third.end();
    await stayed;
    expect(second.begun()).to.equal(false);
  });

  it("refuse when too many wait", async () => {
    const slots = createSlots(1, 1);
    const [first, second] = [work(), work()];
    const runs = [slots.run(never, first.run), slots.run(never, second.run)];
    const fault = await slots.run(never, () => Promise.resolve()).catch((thrown: unknown) => thrown);
    expect(fault).to.include({ code: "busy" });
    first.end();
    second.end();
    await Promise.all(runs);
  });
});
