import { expect } from "chai";
import { addDays } from "../../src/domain/calendar.js";
import { localDate } from "../../src/domain/local-time.js";
import { dayHeadText, parseDayHead, type SignedDay } from "../../src/protocol/day-head.js";
import { DAYS_KEPT } from "../../src/protocol/limits.js";
import { lastDayOf, takeDayHeads } from "../../src/receiver/day-heads.js";

const signed = (day: string, head = "a"): SignedDay => ({
  text: dayHeadText({
    ...{ v: 1, day: localDate(day), lines: 2, first: 1, last: 2 },
    ...{ head: head.repeat(64), previous: "0".repeat(64) },
  }),
  keyId: "21fe31dfa154a261",
  signature: "s",
});
const yes = () => true;

describe("the heads of days that a receiver keeps", () => {
  it("are those that are signed, in the order of their days, and the first of each day", () => {
    const held = takeDayHeads(new Map(), [signed("2026-11-24"), signed("2026-11-23")], yes);
    const later = takeDayHeads(held, [signed("2026-11-23", "b"), signed("2026-11-25")], yes);
    expect([...later.keys()]).to.deep.equal(["2026-11-23", "2026-11-24", "2026-11-25"]);
    expect(parseDayHead(later.get(localDate("2026-11-23"))?.text ?? "")?.head).to.equal("a".repeat(64));
    expect(lastDayOf(later)).to.equal("2026-11-25");
  });

  it("are not taken when the signature is not the station's, or when it is no head", () => {
    const held = takeDayHeads(new Map(), [signed("2026-11-23")], () => false);
    expect(takeDayHeads(held, [{ ...signed("2026-11-23"), text: "{}" }], yes).size).to.equal(0);
  });

  it("are the last of more than a year", () => {
    const first = localDate("2025-01-01");
    const came = Array.from({ length: DAYS_KEPT + 30 }, (_, i) => signed(addDays(first, i)));
    const held = takeDayHeads(new Map(), came, yes);
    expect(held.size).to.equal(DAYS_KEPT).and.to.be.at.least(400);
    expect(lastDayOf(held)).to.equal(addDays(first, DAYS_KEPT + 29));
  });
});
