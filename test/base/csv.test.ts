import { expect } from "chai";
import * as fc from "fast-check";
import { csvLine } from "../../src/base/csv.js";
import { checkProperty } from "../support/check-property.js";

/** Reads one line back as a spreadsheet would. */
function cellsOf(line: string): string[] {
  const cells: string[] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n$)/gy;
  for (let match = pattern.exec(line); match; match = pattern.exec(line))
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
  return cells;
}

describe("a line of a table", () => {
  it("quotes what would break it, and leaves out what there is not", () => {
    expect(csvLine(["a", 1, undefined, 'b "c", d', "hai\ndòng"])).to.equal('a,1,,"b ""c"", d","hai\ndòng"\r\n');
  });

  for (const formula of ['=HYPERLINK("x")', "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "\r=1", "＝1"])
    it(`lets no spreadsheet run ${JSON.stringify(formula)}`, () => {
      expect(cellsOf(csvLine([formula, "x"]))).to.deep.equal([`'${formula}`, "x"]);
    });

  it("gives back every text as it was, but for the mark of text", () => {
    checkProperty(
      fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 1 }), (texts) => {
        const back = cellsOf(csvLine(texts));
        expect(back.map((cell, index) => (cell === `'${texts[index]}` ? cell.slice(1) : cell))).to.deep.equal(texts);
        expect(back.some((cell) => /^\s*[=+\-@＝＋－＠]/.test(cell))).to.equal(false);
      }),
    );
  });
});
