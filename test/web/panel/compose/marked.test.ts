import { expect } from "chai";
import fc from "fast-check";
import { normalise } from "../../../../src/language/index.js";
import { piecesOf } from "../../../../src/web/panel/compose/marked.js";

const read = (text: string) => normalise(text);

describe("the spoken text in the panel", () => {
  it("marks what is said otherwise than it is written, with what stands there", () => {
    const pieces = piecesOf(read("UBND P.12 họp lúc 8h."));
    expect(pieces.map(({ is, source, spoken }) => [is, source, spoken])).to.deep.equal([
      ["changed", "UBND", "Ủy ban nhân dân"],
      ["same", "", " "],
      ["changed", "P.", "phường"],
      ["same", "", " "],
      ["changed", "12", "mười hai"],
      ["same", "", " họp lúc "],
      ["changed", "8h", "tám giờ"],
      ["same", "", "."],
    ]);
  });

  it("marks what has no reading", () => {
    const unknown = piecesOf(read("Gặp XQZKW ở chợ.")).filter(({ is }) => is === "unknown");
    expect(unknown.map(({ source }) => source)).to.deep.equal(["XQZKW"]);
  });

  it("never loses or adds a letter of what is said", () => {
    const part = fc.constantFrom(
      "UBND",
      "P.12",
      "8h30",
      "25/11",
      "họp",
      "dân",
      "XQZ",
      "3.000đ",
      ".",
      ",",
      "\n",
      "0263 3822 222",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        const reading = read(parts.join(" "));
        expect(
          piecesOf(reading)
            .map(({ spoken }) => spoken)
            .join(""),
        ).to.equal(reading.spoken);
      }),
    );
  });
});
