import { expect } from "chai";
import { explain, explainText } from "../../src/domain/explain.js";
import { localDate } from "../../src/domain/local-time.js";
import { plan } from "../../src/domain/plan.js";
import { clockTime, dateWords, lengthWords } from "../../src/domain/plan-words.js";
import { aSchedule, aStation } from "../support/a-station.js";

describe("explain", () => {
  const policies = [{ golden: [{ from: "17:00", to: "18:00" }] }];
  const schedules = [
    aSchedule("tiep-song", { title: "Tiếp sóng", class: "priority" }),
    aSchedule("tiem-chung", { title: "Tiêm chủng", at: ["17:05"] }),
  ];
  const input = aStation({
    schedules,
    policies,
    lengths: { "tiep-song": 1800, "tiem-chung": 60 },
    until: "2026-11-25",
  });

  it("tells each day under its date and zone", () => {
    const days = explain(plan(input), input.zone);
    expect(days.map(({ heading }) => heading.vi)).to.deep.equal([
      "Thứ Hai 23/11/2026 (múi giờ Asia/Ho_Chi_Minh)",
      "Thứ Ba 24/11/2026 (múi giờ Asia/Ho_Chi_Minh)",
    ]);
    expect(days[0]?.lines.map(({ vi }) => vi)).to.deep.equal([
      '17:00–17:30 "Tiếp sóng" [ưu tiên, 2 cụm loa, giờ vàng]',
      '✗ [thông thường, 2 cụm loa]: 17:05 "Tiêm chủng" chờ "Tiếp sóng" xong lúc 17:30, quá 10 phút cho phép nên không phát',
    ]);
  });

  it("is one text in either language, and says when there is nothing", () => {
    expect(explainText(plan(input), input.zone, "en").split("\n").slice(0, 2)).to.deep.equal([
      "Monday 2026-11-23 (zone Asia/Ho_Chi_Minh)",
      '  17:00–17:30 "Tiếp sóng" [priority, 2 receivers, golden hour]',
    ]);
    const empty = { ...plan(input), lines: [] };
    expect(explainText(empty, input.zone, "vi")).to.equal("Không có lượt phát nào (múi giờ Asia/Ho_Chi_Minh).");
  });

  it("writes hours, lengths and days as people do", () => {
    expect(clockTime(input.zone, input.from)).to.equal("00:00");
    expect(lengthWords(90_000)).to.deep.equal({ vi: "1,5 phút", en: "1.5 min" });
    expect(lengthWords(20_000)).to.deep.equal({ vi: "20 giây", en: "20 s" });
    expect(dateWords(localDate("2026-11-29")).vi).to.equal("Chủ Nhật 29/11/2026");
  });
});
