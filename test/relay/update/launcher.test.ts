import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { silentLog } from "../../../src/base/log.js";
import { minutes, seconds } from "../../../src/base/units.js";
import { PROGRAM_START } from "../../../src/protocol/package-header.js";
import { launch } from "../../../src/relay/launch.js";
import { openSlots, type Slots } from "../../../src/relay/update/slots.js";
import { FakeClock } from "../../support/fake-clock.js";

const NEW = "b".repeat(64);
const BASE_SCRIPT = "/opt/loa/loa.js";

/** A program that a test lets end. */
interface Child {
  readonly script: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signals: string[];
  end(code: number): Promise<void>;
}

describe("the launcher", () => {
  let programs: string;
  let slots: Slots;
  let clock: FakeClock;
  let children: Child[];
  let stop: AbortController;
  /** Signals that a program obeys. */
  let obeys: readonly string[];
  const breathe = () => new Promise((resolve) => setImmediate(resolve));
  const last = () => children.at(-1) as Child;
  const scripts = () => children.map(({ script }) => (script === BASE_SCRIPT ? "base" : "new"));

  const run = () =>
    launch({
      ...{ programs, base: BASE_SCRIPT, argv: ["relay", "--out", "null"], env: { A: "1" }, clock, log: silentLog },
      signal: stop.signal,
      start(script, _argv, env) {
        let resolve: (code: number) => void = () => {};
        const ended = new Promise<number>((settle) => {
          resolve = settle;
        });
        const signals: string[] = [];
        const child: Child = {
          ...{ script, env, signals },
          async end(code) {
            resolve(code);
            await breathe();
            clock.advance(seconds(1));
            await breathe();
          },
        };
        children.push(child);
        return {
          ended,
          kill(signal) {
            signals.push(signal);
            if (obeys.includes(signal)) resolve(signal === "SIGTERM" ? 0 : 1);
          },
        };
      },
    });
  const aNewProgram = () => {
    const file = join(programs, NEW, PROGRAM_START);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, "");
    slots.switchTo({ rollout: "moi-1", sha256: NEW as never, version: "2.0.0" });
  };

  beforeEach(() => {
    programs = mkdtempSync(join(tmpdir(), "loa-launcher-"));
    slots = openSlots(programs);
    clock = new FakeClock();
    children = [];
    stop = new AbortController();
    obeys = ["SIGTERM", "SIGKILL"];
  });
  afterEach(() => rmSync(programs, { recursive: true, force: true }));

  it("starts what was installed, says where programs lie, and passes on how it ends", async () => {
    const over = run();
    expect(last().env).to.deep.equal({ A: "1", LOA_PROGRAMS: programs, LOA_PROGRAM: "base" });
    await last().end(77);

    expect([await over, scripts()]).to.deep.equal([77, ["base"]]);
  });

  it("starts anew a program that asks for it, and then the new one", async () => {
    void run();
    aNewProgram();
    await last().end(75);

    expect(scripts()).to.deep.equal(["base", "new"]);
    expect(last().env.LOA_PROGRAM).to.equal(NEW);
  });

  it("leaves a new program alone that has proved itself within ten minutes", async () => {
    aNewProgram();
    const over = run();
    const trial = slots.trial();
    if (trial) slots.confirm(trial);
    clock.advance(minutes(60));
    expect(last().signals).to.deep.equal([]);
    await last().end(1);

    expect([await over, scripts(), slots.outcome()?.step]).to.deep.equal([1, ["new"], "updated"]);
  });

  for (const code of [0, 1, 2, 75, 77])
    it(`goes back from a new program that ends three times, with ${code}`, async () => {
      aNewProgram();
      void run();
      for (let start = 0; start < 3; start++) await last().end(code);

      expect(scripts()).to.deep.equal(["new", "new", "new", "base"]);
      expect(slots.outcome()).to.include({ step: "rolled-back", why: "crashed", rollout: "moi-1" });
    });

  it("goes back from a new program that never says a word, and kills it when it hangs", async () => {
    obeys = ["SIGKILL"];
    aNewProgram();
    void run();
    clock.advance(minutes(10));
    expect([last().signals, slots.outcome()?.why]).to.deep.equal([["SIGTERM"], "hung"]);
    clock.advance(seconds(5));
    await breathe();
    clock.advance(seconds(1));
    await breathe();

    expect(scripts()).to.deep.equal(["new", "base"]);
  });

  it("says what a new program lacked that ran and never became well", async () => {
    aNewProgram();
    void run();
    slots.noteLack("not-connected");
    clock.advance(minutes(10));
    await breathe();

    expect(slots.outcome()?.why).to.equal("not-connected");
  });

  it("gives ten minutes and not a second less", () => {
    aNewProgram();
    void run();
    clock.advance(minutes(10) - 1);

    expect([last().signals, slots.trial()?.sha256]).to.deep.equal([[], NEW]);
  });

  it("ends its program when it is told to end, and holds that against nobody", async () => {
    aNewProgram();
    const over = run();
    stop.abort();

    expect([await over, last().signals, slots.trial()?.starts]).to.deep.equal([0, ["SIGTERM"], 0]);
  });

  it("starts the old program when the disk would not take that it starts the new one", async () => {
    aNewProgram();
    // A folder where the notes are written: no file can take its place, as on a full disk.
    mkdirSync(join(programs, "trial.json.new"));
    void run();

    expect(scripts()).to.deep.equal(["base"]);
  });
});
