import { expect } from "chai";
import { isLongOver } from "../../src/domain/dated.js";
import { localDate } from "../../src/domain/local-time.js";

describe("what was decided for days that are long over", () => {
  const today = localDate("2026-11-29");
  const isOver = (until: string) => isLongOver({ until: localDate(until) }, today);

  it("is needed for two years, and no longer", () => {
    expect(["2028-01-01", "2026-11-29", "2025-11-29", "2024-11-29", "2024-11-27"].map(isOver)).to.deep.equal([
      ...[false, false, false, false],
      true,
    ]);
  });
});
