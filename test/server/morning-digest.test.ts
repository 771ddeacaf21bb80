import { expect } from "chai";
import { occurrenceId } from "../../src/domain/ids.js";
import type { DigestItem } from "../../src/domain/night-digest.js";
import { morningDigest } from "../../src/server/morning-digest.js";

describe("the digest of a morning", () => {
  const at = Date.UTC(2026, 10, 22, 23, 30);
  const item = (title: string, byPlan = false): DigestItem => ({
    ...{ occurrence: occurrenceId("sang", at), title, unit: "phuong" as never, unitName: "Phường thử" },
    ...{ at: new Date(at).toISOString(), state: "missed", why: "no-audio", byPlan, receivers: [] },
    words: { vi: "không phát: âm thanh không đến kịp", en: "missed: no sound" },
    advice: { vi: "Kiểm tra đường truyền.", en: "Look at the line." },
  });
  const digest = (items: readonly DigestItem[]) =>
    morningDigest({
      night: {
        date: "2026-11-23" as never,
        from: "",
        until: "",
        items,
        receivers: 1,
        words: { vi: "Có lượt hỏng.", en: "Some failed." },
        upTo: {} as never,
      },
      ...{ receivers: { total: 3, connected: 2 }, alarms: 1, waitingApprovals: 4, lastBackupAt: at },
      waitingChimes: ["mo-dau.opus"],
      troubles: [{ kind: "backup-failed", since: 0, words: { vi: "Đĩa đầy.", en: "Disk full." } }],
      timeOf: (time) => new Date(time).toISOString().slice(11, 16),
    });

  it("says what failed and what to do, without what the rules gave up, and how the station is", () => {
    const { vi, en } = digest([item("Tin sáng"), item("Nhường", true)]);
    expect(vi.split("\n")).to.deep.equal([
      "Có lượt hỏng.",
      "- 23:30 «Tin sáng», Phường thử: không phát: âm thanh không đến kịp. Kiểm tra đường truyền.",
      "Loa đang kết nối: 2/3. Cảnh báo đang mở: 1. Bản tin chờ duyệt: 4.",
      "Nhạc hiệu chờ duyệt, chưa duyệt thì chưa phát: mo-dau.opus.",
      "Sao lưu gần nhất: 23:30.",
      "Đĩa đầy.",
    ]);
    expect(en).to.include("Look at the line.").and.include("Open alarms: 1.");
  });

  it("lists at most twenty, and stays as short as a notice may be", () => {
    const { vi } = digest(Array.from({ length: 400 }, (_, number) => item(`Tin ${number} ${"dài ".repeat(60)}`)));
    expect(vi.length).to.be.at.most(4000);
    expect(digest(Array.from({ length: 25 }, (_, number) => item(`Tin ${number}`))).vi).to.include(
      "và 5 trường hợp nữa",
    );
  });
});
