import { expect } from "chai";
import { sha256 } from "../../../../src/domain/ids.js";
import { pieceAt } from "../../../../src/web/panel/listen/piece-at.js";

const piece = (letter: string, offsetMs: number, durationMs: number) => ({
  ...{ sha256: sha256(letter.repeat(64)), offsetMs, durationMs, gainDb: 0 },
});
const ITEMS = [piece("a", 0, 1_000), piece("b", 1_500, 2_000)];

describe("the piece that is heard at a moment", () => {
  it("is the one whose span holds it, and changes at its end", () => {
    expect(pieceAt(ITEMS, 0)).to.deep.equal({ item: ITEMS[0], intoMs: 0, changesInMs: 1_000 });
    expect(pieceAt(ITEMS, 1_700)).to.deep.equal({ item: ITEMS[1], intoMs: 200, changesInMs: 1_800 });
  });

  it("is none in a pause, until the next begins, nor behind the last", () => {
    expect(pieceAt(ITEMS, 1_000)).to.deep.equal({ intoMs: 0, changesInMs: 500 });
    expect(pieceAt(ITEMS, 3_500)).to.deep.equal({ intoMs: 0 });
  });
});
