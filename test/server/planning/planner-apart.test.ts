import { expect } from "chai";
import { systemClock } from "../../../src/base/clock.js";
import { Fault } from "../../../src/base/errors.js";
import { silentLog } from "../../../src/base/log.js";
import { minutes } from "../../../src/base/units.js";
import { plan } from "../../../src/domain/plan.js";
import { reviewSchedule } from "../../../src/domain/refusals.js";
import { createPlannerApart, type PlannerApart } from "../../../src/server/planning/index.js";
import { type PlanningLink, ProgramEnded, startPlanning } from "../../../src/server/planning/planning-link.js";
import { workOut } from "../../../src/server/planning/work-out.js";
import { aSchedule, aStation } from "../../support/a-station.js";
import { FakeClock } from "../../support/fake-clock.js";

describe("the planner in a program of its own", () => {
  const schedules = ["sang", "trua", "chieu"].map((id, index) =>
    aSchedule(id, { at: [`${8 + 4 * index}:00`.padStart(5, "0")] }),
  );
  const station = aStation({ schedules, until: "2027-11-23" });
  let planner: PlannerApart;
  let started: PlanningLink[];
  let errors: string[];

  beforeEach(() => {
    started = [];
    errors = [];
    planner = createPlannerApart({
      clock: systemClock,
      log: { ...silentLog, error: (event) => errors.push(event) },
      idleAfter: minutes(1),
      start() {
        const link = startPlanning();
        started.push(link);
        return link;
      },
    });
  });
  afterEach(() => planner.close());
  const nothingDied = () => expect(errors).to.deep.equal([]);

  it("finds what the planner of the domain finds, however many pieces it comes in", async () => {
    const rundown = await planner.plan(station);
    expect(rundown.lines).to.have.length(3 * 365);
    expect(rundown).to.deep.equal(structuredClone(plan(station)));
    nothingDied();
  });

  it("reviews a draft as the domain does", async () => {
    const draft = aSchedule("khuya", { at: ["22:00"] });
    expect(await planner.review(draft, station)).to.deep.equal(structuredClone(reviewSchedule(draft, station)));
    nothingDied();
  });

  it("passes a fault on as a fault, and goes on in the same program", async () => {
    const fault = await planner.plan({ ...station, zone: "Asia/Da_Lat" }).catch((thrown: unknown) => thrown);
    expect(fault).to.be.instanceOf(Fault);
    expect(fault).to.include({ code: "invalid", reason: "unknown-zone" });
    await planner.plan(station);
    expect(started).to.have.length(1);
    nothingDied();
  });

  it("answers all who ask at once, reviews before plans", async () => {
    const answered: string[] = [];
    await Promise.all([
      planner.plan(station).then(() => answered.push("first plan")),
      planner.plan(station).then(() => answered.push("second plan")),
      planner.review(aSchedule("toi"), station).then(() => answered.push("review")),
    ]);
    expect(answered).to.deep.equal(["first plan", "review", "second plan"]);
    nothingDied();
  });

  it("does a task itself when its program dies, says so, and starts another for the next", async () => {
    const asked = planner.plan(station);
    started[0]?.end();
    expect((await asked).lines).to.have.length(3 * 365);
    expect(errors).to.deep.equal(["planning.program-died"]);
    await planner.plan(station);
    expect(started).to.have.length(2);
    expect(errors).to.have.length(1);
  });

  it("refuses when it is closed, and what was asked before it was closed", async () => {
    const asked = [planner.plan(station), planner.plan(station)];
    const outcomes = Promise.allSettled(asked);
    planner.close();
    for (const outcome of await outcomes) expect(outcome.status).to.equal("rejected");
    const late = await planner.plan(station).catch((thrown: unknown) => thrown);
    expect(late).to.include({ code: "unavailable", reason: "closed" });
  });
});

describe("the planner in a program that does not behave", () => {
  const station = aStation({ schedules: [aSchedule("sang")] });
  function start() {
    const clock = new FakeClock();
    const links: { ended: number; tasks: number }[] = [];
    const planner = createPlannerApart({
      clock,
      log: silentLog,
      idleAfter: minutes(5),
      patience: minutes(2),
      start() {
        const link = { ended: 0, tasks: 0 };
        links.push(link);
        let die: (why: Error) => void = () => {};
        return {
          isAlive: () => link.ended === 0,
          work(task) {
            link.tasks += 1;
            // The first task of the first program hangs.
            if (links.length > 1 || link.tasks > 1) return Promise.resolve(workOut(task));
            return new Promise((_resolve, reject) => {
              die = reject;
            });
          },
          end() {
            link.ended += 1;
            die(new ProgramEnded("SIGKILL"));
          },
        };
      },
    });
    return { clock, links, planner };
  }

  it("ends it when it hangs, says so instead of hanging as well, and goes on with another", async () => {
    const { clock, links, planner } = start();
    const asked = planner.plan(station).catch((thrown: unknown) => thrown);
    clock.advance(120_000);
    expect(await asked).to.include({ code: "unavailable", reason: "hung" });
    expect((await planner.plan(station)).lines).to.have.length(1);
    expect(links.map(({ tasks }) => tasks)).to.deep.equal([1, 1]);
  });

  it("ends it when nobody asks for five minutes, and not while somebody does", async () => {
    const { clock, links, planner } = start();
    void planner.plan(station).catch(() => undefined);
    clock.advance(120_000);
    await new Promise(setImmediate);
    for (let time = 0; time < 3; time++) {
      await planner.plan(station);
      clock.advance(299_000);
    }
    expect(links[1]?.ended).to.equal(0);
    clock.advance(2000);
    expect(links[1]?.ended).to.equal(1);
  });
});
