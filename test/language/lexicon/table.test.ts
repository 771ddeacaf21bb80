import { expect } from "chai";
import fc from "fast-check";
import type { LexiconEntry } from "../../../src/domain/lexicon.js";
import { CsvMistake, readCsv, writeCsv } from "../../../src/language/lexicon/csv.js";
import { SHIPPED } from "../../../src/language/lexicon/shipped.js";
import { MOST_ROWS, readingsFromTable, tableOfReadings } from "../../../src/language/lexicon/table.js";

const cells = (text: string) => readCsv(text).map((row) => row.cells);

describe("readCsv", () => {
  it("reads quoted cells with commas, quotes and line ends in them", () => {
    expect(readCsv('\uFEFFa,b\r\n"x, ""y""\nz",2\r\n\r\nc,\r\n')).to.deep.equal([
      { line: 1, cells: ["a", "b"] },
      { line: 2, cells: ['x, "y"\nz', "2"] },
      { line: 5, cells: ["c", ""] },
    ]);
  });

  it("takes semicolons when the first line has no comma", () => {
    expect(cells("a;b\n1,5;2")).to.deep.equal([
      ["a", "b"],
      ["1,5", "2"],
    ]);
  });

  it("names the line of a quotation mark out of place", () => {
    for (const [text, line] of [
      ['a\n"b', 2],
      ['a\nb"c', 2],
      ['"a"b', 1],
    ] as const) {
      const read = () => readCsv(text);
      expect(read, text).to.throw(CsvMistake).with.property("line", line);
    }
  });

  it("gives back what was written, formulas too", () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom("=1+1", "+84", "-x", "@a", "'=x", "''-", "a\r\nb", '"', ";,"));
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 5 }), (rows) => {
        const kept = rows.filter((row) => row.some((one) => one !== ""));
        expect(cells(writeCsv([["a", "b"], ...rows])).slice(1)).to.deep.equal(kept);
      }),
    );
  });

  it("writes nothing that a spreadsheet would run", () => {
    expect(writeCsv([["=cmd|' /C calc'!A0", "+1", "-1", "@x", "\tx"]])).to.equal(
      "\uFEFF'=cmd|' /C calc'!A0,'+1,'-1,'@x,'\tx\r\n",
    );
  });
});

describe("a table of readings", () => {
  const full: LexiconEntry = {
    written: "TT",
    spoken: "trung tâm",
    kind: "body",
    anyCase: true,
    context: { after: ["tại"], before: ["Y tế", "Văn hóa"], near: ["họp"], next: "name", alone: true },
    regions: { north: "trung tâm", south: "trung tâm" },
    note: 'nói "miệng", thường dùng',
  };

  it("comes back as it went, all shipped readings too", () => {
    expect(readingsFromTable(tableOfReadings([full])).entries).to.deep.equal([full]);
    const shipped = SHIPPED.slice(0, MOST_ROWS);
    expect(readingsFromTable(tableOfReadings(shipped)).entries).to.deep.equal(shipped);
  });

  it("takes the two needed columns in any order", () => {
    expect(readingsFromTable("spoken,written\nxã,X.\n").entries).to.deep.equal([{ written: "X.", spoken: "xã" }]);
  });

  const wrong: readonly [what: string, text: string, line: number, column: string | undefined][] = [
    ["no header", "UBND,Ủy ban\n", 1, undefined],
    ["an unknown column", "written,spoken,regex\n", 1, undefined],
    ["digits in what is said", "written,spoken\nA,b\nF0,ép 0\n", 3, "spoken"],
    ["nothing said", "written,spoken\nF0,\n", 2, "spoken"],
    ["a strange shape", "written,spoken,next\nF0,ép không,.*\n", 2, "next"],
    ["the same form twice", "written,spoken\nF0,ép không\nF0,ép o\n", 3, "written"],
    ["an open quote", 'written,spoken\n"F0,ép không\n', 2, undefined],
    ["too many rows", `written,spoken\n${"a,b\n".repeat(MOST_ROWS + 1)}`, 1, undefined],
  ];
  for (const [what, text, line, column] of wrong)
    it(`with ${what} is refused as a whole, naming the place`, () => {
      const { entries, problems } = readingsFromTable(text);
      expect(entries).to.deep.equal([]);
      expect(problems[0]).to.include({ line });
      expect(problems[0]?.column).to.equal(column);
    });
});
