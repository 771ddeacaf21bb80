import { expect } from "chai";
import type { ReceiverView } from "../../../src/server/api/views.js";
import { bytesText, machineFacts, saidAgo } from "../../../src/web/panel/loudspeakers/machine.js";
import { language } from "../../../src/web/panel/words/language.js";

const NOW = Date.parse("2026-11-23T01:00:00Z");
const said = {
  ...{
    now: [],
    volume: 60.4,
    muted: false,
    bufferMs: 1_540,
    late: 2,
    underruns: 3,
    clock: "trusted",
    clockErrorUs: 2_400,
  },
  ...{ sink: "ok", at: new Date(NOW - 120_000).toISOString() },
};
const health = {
  ...{
    clockSource: "ntp",
    diskFreeBytes: 2_140_000_000,
    diskTotalBytes: 7_400_000_000,
    temperatureC: 51.52,
    load: 0.354,
  },
  ...{ signalDbm: -101, receivedBytes: 12_300_000, sentBytes: 999, uptimeS: 93_784, version: "1.4.0" },
};
const view = (more: object) => ({ connected: true, ...more }) as unknown as ReceiverView;

describe("the page of a loudspeaker, about its machine", () => {
  afterEach(() => {
    language.value = "vi";
  });

  it("has every figure in words with its unit, in both languages", () => {
    const facts = () => machineFacts(view({ reported: said, health }));
    language.value = "vi";
    expect(facts()).to.deep.equal([
      ["Âm lượng loa báo", "60 %"],
      ["Đầu ra âm thanh", "chạy tốt"],
      ["Âm thanh chờ sẵn", "1,5 giây"],
      ["Hụt tiếng", "3 lần, 2 đoạn đến muộn, từ khi chương trình chạy"],
      ["Sai giờ", "nhiều nhất 2,4 mili giây"],
      ["Lấy giờ từ", "mạng (NTP)"],
      ["Ổ đĩa", "còn trống 2,1 GB trên 7,4 GB"],
      ["Nhiệt độ", "51,5 °C"],
      ["Tải của máy", "35 % mỗi nhân trong phút qua"],
      ["Sóng di động", "-101 dBm"],
      ["Dữ liệu mạng", "nhận 12,3 MB, gửi 1 kB, từ khi chương trình chạy"],
      ["Máy đã chạy", "26 giờ 3 phút 4 giây"],
      ["Phiên bản", "1.4.0"],
    ]);
    language.value = "en";
    expect(facts().map(([name]) => name)).to.deep.equal([
      ...["Volume by its own word", "Sound output", "Sound held ready", "Ran dry", "Clock error", "Time from", "Disk"],
      ...["Temperature", "Load", "Mobile signal", "Network data", "Machine has run for", "Version"],
    ]);
  });

  it("says that it is muted, that its output failed and that it trusts no time, and leaves out what it cannot read", () => {
    const facts = machineFacts(
      view({ reported: { ...said, muted: true, sink: "failed", clock: "untrusted" }, software: "loa-relay 1" }),
    );
    expect(facts.map(([, value]) => value)).to.include.members([
      "đang tắt tiếng",
      "hỏng, không ra tiếng",
      "loa-relay 1",
    ]);
    expect(facts.find(([name]) => name === "Sai giờ")?.[1]).to.include("chưa tin giờ");
    expect(facts).to.have.length(6);
  });

  it("says how old that is, and of one that is away that it may be otherwise by now", () => {
    expect(saidAgo(view({ reported: said }), NOW)).to.equal("Loa báo 2 phút trước.");
    // Of one that is away the station keeps its machine, and no longer what it sounded.
    const gone = view({ connected: false, health, lastSeen: new Date(NOW - 60_000).toISOString() });
    expect(saidAgo(gone, NOW)).to.include("liên lạc lần cuối 1 phút trước").and.include("có thể đã khác");
    expect(machineFacts(gone).map(([name]) => name))
      .to.include.members(["Ổ đĩa", "Máy đã chạy"])
      .and.have.length(8);
    expect(machineFacts(view({}))).to.deep.equal([]);
    expect(saidAgo(view({}), NOW)).to.include("chưa báo gì");
  });

  it("writes bytes in the unit that people buy them in", () => {
    expect([0, 999, 1_000, 999_949, 1_500_000, 4e12].map(bytesText)).to.deep.equal([
      ...["0 kB", "1 kB", "1 kB", "999,9 kB", "1,5 MB", "4 TB"],
    ]);
  });
});
