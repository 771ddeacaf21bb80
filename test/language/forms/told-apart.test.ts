import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import fc from "fast-check";
import {
  type Form,
  firstOf,
  firstSign,
  form,
  mayStand,
  Place,
  told,
  toldApart,
} from "../../../src/language/forms/form.js";
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

    for (const one of choose("xcb", 1)) one(new Place("xcb", 1, USUAL_WORDS));
    expect(asked).to.deep.equal(["c"]);
  });

  it("are not asked where a place begins otherwise", () => {
    const [one, two] = [told(/^/, letter("a"), "a"), told(/^/, letter("b"), "bc")];
    const choose = toldApart([one, two], firstSign);
    expect([choose("a", 0), choose("c", 0), choose("d", 0)]).to.deep.equal([[one], [two], []]);
  });

  it("keep their order", () => {
    const forms = [told(/^a/, letter("ab")), letter("a"), letter("abc")];
    expect(toldApart(forms, firstSign)("abc", 0)).to.deep.equal(forms);
  });

  describe("have telltales that hide no form that would answer", () => {
    const groups = formGroups(createLexicon([]));

    function hidesNone(text: string): void {
      for (let index = 0; index < text.length; index++) {
        const sort = sortAt(text, index);
        if (sort === "space") continue;
        const group = groups[sort === "number" ? "sign" : sort];
        if (!group.mayStand(text, index)) continue;
        const place = new Place(text, index, USUAL_WORDS);
        const sight = group.look.at(text, index);
        const hidden = group.forms.filter((one) => !mayStand(one, sight) && one(place) !== undefined);
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
