import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { normalise } from "../../src/language/normalise.js";
import { type NumberWords, USUAL_WORDS } from "../../src/language/numbers.js";

/** One written form and its reading; `known` is false where a person must confirm it. */
interface Case {
  readonly text: string;
  readonly spoken: string;
  readonly known?: boolean;
  readonly settings?: NumberWords;
}

const FOLDER = "test/golden/spoken";
const tables = readdirSync(FOLDER).map((file) => ({
  kind: file.replace(".json", ""),
  cases: JSON.parse(readFileSync(`${FOLDER}/${file}`, "utf8")) as readonly Case[],
}));

const name = ({ text, settings }: Case) =>
  settings === undefined ? `“${text}”` : `“${text}” where people say ${Object.values(settings).join(", ")}`;

describe("the golden readings", () => {
  it("are at least 800, each once", () => {
    const all = tables.flatMap(({ cases }) => cases.map((one) => JSON.stringify([one.text, one.settings])));
    expect(new Set(all).size).to.be.at.least(800);
    for (const { kind, cases } of tables)
      expect(new Set(cases.map((one) => JSON.stringify([one.text, one.settings]))).size, kind).to.equal(cases.length);
  });

  for (const { kind, cases } of tables) {
    describe(kind, () => {
      for (const one of cases) {
        it(`reads ${name(one)}`, () => {
          const { spoken, unknown } = normalise(one.text, { numbers: one.settings ?? USUAL_WORDS });
          expect(spoken).to.equal(one.spoken);
          expect(unknown.length === 0, "known").to.equal(one.known ?? true);
        });
      }
    });
  }
});
