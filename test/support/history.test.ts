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
  const check = (...happenings: Happening[]) => violations(happenings, { placeOf: () => place });

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

  it("takes what a killed loudspeaker had begun for over when its length has passed", () => {
    const first = started(morning, { lengthMs: 1_200 });
    const second = (after: number) => started(morning + after, { cue: "trua" });
    expect(check(approved, first, second(3_000), ended(morning + 3_100))).to.deep.equal([]);
    expect(check(approved, first, second(1_000), ended(morning + 3_100)).join()).to.match(/two at once/);
  });
});
