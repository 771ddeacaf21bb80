import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { localDate } from "../../src/domain/local-time.js";
import { check } from "../../src/language/checks/index.js";
import { createLexicon, normalise, splitSentences, USUAL_WORDS } from "../../src/language/index.js";
import { reader } from "../../src/language/recognisers.js";

const FOLDER = "src/language";
const sources = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
const written = readdirSync("test/golden/spoken").flatMap((file) =>
  (JSON.parse(readFileSync(`test/golden/spoken/${file}`, "utf8")) as readonly { readonly text: string }[]).map(
    ({ text }) => text,
  ),
);

const LITERAL = /(?<=[(=,:[?!&|]\s*)\/(?![/*])((?:\\.|\[(?:\\.|[^\]\n])*\]|[^/\\\n[])+)\/([dgimsuvy]*)/g;
const ATOM = String.raw`(?:\\[pP]\{[^}]*\}|\\.|\[(?:\\.|[^\]\\])*\]|[^\\[\](){}|^$])`;
/** Begins anywhere with a run without end, and wants something behind it. */
const RUN_FIRST = new RegExp(String.raw`^${ATOM}(?:[+*]|\{\d+,\})\??(?!$)[^|]`);

/** Then nothing need be behind it. */
const RUN_ONLY = new RegExp(
  String.raw`^${ATOM}(?:[+*]|\{\d+,\})\??(?:${ATOM}|\(\?:(?:\\.|\[(?:\\.|[^\]\\])*\]|[^()])*\))[?*](?:\||$)`,
);

/** Patterns that look from each place of a long run through the rest of it, and do so in vain. */
const wastefulIn = (source: string): readonly string[] =>
  [...source.matchAll(LITERAL)].flatMap(([whole, pattern = "", flags = ""]) =>
    flags.includes("y") || !RUN_FIRST.test(pattern) || RUN_ONLY.test(pattern) ? [] : [whole],
  );

/** Nothing is read by what stands further before its place, or further behind its end, than so many units. */
const BEFORE = 300;
const BEHIND = 500;

describe("reading in time proportional to the text", () => {
  it("has no pattern that runs through a long run from each of its places", () => {
    const found = sources.flatMap((name) =>
      wastefulIn(readFileSync(join(FOLDER, name), "utf8")).map((pattern) => `${name}: ${pattern}`),
    );
    expect(found).to.deep.equal([]);
  });

  it("would see such a pattern", () => {
    expect(
      wastefulIn("const a = /,+[;:]/gu; f(/[.!?]+x/u, /(?<!,),+[;:]/g, /a+/g, /a+b/uy, / +$/u, /a+(?:-a)*/u)"),
    ).to.deep.equal(["/,+[;:]/gu", "/[.!?]+x/u", "/ +$/u"]);
  });

  it("reads a place by what stands near it alone", () => {
    const read = reader({ lexicon: createLexicon([]), numbers: USUAL_WORDS });
    const piece = fc.oneof(
      fc.constantFrom(...written),
      fc
        .tuple(fc.constantFrom("1/", "a.", "A", "I", "(", "0905 ", "a@", "1, ", "-", "ngày "), fc.nat(60))
        .map(([unit, times]) => unit.repeat(times)),
    );
    const text = fc.array(piece, { minLength: 3, maxLength: 30 }).map((pieces) => pieces.join(" "));
    fc.assert(
      fc.property(text, fc.nat(), fc.constantFrom("x", "1", ".", "(", "Ă"), (near, place, far) => {
        const index = place % near.length;
        const here = read(near, index);
        const from = Math.max(0, index - BEFORE);
        const end = here.end + BEHIND;
        const changed = far.repeat(from) + near.slice(from, end) + far.repeat(Math.max(0, near.length - end));
        expect(read(changed, index)).to.deep.equal(here);
      }),
      { numRuns: 1000 },
    );
  });

  it("takes as many lines, lists, signatures and pieces as a text may hold", function () {
    // A call with one argument for each of so many pieces would be refused.
    this.timeout(60_000);
    const today = localDate("2026-11-25");
    for (const unit of ["TM. A\nB C\n", "Nơi nhận:\n- Như trên;\n", "a.\n", "§¶ng uû ph­êng\n", "a; ", "!!!!! "]) {
      const text = unit.repeat(400_000 / unit.length);
      expect(normalise(text).tokens.at(-1)?.end).to.equal(text.length);
      expect(check(text, { today })).to.be.an("array");
    }
  });

  it("takes a sentence as long as what some texts become when they are said", function () {
    this.timeout(60_000);
    expect(splitSentences("một ".repeat(5_000_000)).at(-1)?.end).to.equal(20_000_000 - 1);
  });
});
