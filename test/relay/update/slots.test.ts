import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { PROGRAM_START } from "../../../src/protocol/package-header.js";
import { machineFiles, type SlotFiles } from "../../../src/relay/update/slot-files.js";
import { BASE, MOST_STARTS, openSlots, type Slots } from "../../../src/relay/update/slots.js";

const OLD = "a".repeat(64);
const NEW = "b".repeat(64);
const aTrial = { rollout: "moi-1", sha256: NEW as never, version: "2.0.0" };

/** Power that goes after so many steps: the disk stays as the last whole step left it. */
function failingAfter(steps: number): SlotFiles & { readonly went: () => boolean } {
  let left = steps;
  const step =
    <A extends unknown[]>(task: (...given: A) => void) =>
    (...given: A) => {
      left -= 1;
      if (left < 0) throw new Error("the power is gone");
      task(...given);
    };
  const { write, point, rename, remove } = machineFiles;
  return {
    ...machineFiles,
    write: step(write),
    point: step(point),
    rename: step(rename),
    remove: step(remove),
    went: () => left < 0,
  };
}

describe("programs side by side", () => {
  let folder: string;
  const put = (program: string) => {
    const file = join(folder, program, PROGRAM_START);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, "");
  };
  /** An old update runs, and a new one lies beside it. */
  const beginWithOld = () => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    put(OLD);
    put(NEW);
    machineFiles.point(join(folder, "current"), OLD);
  };
  /** Cuts the power after each step of `task` in turn, and looks at what a start then finds. */
  const cutAnywhere = (prepare: (slots: Slots) => void, task: (slots: Slots) => void, look: (slots: Slots) => void) => {
    for (let steps = 0; ; steps++) {
      beginWithOld();
      prepare(openSlots(folder));
      const files = failingAfter(steps);
      try {
        task(openSlots(folder, files));
      } catch (thrown) {
        expect(String(thrown)).to.include("the power is gone");
      }
      look(openSlots(folder));
      if (!files.went()) return steps;
    }
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "loa-slots-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("start what was installed when there is nothing else", () => {
    expect(openSlots(join(folder, "none")).choose()).to.deep.equal({ program: BASE, trial: false });
  });

  it("start the old or the new one, wherever the power goes while they are changed, and the new one only on trial", () => {
    const seen = new Set<string>();
    const steps = cutAnywhere(
      () => {},
      (slots) => slots.switchTo(aTrial),
      (slots) => {
        const choice = slots.choose();
        seen.add(choice.program);
        expect(choice).to.deep.equal(
          choice.program === NEW ? { program: NEW, trial: true } : { program: OLD, trial: false },
        );
      },
    );
    expect([steps, [...seen]]).to.deep.equal([3, [OLD, NEW]]);
  });

  it("never start it again once it was written down that it failed, wherever the power goes", () => {
    cutAnywhere(
      (slots) => slots.switchTo(aTrial),
      (slots) => {
        const trial = slots.trial();
        if (trial) slots.rollBack(trial, "crashed");
      },
      (slots) => {
        const failed = slots.outcome()?.step === "rolled-back";
        expect(slots.choose().program).to.equal(failed ? OLD : NEW);
        expect(slots.current()).to.equal(failed ? OLD : NEW);
      },
    );
  });

  it("believe a program that has proved itself, wherever the power goes", () => {
    cutAnywhere(
      (slots) => slots.switchTo(aTrial),
      (slots) => {
        const trial = slots.trial();
        if (trial) slots.confirm(trial);
      },
      (slots) => {
        const proved = slots.outcome()?.step === "updated";
        expect(slots.choose()).to.deep.equal({ program: NEW, trial: !proved });
      },
    );
  });

  it("go back to the installed one, and remember which rollout failed and why", () => {
    put(NEW);
    const slots = openSlots(folder);
    slots.switchTo(aTrial);
    for (let start = 0; start < MOST_STARTS; start++) {
      expect(slots.choose()).to.deep.equal({ program: NEW, trial: true });
      slots.countStart();
    }

    expect(slots.choose()).to.deep.equal({ program: BASE, trial: false });
    expect(slots.outcome()).to.deep.equal({ ...aTrial, step: "rolled-back", why: "crashed" });
  });

  it("go back at once from one that is not whole", () => {
    const slots = openSlots(folder);
    slots.switchTo(aTrial);

    expect(slots.choose()).to.deep.equal({ program: BASE, trial: false });
    expect(slots.outcome()?.why).to.equal("damaged");
  });

  it("fall back to the one before when the present one has gone from the disk", () => {
    beginWithOld();
    const slots = openSlots(folder);
    slots.switchTo(aTrial);
    const trial = slots.trial();
    if (trial) slots.confirm(trial);
    rmSync(join(folder, NEW), { recursive: true });

    expect(slots.choose()).to.deep.equal({ program: OLD, trial: false });
    rmSync(join(folder, OLD), { recursive: true });
    expect(slots.choose()).to.deep.equal({ program: BASE, trial: false });
  });

  it("count no start against a program that was told to end", () => {
    beginWithOld();
    const slots = openSlots(folder);
    slots.switchTo(aTrial);
    for (let start = 0; start < 2 * MOST_STARTS; start++) {
      expect(slots.choose().program).to.equal(NEW);
      slots.countStart();
      slots.forgiveStart();
    }
  });

  it("let a new rollout try a program again that was gone back from", () => {
    beginWithOld();
    const slots = openSlots(folder);
    slots.switchTo(aTrial);
    const trial = slots.trial();
    if (trial) slots.rollBack(trial, "hung");
    slots.switchTo({ ...aTrial, rollout: "moi-2" });

    expect(slots.choose()).to.deep.equal({ program: NEW, trial: true });
  });

  it("take damaged notes for none", () => {
    beginWithOld();
    for (const name of ["trial.json", "outcome.json"]) writeFileSync(join(folder, name), "\0\0{");

    expect(openSlots(folder).choose()).to.deep.equal({ program: OLD, trial: false });
  });

  it("throw away what nobody needs, and nothing else", () => {
    beginWithOld();
    const slots = openSlots(folder);
    put("c".repeat(64));
    slots.switchTo(aTrial);
    slots.tidy([]);

    expect([slots.has(OLD), slots.has(NEW), slots.has("c".repeat(64))]).to.deep.equal([true, true, false]);
    expect(slots.trial()?.sha256).to.equal(NEW);
  });
});
