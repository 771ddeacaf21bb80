import { expect } from "chai";
import { Secret, TOTP } from "otpauth";
import { totpStep } from "../../../src/server/trust/one-time-codes.js";

const SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const HALF_MINUTE = 30_000;
/** The beginning of a half minute. */
const NOW = Math.floor(Date.UTC(2026, 10, 23, 3) / HALF_MINUTE) * HALF_MINUTE;
const codeAt = (at: number) =>
  new TOTP({ secret: Secret.fromBase32(SECRET), algorithm: "SHA1", digits: 6, period: 30 }).generate({ timestamp: at });

describe("the code of a telephone", () => {
  it("counts in its half minute, in the one before and in the one after, and in no other", () => {
    const taken = [-3, -2, -1, 0, 1, 2, 3].filter(
      (steps) => totpStep(SECRET, codeAt(NOW + steps * HALF_MINUTE), NOW) !== undefined,
    );
    expect(taken).to.deep.equal([-1, 0, 1]);
  });

  it("says which half minute it is of, so that it is taken once, whenever in a minute and a half it comes", () => {
    const code = codeAt(NOW);
    const steps = [-HALF_MINUTE, 0, HALF_MINUTE + 29_999].map((later) => totpStep(SECRET, code, NOW + later));
    expect(new Set(steps)).to.deep.equal(new Set([NOW / HALF_MINUTE]));
    expect(totpStep(SECRET, code, NOW + 2 * HALF_MINUTE)).to.equal(undefined);
  });

  it("is six digits, however they are spaced, and nothing else", () => {
    const code = codeAt(NOW);
    expect(totpStep(SECRET, ` ${code.slice(0, 3)} ${code.slice(3)} `, NOW)).to.not.equal(undefined);
    for (const wrong of ["", code.slice(1), `${code}0`, "abcdef", "１２３４５６"])
      expect(totpStep(SECRET, wrong, NOW), wrong).to.equal(undefined);
  });
});
