import { expect } from "chai";
import { announcementId } from "../../src/domain/ids.js";
import { MAX_RECEIVER_MESSAGE, MAX_REPORT_LINES } from "../../src/protocol/limits.js";
import { encodeMessage, type JournalLine, parseReceiverMessage } from "../../src/protocol/messages.js";
import { nextReport } from "../../src/protocol/report.js";

const line = (seq: number, more: Partial<JournalLine> = {}): JournalLine => ({
  seq,
  event: "finished",
  cue: "sang-5k@20261123t231000z",
  at: 1_795_428_600_000_000,
  ...more,
});
const lines = (count: number, more: Partial<JournalLine> = {}) =>
  Array.from({ length: count }, (_, index) => line(index + 1, more));
const bytesOf = (report: ReturnType<typeof nextReport>) => Buffer.byteLength(encodeMessage(report));

describe("nextReport", () => {
  it("takes the oldest lines, as many as a report may hold", () => {
    expect(nextReport("j", lines(3)).p).to.deep.equal({ journal: "j", lines: lines(3) });
    expect(nextReport("j", lines(500)).p.lines).to.deep.equal(lines(MAX_REPORT_LINES));
    expect(nextReport("j", []).p.lines).to.deep.equal([]);
  });

  it("stays within a frame when lines are long", () => {
    const announcements = Array.from({ length: 40 }, (_, n) => announcementId(`ban-tin-${n}-${"x".repeat(40)}`));
    const report = nextReport("j", lines(200, { announcements }));

    expect(report.p.lines.length).to.be.within(20, 100);
    expect(bytesOf(report)).to.be.at.most(MAX_RECEIVER_MESSAGE);
    expect(
      bytesOf({ t: "report", p: { journal: "j", lines: lines(report.p.lines.length + 1, { announcements }) } }),
    ).to.be.greaterThan(MAX_RECEIVER_MESSAGE - 2_000);
    expect(parseReceiverMessage(encodeMessage(report))).to.deep.equal(report);
  });

  it("counts bytes and not letters", () => {
    const report = nextReport("ờ".repeat(64), lines(200, { cue: "ờ".repeat(100), why: "\u0001".repeat(48) }));
    expect(bytesOf(report)).to.be.at.most(MAX_RECEIVER_MESSAGE);
    expect(report.p.lines.length).to.be.lessThan(MAX_REPORT_LINES);
  });

  it("sends the longest line there can be, so that none blocks the journal for ever", () => {
    const announcements = Array.from({ length: 200 }, () => announcementId("x".repeat(64)));
    const report = nextReport("j", [line(1, { announcements, cue: "\u0001".repeat(100) }), line(2)]);
    expect(report.p.lines).to.have.length(2);
    expect(bytesOf(report)).to.be.at.most(MAX_RECEIVER_MESSAGE);
  });
});
