import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import fc from "fast-check";
import { type Form, firstOf, firstSign, form, placeAt, told, toldApart } from "../../../src/language/forms/form.js";
import { formGroups } from "../../../src/language/forms/groups.js";
import { createLexicon } from "../../../src/language/index.js";
import { USUAL_WORDS } from "../../../src/language/numbers.js";
import { sortAt } from "../../../src/language/sorts.js";

const written = readdirSync("test/golden/spoken").flatMap((file) =>
  (JSON.parse(readFileSync(`test/golden/spoken/${file}`, "utf8")) as readonly { readonly text: string }[]).map(
    ({ text }) => text,
  ),
);

/** Written forms, and what looks like the beginning or the end of one. */
const mixed = fc
  .array(
    fc.oneof(
      fc.constantFrom(...written),
      fc.stringMatching(/^[0-9hgGđĐkKmTPQXIVxiv%°½²'".,:;/+\-–()*#$€ A-Za-z^]{1,20}$/),
      fc.string({ unit: "grapheme", maxLength: 6 }),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((pieces) => pieces.join(" "));

describe("forms told apart", () => {
  const letter = (name: string): Form => form(new RegExp(name, "y"), () => ({ spoken: name, kind: "code" }));

  it("are not asked where their telltale is missing", () => {
    const asked: string[] = [];
    const hearing = (name: string): Form =>
      told(new RegExp(`^${name}`), (place) => {
        asked.push(name);
        return letter(name)(place);
      });
    const choose = toldApart([hearing("a"), hearing("b"), firstOf([hearing("c")])], firstSign);

    expect(choose(placeAt("xcb", 1, USUAL_WORDS))).to.include({ spoken: "c", end: 2 });
    expect(asked).to.deep.equal(["c"]);
  });

  it("keep their order", () => {
    const choose = toldApart([told(/^a/, letter("ab")), letter("a"), letter("abc")], firstSign);
    expect(choose(placeAt("abc", 0, USUAL_WORDS))).to.include({ spoken: "ab" });
  });

  describe("have telltales that hide no form that would answer", () => {
    const groups = formGroups(createLexicon([]));

    function hidesNone(text: string): void {
      for (let index = 0; index < text.length; index++) {
        const sort = sortAt(text, index);
        if (sort === "space") continue;
        const { forms, tell, mayStand } = groups[sort === "number" ? "sign" : sort];
        if (!mayStand(text, index)) continue;
        const place = placeAt(text, index, USUAL_WORDS);
        const hidden = forms.filter((one) => one.telltale?.test(tell(place)) === false && one(place) !== undefined);
        expect(hidden.map(({ telltale }) => `${telltale} at ${index} of ${text}`)).to.deep.equal([]);
      }
    }

    it("in all golden cases", () => {
      for (const text of written) hidesNone(text);
    });

    it("in mixtures of them", () => {
      fc.assert(fc.property(mixed, hidesNone), { numRuns: 400 });
    });
  });
});
