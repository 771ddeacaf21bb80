import { expect } from "chai";
import { areaId } from "../../src/domain/ids.js";
import { type Happening, violations } from "./history.js";

describe("the history checker", () => {
  const place = { zone: "Asia/Ho_Chi_Minh", areas: [areaId("xuan-huong")], sensitive: false, policies: [] };
  /** 09:00 and 02:00 in Viet Nam. */
  const morning = Date.UTC(2026, 10, 23, 2, 0);
  const night = Date.UTC(2026, 10, 22, 19, 0);
  const started = (at: number, fields: object = {}): Happening => ({
    kind: "started",
    at,
    receiver: "loa-1",
    cue: "sang",
    class: "ordinary",
    announcements: ["tin"],
    confirmed: false,
    lateMs: 0,
    ...fields,
  });
  const ended = (at: number, cue = "sang"): Happening => ({ kind: "ended", at, receiver: "loa-1", cue });
  const approved: Happening = { kind: "approved", at: 0, announcement: "tin" };
  const ordered = (cue: string, fields: object = {}): Happening => ({
    ...{ kind: "ordered", at: 0, cue, receivers: "all" },
    ...fields,
  });
  const orders = [ordered("sang"), ordered("trua"), ordered("chieu")];
  const judge = (...happenings: Happening[]) => violations(happenings, { placeOf: () => place });
  const check = (...happenings: Happening[]) => judge(...orders, ...happenings);

  it("finds nothing in a clean run", () => {
    expect(check(approved, started(morning), ended(morning + 5000))).to.deep.equal([]);
  });

  it("sees a sound in quiet hours, unless an emergency was confirmed", () => {
    expect(check(approved, started(night)).join()).to.match(/^R1/);
    expect(check(approved, started(night, { class: "emergency" })).join()).to.match(/^R1/);
    expect(check(approved, started(night, { class: "emergency", confirmed: true }))).to.deep.equal([]);
  });

  it("sees what was not approved, or was recalled", () => {
    expect(check(started(morning)).join()).to.match(/^R2/);
    const recalled: Happening = { kind: "recalled", at: morning - 1, announcement: "tin", receivers: ["loa-1"] };
    expect(check(approved, recalled, started(morning)).join()).to.match(/^R3/);
  });

  it("takes what a loudspeaker sounded for over when its program is killed", () => {
    const killed: Happening = { kind: "killed", at: morning + 1000, receiver: "loa-1" };
    const other = started(morning + 2000, { cue: "chieu" });
    expect(check(approved, started(morning), killed, other)).to.deep.equal([]);
    expect(check(approved, started(morning), other)).to.deep.equal(["two at once at loa-1: sang and chieu"]);
  });

  it("sees a stop that is obeyed late", () => {
    const stop: Happening = { kind: "stop", at: morning + 1000, receivers: ["loa-1"] };
    expect(check(approved, started(morning), stop, ended(morning + 1900))).to.deep.equal([]);
    expect(check(approved, started(morning), stop, ended(morning + 2100)).join()).to.match(/^R3/);
  });

  it("sees a second start, a late start and two at once", () => {
    expect(check(approved, started(morning), ended(morning + 1), started(morning + 2)).join()).to.match(/twice/);
    expect(check(approved, started(morning, { lateMs: 121_000 })).join()).to.match(/late/);
    expect(check(approved, started(morning), started(morning + 10, { cue: "trua" })).join()).to.match(/two at once/);
  });

  it("takes what a loudspeaker wrote down a moment before its program was killed for never heard", () => {
    const killed: Happening = { kind: "killed", at: morning - 100, receiver: "loa-1" };
    const other = started(morning + 1000, { cue: "trua" });
    expect(check(approved, killed, started(morning), other)).to.deep.equal([]);
    const before: Happening = { ...killed, at: morning - 1000 };
    expect(check(approved, before, started(morning), other)).to.deep.equal(["two at once at loa-1: sang and trua"]);
  });

  it("takes what a killed loudspeaker had begun for over when its length has passed", () => {
    const first = started(morning, { lengthMs: 1_200 });
    const second = (after: number) => started(morning + after, { cue: "trua" });
    expect(check(approved, first, second(3_000), ended(morning + 3_100))).to.deep.equal([]);
    expect(check(approved, first, second(1_000), ended(morning + 3_100)).join()).to.match(/two at once/);
  });

  it("sees a stop of one sounding that is obeyed late, and leaves the others alone", () => {
    const stop = (cue: string): Happening => ({ kind: "stop", at: morning + 1000, receivers: ["loa-1"], cue });
    expect(check(approved, started(morning), stop("trua"), ended(morning + 9000))).to.deep.equal([]);
    expect(check(approved, started(morning), stop("sang"), ended(morning + 9000)).join()).to.match(/^R3/);
  });

  it("sees a stop that nobody tells the end of", () => {
    const stop: Happening = { kind: "stop", at: morning + 1000, receivers: ["loa-1"] };
    const later: Happening = { kind: "approved", at: morning + 60_000, announcement: "khac" };
    expect(check(approved, started(morning), stop, later).join()).to.match(/^R3.*never told/);
    expect(check(approved, started(morning, { lengthMs: 1_500 }), stop, later)).to.deep.equal([]);
  });

  it("sees a start later than its order allows", () => {
    const limited = ordered("sang", { lateMs: 500 });
    expect(judge(limited, approved, started(morning, { lateMs: 400 }))).to.deep.equal([]);
    expect(judge(limited, approved, started(morning, { lateMs: 5_000 })).join()).to.match(/^R4/);
  });

  it("sees sound that nobody ordered, or ordered for others, or ordered afterwards", () => {
    expect(judge(approved, started(morning)).join()).to.match(/^R5/);
    expect(judge(ordered("sang", { receivers: ["loa-2"] }), approved, started(morning)).join()).to.match(/^R5/);
    expect(judge(ordered("sang", { at: morning + 5_000 }), approved, started(morning)).join()).to.match(/^R5/);
    expect(check({ kind: "unordered", at: morning, receiver: "loa-1" }).join()).to.match(/^R5/);
  });

  it("knows the pips that a person ordered from sound that nobody did", () => {
    const heard: Happening = { kind: "sounded", at: morning + 300, until: morning + 2300, receiver: "loa-1" };
    const pip = (fields: object = {}): Happening => ({
      ...{ kind: "pip", at: morning, receivers: ["loa-1"], lengthMs: 2000, ...fields },
    });
    expect(judge(pip(), heard)).to.deep.equal([]);
    expect(judge(pip({ receivers: ["loa-2"] }), heard).join()).to.match(/^R5/);
    expect(judge(pip({ at: morning - 60_000 }), heard).join()).to.match(/^R5/);
  });

  it("sees samples outside of what the journal tells", () => {
    const sounded = (from: number, to: number): Happening => ({
      ...{ kind: "sounded", at: morning + from, until: morning + to, receiver: "loa-1" },
    });
    const run = [approved, started(morning), ended(morning + 5_000)];
    expect(check(...run, sounded(10, 4_990))).to.deep.equal([]);
    expect(check(...run, sounded(10, 7_000)).join()).to.match(/^R5/);
    expect(check(...run, sounded(-2_000, 1_000)).join()).to.match(/^R5/);
    const two = [...run, started(morning + 5_000, { cue: "trua" }), ended(morning + 9_000, "trua")];
    expect(check(...two, sounded(0, 9_000))).to.deep.equal([]);
    const apart = [...run, started(morning + 7_000, { cue: "trua" }), ended(morning + 9_000, "trua")];
    expect(check(...apart, sounded(0, 9_000)).join()).to.match(/^R5/);
  });

  it("sees a write that was acknowledged and is gone, and lets one that was on its way be either", () => {
    const write = (kind: "asked" | "acknowledged" | "found", at: number, value: string): Happening => ({
      ...{ kind, at, what: "volume", value },
    });
    const kept = [write("asked", 1, "41"), write("acknowledged", 2, "41")];
    expect(judge(...kept, write("found", 3, "41"))).to.deep.equal([]);
    expect(judge(...kept, write("found", 3, "40")).join()).to.match(/^R6/);
    expect(judge(...kept, { kind: "found", at: 3, what: "volume" }).join()).to.match(/^R6/);
    expect(judge(...kept).join()).to.match(/^R6: nobody looked/);
    const onTheWay = [...kept, write("asked", 3, "42")];
    expect(judge(...onTheWay, write("found", 4, "41"))).to.deep.equal([]);
    expect(judge(...onTheWay, write("found", 4, "42"))).to.deep.equal([]);
    expect(judge(...onTheWay, write("found", 4, "42"), write("found", 5, "41")).join()).to.match(/^R6/);
  });

  it("sees what is over without exactly one true result", () => {
    const told = (state: string): Happening => ({
      ...{ kind: "told", at: morning + 5_000, receiver: "loa-1", cue: "sang", state },
    });
    const result = (state: string): Happening => ({
      ...{ kind: "result", at: morning + 6_000, receiver: "loa-1", cue: "sang", state },
    });
    const closed: Happening = { kind: "closed", at: morning + 6_000, cue: "sang" };
    const sounded = [approved, started(morning, { lengthMs: 5_000 }), ended(morning + 5_000)];
    const run = [...sounded, told("played"), closed];
    expect(check(...run, result("played"))).to.deep.equal([]);
    expect(check(...run).join()).to.match(/^R7.*0 results/);
    expect(check(...run, result("played"), result("cut")).join()).to.match(/^R7.*2 results/);
    expect(check(...run, result("sounding")).join()).to.match(/^R7/);
    expect(check(...run, result("missed")).join()).to.match(/^R7/);
    expect(check(...run, result("unknown")).join()).to.match(/^R7/);
    expect(check(...run, told("played"), result("played")).join()).to.match(/^R7.*more than once/);
    expect(check(told("played"), closed, result("played")).join()).to.match(/^R7.*never began/);
    const due: Happening = { kind: "due", at: morning, receiver: "loa-1", cue: "sang" };
    const later: Happening = { kind: "closed", at: morning + 90_000, cue: "trua" };
    expect(check(due, later).join()).to.match(/^R7/);
    expect(check(due, { ...later, at: morning + 60_000 })).to.deep.equal([]);
  });
});
