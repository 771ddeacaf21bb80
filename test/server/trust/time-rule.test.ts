import { expect } from "chai";
import { createSigningRules } from "../../../src/server/trust/signing-rules.js";
import { daysInMemory } from "../../support/days-in-memory.js";

const NOW = 1_795_428_600_000_000;
const MINUTE = 60e6;
const NONCE = "n".repeat(22);

describe("the signer, asked for the time", () => {
  const judge = createSigningRules({ days: daysInMemory(), clocks: () => [NOW, NOW + 60 * MINUTE], places: [] });
  const reasonFor = (text: string) => {
    try {
      judge("time", text);
      return "signed";
    } catch (thrown) {
      return (thrown as { reason: string }).reason;
    }
  };

  it("signs what is near to its own clock, or to the one that it has counted on from its start", () => {
    for (const at of [NOW, NOW - 9 * MINUTE, NOW + 9 * MINUTE, NOW + 65 * MINUTE]) {
      expect(reasonFor(`3 ${at}`)).to.equal("signed");
      expect(reasonFor(`3 ${at} ${NONCE}`)).to.equal("signed");
    }
  });

  it("signs no other time, whoever has taken the server over: it would end the quiet hours of every loudspeaker", () => {
    for (const at of [0, NOW - 11 * MINUTE, NOW + 30 * MINUTE, NOW + 5 * 60 * MINUTE])
      expect(reasonFor(`3 ${at}`)).to.equal("signer-clock");
  });

  it("signs nothing that is no time", () => {
    for (const text of ["", "{}", `3 ${NOW} `, `3 ${NOW} short`]) expect(reasonFor(text)).to.equal("signer-malformed");
  });
});
