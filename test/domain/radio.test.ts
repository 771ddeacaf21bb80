import { expect } from "chai";
import { scheduleId } from "../../src/domain/ids.js";
import { plan } from "../../src/domain/plan.js";
import { anAnnouncement, aPlaylist, aSchedule, aStation } from "../support/a-station.js";

const MINUTE = 60_000;
const slot = (more: object = {}) =>
  aSchedule("tiep-am", { radio: { source: "dai-tinh", lengthMs: 30 * MINUTE }, ...more });
const approvedSlots = [scheduleId("tiep-am")];

describe("a schedule that relays another station", () => {
  it("does not sound before its slot is approved, whatever is approved of its fallback", () => {
    const [line] = plan(aStation({ schedules: [slot()] })).lines;
    expect(line).to.deep.include({ fate: "dropped", reason: "not-approved", items: [] });
    expect(line?.explanation?.vi).to.equal('17:00 "tiep-am" khung tiếp âm chưa được duyệt nên không phát');
  });

  it("lasts as long as it says, longer than its fallback or shorter", () => {
    const [line] = plan(aStation({ schedules: [slot()], lengths: { "tiep-am": 90 }, approvedSlots })).lines;
    expect(line).to.include({ fate: "airs", radio: "dai-tinh" });
    expect((line?.end ?? 0) - (line?.start ?? 0)).to.equal(30 * MINUTE);
    expect(line?.items).to.have.length(1);
    const short = slot({ radio: { source: "dai-tinh", lengthMs: MINUTE } });
    const [cut] = plan(aStation({ schedules: [short], lengths: { "tiep-am": 90 }, approvedSlots })).lines;
    expect((cut?.end ?? 0) - (cut?.start ?? 0)).to.equal(MINUTE);
  });

  it("is relayed all the same where nothing of its fallback may sound", () => {
    const playlists = [aPlaylist("tiep-am", [{ kind: "announcement", announcement: "nhap" }])];
    const announcements = [anAnnouncement("nhap", 60, { approval: undefined })];
    const [line] = plan(aStation({ schedules: [slot()], lengths: {}, playlists, announcements, approvedSlots })).lines;
    expect(line).to.deep.include({ fate: "airs", radio: "dai-tinh", items: [] });
  });

  it("ends before quiet hours, at a whole minute", () => {
    const policies = [{ quiet: [{ from: "17:10", to: "18:00" }] }];
    const [line] = plan(aStation({ schedules: [slot()], policies, approvedSlots })).lines;
    expect(line?.fate).to.equal("cut");
    expect((line?.end ?? 0) - (line?.start ?? 0)).to.equal(10 * MINUTE);
  });

  it("takes its minutes from the budget of the day like anything that is heard", () => {
    const policies = [{ minutesPerDay: 20 }];
    const [line] = plan(aStation({ schedules: [slot()], policies, approvedSlots })).lines;
    expect(line).to.include({ fate: "dropped", reason: "day-minutes" });
  });
});
