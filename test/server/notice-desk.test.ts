import { expect } from "chai";
import { areaId, receiverId } from "../../src/domain/ids.js";
import { localTime } from "../../src/domain/local-time.js";
import type { Notice } from "../../src/domain/notice.js";
import { zoneOf } from "../../src/domain/zone.js";
import { createNoticeDesk, type NoticeDeskParts } from "../../src/server/notice-desk.js";
import { FakeClock } from "../support/fake-clock.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe("what is worth a notice", () => {
  let clock: FakeClock;
  let posted: Notice[];
  let talks: ReturnType<NoticeDeskParts["talks"]>;
  const marks = new Map<string, number>();
  beforeEach(() => {
    // 17:00 on the 21st in Đà Lạt.
    clock = new FakeClock(Date.UTC(2026, 10, 21, 10));
    posted = [];
    talks = [];
    marks.clear();
  });
  const open = () =>
    createNoticeDesk({
      post: (notice) => void posted.push(notice),
      ...{ now: () => clock.date(), zone: zoneOf("Asia/Ho_Chi_Minh"), digestAt: localTime("06:30") },
      talks: () => talks,
      nameOf: (receiver) => `Loa ${receiver}`,
      digest: async () => ({ vi: "Mọi lượt phát đều đã phát trọn.", en: "" }),
      reports() {
        const today = new Date(clock.date() + 7 * HOUR).toISOString().slice(0, 10);
        const stage =
          today < "2026-11-23" ? "open" : today < "2026-11-25" ? "draft" : today > "2026-11-25" ? "late" : "due";
        const month = (shown: string) => ({
          words: { vi: `tháng 11: ${shown}`, en: "" },
          draftOn: "2026-11-23",
          dueOn: "2026-11-25",
        });
        return [
          { ...month(stage), stage },
          { ...month("đã nộp"), stage: "submitted" },
        ];
      },
      marks: { at: (id) => marks.get(id), note: (id, at) => void marks.set(id, at) },
    });
  const words = { vi: "Mất liên lạc.", en: "No connection." };
  const alarm = { receiver: receiverId("cot-1"), area: areaId("phuong"), times: 1, words };
  const titles = () => posted.map(({ kind, title }) => `${kind} ${title.vi}`);
  const go = async (desk: ReturnType<typeof open>, length: number) => {
    for (let passed = 0; passed < length; passed += 10 * MINUTE) {
      await desk.look();
      clock.advance(10 * MINUTE);
    }
  };

  it("is an alarm when it opens, with its place; not when it comes again or is acknowledged", () => {
    const desk = open();
    desk.onChange({ kind: "alarm", alarm });
    desk.onChange({ kind: "alarm", alarm: { ...alarm, times: 2 } });
    desk.onChange({ kind: "alarm", alarm: { ...alarm, acknowledgedAt: "2026-11-21T10:00:00Z" } });
    desk.onChange({ kind: "stale" });
    expect(posted).to.deep.equal([
      {
        ...{ kind: "alarm", at: clock.date(), area: "phuong", text: words },
        title: { vi: "Cảnh báo: Loa cot-1", en: "Alarm: Loa cot-1" },
      },
    ]);
  });

  it("is an alert at each of its stages, once, with the reason of a broken glass; never an exercise", () => {
    const desk = open();
    const alert = { id: "a1", title: "Lũ quét", stage: "awaiting", isExercise: false, askedBy: { by: "chị Hoa" } };
    const brokenGlass = { by: "chị Hoa", reason: "nước lên nhanh" };
    for (const change of [
      alert,
      alert,
      { ...alert, stage: "given", brokenGlass },
      { ...alert, id: "a2", isExercise: true },
    ])
      desk.onChange({ kind: "alert", alert: change });
    expect(titles()).to.deep.equal([
      "emergency KHẨN: «Lũ quét» chờ người thứ hai xác nhận",
      "emergency PHÁ KÍNH: «Lũ quét» do một người phát",
    ]);
    expect(posted[1]?.text?.vi).to.include("nước lên nhanh");
  });

  it("is a live voice for which glass was broken, once and while it speaks; not one that needed nobody else", () => {
    const talk = (reason: string, more: object = {}) => ({
      ...{ occurrence: `micro-${clock.advance(1000)}`, at: clock.date(), reason, ...more },
    });
    const brokenGlass = { by: "chị Hoa", reason: "nước lên nhanh" };
    talks = [talk("Từ lần chạy trước", { brokenGlass })];
    const desk = open();
    talks = [talk("Sơ tán", { brokenGlass }), ...talks];
    desk.onChange({ kind: "stale", what: "talks" });
    talks = [talk("Tìm trẻ lạc"), ...talks];
    desk.onChange({ kind: "stale", what: "talks" });
    expect(titles()).to.deep.equal(["emergency PHÁ KÍNH: «Sơ tán» do một người phát nói trực tiếp"]);
    expect(posted[0]?.text?.vi).to.equal("chị Hoa phát một mình. Lý do: nước lên nhanh");
  });

  it("is an announcement that waits for an approval, once for each version", () => {
    const desk = open();
    const tell = (stage: string, version: string) =>
      desk.onChange({ kind: "announcement", announcement: { id: "a", title: "Cúp nước", stage, version } });
    for (const [stage, version] of [
      ...[
        ["draft", "1"] as const,
        ["submitted", "1"] as const,
        ["submitted", "1"] as const,
        ["returned", "1"] as const,
      ],
      ...[["submitted", "2"] as const, ["approved", "2"] as const],
    ])
      tell(stage, version);
    expect(titles()).to.deep.equal(["approval Chờ duyệt: «Cúp nước»", "approval Chờ duyệt: «Cúp nước»"]);
  });

  it("is the report on the day of its draft, on its last day and each day after, and a digest each morning", async () => {
    await go(open(), 6 * DAY);
    const told = titles().filter((title) => !title.startsWith("digest"));
    expect(told).to.deep.equal([
      "report tháng 11: draft",
      "report tháng 11: due",
      "report tháng 11: late",
      "report tháng 11: late",
    ]);
    expect(titles().filter((title) => title === "digest Tóm tắt buổi sáng")).to.have.length(6);
    expect(posted[0]?.text?.vi).to.equal("Mọi lượt phát đều đã phát trọn.");
  });

  it("is told once over restarts, and late after a morning without power", async () => {
    await go(open(), 14 * HOUR);
    await go(open(), HOUR);
    expect(titles()).to.deep.equal(["digest Tóm tắt buổi sáng"]);
    clock.advance(30 * HOUR);
    await open().look();
    expect(titles()).to.have.length(3);
  });

  it("is a backup that failed and a certificate that ends", () => {
    const desk = open();
    desk.onTrouble({ kind: "backup-failed", since: 0, words });
    desk.onTrouble({ kind: "certificate-ending", since: 0, words });
    expect(posted.map(({ kind, text }) => [kind, text])).to.deep.equal([
      ["backup", words],
      ["certificate", words],
    ]);
  });
});
