import { expect } from "chai";
import type { Fault } from "../../../src/base/errors.js";
import type { PackId } from "../../../src/domain/emergency-pack.js";
import type { ReceiverId } from "../../../src/domain/ids.js";
import type { AccountId, Person } from "../../../src/domain/person.js";
import type { Targets } from "../../../src/domain/schedule.js";
import { anAnnouncement, aStation } from "../../support/a-station.js";
import { failureOf } from "../../support/failure-of.js";
import { openPaperStation, type PaperStation } from "../../support/paper-station.js";

const MINUTE = 60_000;
/** Monday 2026-11-23, ten in the morning and eleven at night in Viet Nam. */
const MORNING = Date.UTC(2026, 10, 23, 3);
const NIGHT = Date.UTC(2026, 10, 23, 16);

const person = (name: string, session: string): Person => ({
  name,
  account: name as AccountId,
  session,
  factor: "totp",
});
const hoa = person("hoa", "s-1");
const minh = person("minh", "s-2");

const AREAS = [
  { id: "tinh", name: "Tỉnh", kind: "province" },
  { id: "xuan-huong", name: "Phường Xuân Hương", kind: "ward", parent: "tinh" },
  { id: "cam-ly", name: "Phường Cam Ly", kind: "ward", parent: "tinh" },
  { id: "thu-nghiem", name: "Nơi thử", kind: "test", parent: "tinh" },
];
const RECEIVERS = [
  { id: "xh-1", name: "Cột 1", area: "xuan-huong", kind: "fixed" },
  { id: "xh-2", name: "Cột 2", area: "xuan-huong", kind: "fixed" },
  { id: "cl-1", name: "Cột 3", area: "cam-ly", kind: "fixed" },
  { id: "thu-1", name: "Loa thử", area: "thu-nghiem", kind: "fixed" },
];
const to = (...areas: string[]): Targets => ({
  areas: areas as never,
  receivers: [],
  except: [],
  kinds: ["fixed", "van"],
});
const WARD = to("xuan-huong");
const CITY = to("tinh");

