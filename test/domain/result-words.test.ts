import { expect } from "chai";
import { resultWords } from "../../src/domain/result-words.js";

describe("a result in words", () => {
  const zone = "Asia/Ho_Chi_Minh";
  it("says since when nothing is known, in the time of the station", () => {
    const since = Date.UTC(2026, 10, 23, 7, 5);
    expect(resultWords({ state: "unknown", why: "not-connected", since }, zone)).to.deep.equal({
      vi: "không rõ từ 14:05 23/11/2026, loa mất liên lạc",
      en: "unknown since 14:05 23/11/2026, the loudspeaker was away",
    });
  });
  it("names the reason and the person", () => {
    expect(resultWords({ state: "cut", why: "stopped", by: "Chị Hoa" }, zone).vi).to.equal(
      "đã phát dở dang, có người bấm dừng, bởi Chị Hoa",
    );
  });
  it("gives a code that it has no words for as it is", () => {
    expect(resultWords({ state: "missed", why: "new-reason" }, zone).en).to.equal("missed, new-reason");
    expect(resultWords({ state: "played" }, zone).vi).to.equal("đã phát");
  });
});
