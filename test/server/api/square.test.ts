import { expect } from "chai";
import { encode } from "uqr";
import { squareOf } from "../../../src/server/api/square.js";

/** The squares that the picture makes dark, as rows. */
function drawn(svg: string): boolean[][] {
  const size = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]);
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  const path = /fill="#000" d="([^"]+)"/.exec(svg)?.[1] ?? "";
  for (const [, x = "", y = "", width = ""] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/g))
    rows[Number(y)]?.fill(true, Number(x), Number(x) + Number(width));
  return rows;
}

describe("a square to point a telephone at", () => {
  for (const text of [
    "x",
    "otpauth://totp/loa?secret=JBSWY3DPEHPK3PXP",
    `https://loa.test/invitation?link=${"A".repeat(43)}`,
  ])
    it(`draws what the code says, with light around it: ${text.slice(0, 40)}`, () => {
      const rows = drawn(squareOf(text, "Mã"));

      expect(rows).to.deep.equal(encode(text, { ecc: "Q", border: 4 }).data);
      expect(rows.slice(0, 4).flat()).to.not.include(true);
    });

  it("draws long texts closer, and of one that no square holds it draws none", () => {
    for (const length of [701, 2_900]) {
      const text = `otpauth://totp/${"%C4%90".repeat(600)}`.slice(0, length);
      expect(drawn(squareOf(text, "Mã"))).to.deep.equal(encode(text, { ecc: "L", border: 4 }).data);
    }
    expect(squareOf("x".repeat(2_901), "Mã")).to.equal("");
  });

  it("says what it is, and holds no script, no style and nothing from elsewhere", () => {
    const svg = squareOf("x", 'của "Đài" <thử>');

    expect(svg).to.contain('aria-label="của &quot;Đài&quot; &lt;thử&gt;"');
    expect(svg).to.not.match(/style=|<script|href=|http/);
  });
});
