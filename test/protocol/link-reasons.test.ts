import { readFileSync } from "node:fs";
import { expect } from "chai";
import { awayWords } from "../../src/protocol/link-reasons.js";

/** The reasons that the page names for a receiver's absence. */
function reasonsOnThePage(): string[] {
  const page = readFileSync("src/protocol/PROTOCOL.md", "utf8");
  const paragraph = /^Reasons for being away;[\s\S]*?\n\n/m.exec(page)?.[0] ?? "";
  return [...paragraph.matchAll(/`([a-z-]+)`/g)].map(([, reason = ""]) => reason);
}

describe("why a receiver was away, in words", () => {
  it("names the station, and says what to do, for each reason of the protocol", () => {
    const reasons = reasonsOnThePage();
    expect(reasons).to.have.lengthOf(17);
    for (const reason of reasons) {
      const { vi, en } = awayWords(reason);
      expect(vi, reason).to.match(/^(?=\p{Lu})[^{}«]*(?:đài|Đài|địa chỉ mà loa gọi)[^{}«]*: [^{}]+\.$/u);
      expect(en, reason).to.match(
        /^(?=\p{Lu})[^{}"]*(?:[Tt]he station|the address that the loudspeaker calls)[^{}"]*: [^{}]+\.$/u,
      );
    }
  });

  it("shows a reason that it does not know, whatever it is called", () => {
    for (const reason of ["solar-storm", "toString", "__proto__"])
      expect(awayWords(reason).vi, reason).to.equal(`Loa báo lý do «${reason}».`);
  });
});
