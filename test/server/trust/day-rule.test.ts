import { expect } from "chai";
import { dayHeadText } from "../../../src/protocol/day-head.js";
import { createSigningRules } from "../../../src/server/trust/signing-rules.js";
import { daysInMemory } from "../../support/days-in-memory.js";

const NOW = Date.UTC(2026, 10, 24, 3) * 1000;
const head = (day: string, last = 10) =>
  dayHeadText({ v: 1, day: day as never, lines: last, first: 1, last, head: "a".repeat(64), previous: "0".repeat(64) });

describe("the signer, asked for the head of a day", () => {
  const start = (last?: string) => {
    const judge = createSigningRules({ clocks: () => [NOW], places: [], days: daysInMemory(last) });
    return (text: string) => {
      try {
        judge("day", text);
        return "signed";
      } catch (thrown) {
        return (thrown as { reason: string }).reason;
      }
    };
  };

  it("signs each day once, and the same text again as after an answer that was lost", () => {
    const judged = start();
    expect(judged(head("2026-11-22"))).to.equal("signed");
    expect(judged(head("2026-11-22"))).to.equal("signed");
    expect(judged(head("2026-11-23"))).to.equal("signed");
  });

  it("signs no other past, also when it was started anew", () => {
    const judged = start(head("2026-11-23"));
    expect(judged(head("2026-11-23", 9))).to.equal("signer-day");
    expect(judged(head("2026-11-22"))).to.equal("signer-day");
  });

  it("signs no day that is still to come, and nothing that is no head", () => {
    expect(start()(head("2026-11-25"))).to.equal("signer-clock");
    expect(start()("{}")).to.equal("signer-malformed");
    expect(start()(` ${head("2026-11-22")}`)).to.equal("signer-malformed");
  });
});