describe("alerts", () => {
  let house: PaperStation;

  /** What each loudspeaker began to sound. */
  const heard = () =>
    house.speakers.map((speaker) =>
      speaker
        .lines()
        .flatMap(({ event, announcements = [] }) => (event === "started" ? [announcements.join("+")] : [])),
    );

  const open = async (at: number, more: object = {}) => {
    const emergency = { class: "emergency" };
    house = await openPaperStation(
      aStation({
        areas: AREAS,
        receivers: RECEIVERS,
        policies: [{ area: "tinh" }, { area: "thu-nghiem", quiet: [] }],
        announcements: [
          anAnnouncement("lu", 20, emergency),
          anAnnouncement("lu-sua", 10, emergency),
          anAnnouncement("lu-yen", 10, emergency),
          anAnnouncement("dien-tap", 5),
          anAnnouncement("nhap", 10, { ...emergency, approval: undefined }),
        ],
      }),
      { at },
    );
    const pack = { alert: "lu", correction: "lu-sua", allClear: "lu-yen", exercise: "dien-tap", ...more };
    await house.control.putEmergencyPack({ id: "lu-quet" as PackId, title: "Lũ quét", ...pack } as never, {
      expected: undefined,
      by: hoa,
    });
    await house.pass(5_000);
  };
  const give = (targets: Targets, isExercise = false, by = hoa) =>
    house.control.giveAlert({ pack: "lu-quet" as PackId, targets, isExercise }, by);
  const reasonOf = async (attempt: Promise<unknown>) => ((await failureOf(attempt)) as Fault).reason;

  it("sound at once inside a ward, and again until the all-clear, which sounds where they did", async () => {
    await open(MORNING, { repeat: { everyMinutes: 5, forMinutes: 60 } });
    const { id, stage, ordered } = await give(WARD);
    expect([stage, ordered]).to.deep.equal(["given", 2]);
    await house.pass(11 * MINUTE);
    expect(heard()).to.deep.equal([["lu", "lu", "lu"], ["lu", "lu", "lu"], [], []]);
    expect(house.control.alert(id)).to.include({ heard: 2, ordered: 2 });

    const ended = await house.control.endAlert(id, "all-clear", minh);
    expect(ended).to.deep.include({ stage: "ended" });
    await house.pass(30 * MINUTE);
    expect(heard().map((said) => said.slice(3))).to.deep.equal([["lu-yen"], ["lu-yen"], [], []]);
    expect(await reasonOf(house.control.endAlert(id, "correction", minh))).to.equal("ended");
  });

  it("keep every part of their pack: none can be removed while the pack holds it", async () => {
    await open(MORNING);
    const remove = (id: string) => house.control.removeAnnouncement(id as never, { expected: undefined, by: hoa });
    for (const part of ["lu", "lu-sua", "lu-yen", "dien-tap"]) {
      const refused = (await failureOf(remove(part))) as Fault;
      expect(refused.reason).to.equal("in-use");
      expect(refused.words.vi).to.contain("gói khẩn cấp: Lũ quét");
    }
    await remove("nhap");
  });

  it("wait for a second person when they reach beyond a ward, and lapse without one", async () => {
    await open(MORNING);
    const { id, stage, needs } = await give(CITY);
    expect([stage, needs]).to.deep.equal(["awaiting", ["beyond-one-ward"]]);
    expect(await reasonOf(house.control.confirmAlert(id, hoa))).to.equal("second-person");
    expect(await reasonOf(house.control.confirmAlert(id, { ...minh, session: "s-1" }))).to.equal("second-person");
    await house.pass(2 * MINUTE + 2_000);

    expect(await reasonOf(house.control.confirmAlert(id, minh))).to.equal("not-awaiting");
    expect(await reasonOf(house.control.breakGlass(id, "không gọi được ai", hoa))).to.equal("not-awaiting");
    expect(house.control.alert(id).stage).to.equal("lapsed");
    expect(heard()).to.deep.equal([[], [], [], []]);
  });

  it("sound everywhere when a second person stands by them on another device", async () => {
    await open(MORNING);
    const { id } = await give(CITY);
    await house.pass(MINUTE);
    await house.control.confirmAlert(id, minh);
    await house.pass(10_000);
    expect(heard()).to.deep.equal([["lu"], ["lu"], ["lu"], ["lu"]]);
  });

  it("need a second person at night, or a broken glass with its reason in the log", async () => {
    await open(NIGHT);
    const { id, needs } = await give(WARD);
    expect(needs).to.deep.equal(["night"]);
    await house.pass(10_000);
    expect(heard().flat()).to.be.empty;
    await house.control.breakGlass(id, "Nước lên nhanh, không gọi được lãnh đạo", hoa);
    await house.pass(10_000);
    expect(heard()).to.deep.equal([["lu"], ["lu"], [], []]);
    expect(house.control.alert(id).brokenGlass).to.include({ by: "hoa" });
    expect(house.disk.asRun.events.map(({ kind }) => kind)).to.include("alert.glass-broken");
  });

  it("cannot be given while their way back is not ready", async () => {
    await open(MORNING, { correction: "nhap" });
    expect(await reasonOf(give(WARD))).to.equal("pack-not-ready");
    await house.pass(10_000);
    expect(heard().flat()).to.be.empty;
    expect(house.control.emergencyPack("lu-quet" as PackId).value.problems.map(({ part }) => part)).to.deep.equal([
      "correction",
    ]);
  });

  it("are rehearsed in places for tests alone, and say that it is an exercise", async () => {
    await open(MORNING);
    await give(CITY, true);
    await house.pass(40_000);
    expect(heard()).to.deep.equal([[], [], [], ["dien-tap+lu"]]);
    expect(await reasonOf(give(WARD, true))).to.equal("no-receiver");
  });

  it("cannot be rehearsed without a word that says so", async () => {
    await open(MORNING, { exercise: undefined });
    expect(await reasonOf(give(CITY, true))).to.equal("no-exercise");
  });

  it("end with every stop that reaches them, in part or whole", async () => {
    await open(MORNING, { repeat: { everyMinutes: 5, forMinutes: 60 } });
    const { id } = await give(WARD);
    await house.pass(6 * MINUTE);
    await house.control.stop({ kind: "receivers", receivers: ["xh-1" as ReceiverId] }, minh);
    await house.pass(5 * MINUTE);
    expect(heard().slice(0, 2)).to.deep.equal([
      ["lu", "lu"],
      ["lu", "lu", "lu"],
    ]);
    await house.control.stop({ kind: "all" }, minh);
    await house.pass(20 * MINUTE);
    expect(heard().slice(0, 2)).to.deep.equal([
      ["lu", "lu"],
      ["lu", "lu", "lu"],
    ]);
    expect(house.control.alert(id)).to.deep.include({ stage: "ended" });
    expect(house.control.alert(id).ended).to.include({ how: "stopped", by: "minh" });

    // Whoever stops a false alarm still has to take it back, wherever it was heard.
    await house.control.endAlert(id, "correction", hoa);
    await house.pass(10_000);
    expect(
      heard()
        .slice(0, 2)
        .map((said) => said.at(-1)),
    ).to.deep.equal(["lu-sua", "lu-sua"]);
    expect(await reasonOf(house.control.endAlert(id, "all-clear", hoa))).to.equal("ended");
  });

  it("are said once, at once, when the station was down, and go on in their rhythm", async () => {
    await open(MORNING, { repeat: { everyMinutes: 5, forMinutes: 60 } });
    await give(WARD);
    await house.pass(MINUTE);
    await house.restart(12 * MINUTE);
    await house.pass(MINUTE);
    expect(heard()[0]).to.deep.equal(["lu", "lu"]);
    await house.pass(2 * MINUTE);
    expect(heard()[0]).to.deep.equal(["lu", "lu", "lu"]);
  });

  it("take the place of an emergency by hand where one person is not enough", async () => {
    await open(NIGHT);
    const byHand = house.control.playNow(
      {
        content: { kind: "announcement", announcement: "lu" as never },
        targets: WARD,
        class: "emergency",
        confirmedBy: "hoa",
      },
      hoa,
    );
    expect(await reasonOf(Promise.resolve(byHand))).to.equal("second-person");
  });
});
