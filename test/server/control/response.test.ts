import { expect } from "chai";
import type { Fault } from "../../../src/base/errors.js";
import type { Declaration } from "../../../src/domain/alert-level.js";
import { campaignDraftSchema, timesOf } from "../../../src/domain/campaign.js";
import { heldDays } from "../../../src/domain/dated.js";
import type { AnnouncementId, AreaId } from "../../../src/domain/ids.js";
import { localDate } from "../../../src/domain/local-time.js";
import { anAnnouncement, aPlaylist, aSchedule, aStation } from "../../support/a-station.js";
import { failureOf } from "../../support/failure-of.js";
import { openPaperStation } from "../../support/paper-station.js";

const HOUR = 3_600_000;
/** Monday 2026-11-23, half past six in the morning in Viet Nam. */
const MORNING = Date.UTC(2026, 10, 22, 23, 30);
const BY = { name: "chị Hoa" };
const reasonOf = async (attempt: Promise<unknown>) => ((await failureOf(attempt)) as Fault).reason;

describe("a response that lasts", () => {
  const open = () =>
    openPaperStation(
      aStation({
        levels: [{ name: "cap-2", title: "Cấp 2", rank: 2, schedules: ["nhac-lai"], suspends: ["van-nghe"] }],
        schedules: [aSchedule("nhac-lai", { at: ["10:00"] }), aSchedule("van-nghe", { at: ["17:00"] })],
        playlists: [
          aPlaylist("nhac-lai", [
            { kind: "announcement", announcement: "nhac-lai" },
            { kind: "announcement", announcement: "nhap" },
          ]),
        ],
        lengths: { "van-nghe": 60 },
        announcements: [
          anAnnouncement("nhac-lai", 30),
          anAnnouncement("bao-1", 20),
          anAnnouncement("bao-2", 20),
          anAnnouncement("nhap", 20, { approval: undefined }),
        ],
      }),
      { at: MORNING },
    );
  const draft = campaignDraftSchema.parse({
    ...{ id: "bao-so-5", title: "Bão số 5", targets: { areas: ["ward"] }, from: "2026-11-23", until: "2026-11-24" },
    ...{ window: { from: "07:00", to: "20:00" }, everyMinutes: 60, bulletin: "bao-1" },
  });

  it("tells before a level is put in force what the week gains, what it loses, and what is not ready", async () => {
    const house = await open();
    const level = { level: "cap-2", area: "ward" as AreaId };
    const { changes, total, unready } = await house.control.reviewLevel({
      ...{ kind: "declare", from: localDate("2026-11-24"), until: localDate("2026-11-25") },
      ...level,
    });
    expect(total).to.equal(4);
    expect(changes.map(({ kind, occurrence }) => `${kind} ${occurrence}`)).to.deep.equal([
      "added nhac-lai@20261124t030000z",
      "removed van-nghe@20261124t100000z",
      "added nhac-lai@20261125t030000z",
      "removed van-nghe@20261125t100000z",
    ]);
    expect(changes[0]?.words.vi).to.match(/^Thêm: .*10:00.*nhac-lai.*2 cụm loa/);
    expect(changes[1]?.words.vi).to.match(/^Bỏ: .*van-nghe/);
    expect(unready.map(({ vi }) => vi)).to.have.lengthOf(1);
    expect(unready[0]?.vi).to.include("nhap");

    // Nothing of it has happened.
    expect(house.control.declarations()).to.be.empty;
    await house.control.declare(
      { ...level, from: localDate("2026-11-23"), until: localDate("2026-11-25"), reason: "Dịch" },
      BY,
    );
    const ending = await house.control.reviewLevel({ kind: "end", ...level });
    expect(new Set(ending.changes.map(({ kind }) => kind))).to.deep.equal(new Set(["added", "removed"]));
    expect(await reasonOf(house.control.reviewLevel({ kind: "end", ...level, level: "cap-9" }))).to.equal(undefined);
  });

  it("ends a level when somebody says so, and keeps that it was in force until then", async () => {
    const house = await open();
    const level = { level: "cap-2", area: "ward" as AreaId, reason: "Dịch" };
    const [today, later] = [localDate("2026-11-23"), localDate("2026-11-25")];
    await house.control.declare({ ...level, from: today, until: later }, BY);
    await house.pass(2 * HOUR);
    await house.control.endDeclaration("cap-2", level.area, { name: "Ông Bình" });
    await house.pass(26 * HOUR);
    const started = house.speakers[0]
      ?.lines()
      .flatMap(({ event, announcements = [] }) => (event === "started" ? announcements : []));
    expect(started).to.deep.equal(["van-nghe"]);
    const [kept] = house.control.declarations();
    expect(kept).to.deep.include({ from: today, until: later, by: "chị Hoa" });
    expect(kept?.ended).to.deep.include({ by: "Ông Bình", on: today });
    expect(heldDays(kept as Declaration)).to.have.length(1);
    expect(((await failureOf(house.control.endDeclaration("cap-2", level.area, BY))) as Fault).code).to.equal(
      "not-found",
    );
  });

  it("keeps the former end when the same level is put in force again on the same day", async () => {
    const house = await open();
    const level = { level: "cap-2", area: "ward" as AreaId, reason: "Dịch" };
    const dates = { from: localDate("2026-11-23"), until: localDate("2026-11-25") };
    await house.control.declare({ ...level, ...dates }, BY);
    await house.control.endDeclaration("cap-2", level.area, { name: "Ông Bình" });
    await house.control.declare({ ...level, ...dates, reason: "Lại có dịch" }, BY);
    await house.control.declare({ ...level, ...dates, reason: "Lại có dịch", until: localDate("2026-11-26") }, BY);

    const told = () => house.control.declarations().map(({ until, ended }) => [until, ended?.by]);
    expect(told()).to.deep.equal([
      ["2026-11-25", "Ông Bình"],
      ["2026-11-26", undefined],
    ]);
    await house.control.endDeclaration("cap-2", level.area, { name: "Bà Tư" });
    await house.control.declare({ ...level, ...dates }, BY);
    expect(told()).to.deep.equal([
      ["2026-11-25", "Ông Bình"],
      ["2026-11-26", "Bà Tư"],
      ["2026-11-25", undefined],
    ]);
  });

  it("puts no level in force for days that are over, and lets one that runs end later than it was to", async () => {
    const house = await open();
    const level = { level: "cap-2", area: "ward" as AreaId, reason: "Dịch" };
    const declare = (from: string, until: string) =>
      house.control.declare({ ...level, from: localDate(from), until: localDate(until) }, BY);
    expect(await reasonOf(declare("2026-11-22", "2026-11-25"))).to.equal("day-over");
    await declare("2026-11-23", "2026-11-24");
    await house.pass(24 * HOUR);
    await declare("2026-11-23", "2026-11-26");
    expect(house.control.declarations().map(({ until }) => until)).to.deep.equal(["2026-11-26"]);
    expect(await reasonOf(declare("2026-11-23", "2026-11-23"))).to.equal("day-over");

    const wish = (from: string, until: string, area = "ward") =>
      house.control.reviewLevel({
        ...{ kind: "declare", level: "cap-2", area: area as AreaId },
        ...{ from: localDate(from), until: localDate(until) },
      });
    expect(await reasonOf(wish("2026-11-22", "2026-11-25"))).to.equal("day-over");
    expect(((await failureOf(wish("2026-11-24", "2026-11-25", "khong-co"))) as Fault).code).to.equal("not-found");
    const { changes } = await wish("2026-11-23", "2026-11-25");
    expect(changes.map(({ kind, occurrence }) => `${kind} ${occurrence}`)).to.deep.equal([
      "removed nhac-lai@20261126t030000z",
      "added van-nghe@20261126t100000z",
    ]);
  });

  it("says the newest bulletin every hour of its window, until a newer one comes and until its end", async () => {
    const house = await open();
    const started = () =>
      house.speakers[0]?.lines().flatMap(({ event, announcements = [] }) => (event === "started" ? announcements : []));
    expect(timesOf(draft)).to.have.lengthOf(13);
    await house.control.startCampaign(draft, BY);
    await house.pass(2 * HOUR);
    expect(started()).to.deep.equal(["bao-1", "bao-1"]);

    expect(await reasonOf(house.control.setBulletin("bao-so-5", "nhap" as AnnouncementId, BY))).to.equal(
      "not-approved",
    );
    await house.control.setBulletin("bao-so-5", "bao-2" as AnnouncementId, BY);
    await house.pass(HOUR);
    expect(started()).to.deep.equal(["bao-1", "bao-1", "bao-2"]);

    await house.control.endCampaign("bao-so-5", BY);
    await house.pass(2 * HOUR);
    expect(started()).to.deep.equal(["bao-1", "bao-1", "bao-2"]);
    expect(house.control.campaigns()).to.be.empty;
    expect(house.disk.asRun.events.map(({ kind }) => kind)).to.include.members(["campaign.started", "campaign.ended"]);
  });

  it("keeps the quiet hours, and nothing of a campaign that may not be planned", async () => {
    const house = await open();
    const night = { ...draft, window: { from: "20:00" as never, to: "23:00" as never } };
    expect(await reasonOf(house.control.startCampaign(night, BY))).to.equal("quiet-hours");
    expect(house.control.campaigns()).to.be.empty;
    expect(house.control.playlists().map(({ value }) => value.id)).to.not.include("chien-dich-bao-so-5");
  });
});
