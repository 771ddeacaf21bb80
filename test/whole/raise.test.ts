import { expect } from "chai";
import { epoch } from "../../src/base/units.js";
import type { AirtimeRaise } from "../../src/domain/airtime-raise.js";
import { addDays } from "../../src/domain/calendar.js";
import type { Report } from "../../src/domain/report.js";
import { zoneOf } from "../../src/domain/zone.js";
import type { RaiseReviewView } from "../../src/server/api/raise-routes.js";
import { aSchedule } from "../server/api/fake-control.js";
import { tone } from "../support/tones.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

const today = zoneOf("Asia/Ho_Chi_Minh").toLocal(epoch(Date.now())).date;
const [tomorrow, dayAfter] = [addDays(today, 1), addDays(today, 2)];

describe("the whole house, whose airtime is raised", function () {
  this.timeout(60_000);
  let house: WholeHouse;
  before(async () => {
    // A fiftieth of a minute: the announcement of two seconds does not fit.
    house = await openHouse({ policies: [{ area: "da-lat", quiet: [], quietSensitive: [], minutesPerDay: 0.02 }] });
    await house.addRelay("loa-1");
    await house.record("tin", tone(2, 700));
    await house.call("PUT", "/playlists/ds", {
      ...{ id: "ds", title: "Danh sách", items: [{ kind: "announcement", announcement: "tin" }] },
    });
    const targets = { areas: ["phuong"] };
    await house.call("PUT", "/schedules/sang", {
      ...aSchedule(),
      id: "sang",
      playlist: "ds",
      targets,
      start: tomorrow,
      rule: "FREQ=DAILY",
    });
  });
  after(() => house.close());

  const fates = async () => {
    const days = [tomorrow, dayAfter].map(async (from) => {
      const { lines } = await house.call<{ lines: { fate: string }[] }>("GET", `/rundown?from=${from}`);
      return lines.map(({ fate }) => fate).join();
    });
    return (await Promise.all(days)).join(" ");
  };
  const become = (wanted: string) =>
    eventually(`the rundown to say ${wanted}`, 20_000, async () => (await fates()) === wanted);
  const raise = {
    ...{ area: "da-lat", from: tomorrow, until: tomorrow, reason: "đợt dịch mới", document: "12/MAU-KH" },
    minutesPerDay: 1,
  };

  it("plans more on its day, of which it told before, and no more when it is ended", async () => {
    await become("dropped dropped");
    const review = await house.call<RaiseReviewView>("POST", "/airtime-raise-reviews", { kind: "raise", raise });
    expect(review.changes.map(({ kind }) => kind)).to.deep.equal(["added"]);
    expect(review.limits.map(({ areas, after: limits }) => [areas, limits])).to.deep.equal([
      [["da-lat", "phuong", "phuong-2"], { minutesPerDay: 1 }],
    ]);

    const { id } = await house.call<AirtimeRaise>("POST", "/airtime-raises", raise);
    await become("airs dropped");
    await house.restartServer();
    await become("airs dropped");

    await house.call("POST", `/airtime-raises/${id}/ending`, { reason: "dịch đã hết" });
    await become("dropped dropped");
    const kept = await house.call<AirtimeRaise[]>("GET", "/airtime-raises");
    expect(kept.map(({ ended }) => ended?.reason)).to.deep.equal(["dịch đã hết"]);
  });

  it("tells in the report of a raise that holds today, and by which document", async () => {
    const now = { ...raise, from: today, until: today };
    await house.call("POST", "/airtime-raises", now);
    const [{ month = "" } = {}] = await house.call<{ month: string }[]>("GET", "/reports");
    const { lifts } = await house.call<Report>("GET", `/reports/${month}?area=phuong`);
    expect(lifts.map(({ from, document, minutesPerDay }) => [from, document, minutesPerDay])).to.deep.equal([
      [today, "12/MAU-KH", 1],
    ]);
  });
});
