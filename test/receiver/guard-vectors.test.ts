import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { type GuardVectors, verdictsOf } from "../support/guard-vectors.js";

const GOLDEN = "test/golden/guard.json";
const vectors = JSON.parse(readFileSync(GOLDEN, "utf8")) as GuardVectors;

describe("the guard, asked everything that the vectors ask", () => {
  it("says what it must", () => {
    const verdicts = verdictsOf(vectors);
    // A question that is new is written here by `LOA_GOLDEN=write`, to be read over before it is kept.
    if (process.env.LOA_GOLDEN === "write")
      writeFileSync(GOLDEN, `${JSON.stringify({ ...vectors, verdicts }, null, 2)}\n`);
    else expect(verdicts).to.deep.equal(vectors.verdicts);
  });

  it("is asked enough to give every reason that it has", () => {
    const given = new Set(Object.values(vectors.verdicts).flatMap((answers) => answers.split(" ")));
    expect([...given].sort()).to.deep.equal([
      ...["audience", "busy", "expired", "late", "malformed", "memory-lost", "muted", "play", "played", "quiet-hours"],
      ...[
        "recalled",
        "replayed",
        "seen",
        "stopped",
        "too-early",
        "too-many",
        "unknown",
        "unknown-key",
        "untrusted-clock",
      ],
    ]);
  });

  it("never lets a forged order pass, nothing ordinary sound at night, and no stop wait for anything but its proof", () => {
    for (const [question, answers] of Object.entries(vectors.verdicts)) {
      const all = answers.split(" ");
      if (question.includes("forged") && !/malformed|of a later program/.test(question))
        expect(all, question).to.not.include("play");
      if (/^(?:sound ordinary of|sound .* nobody confirmed).*in the night/.test(question))
        expect(all, question).to.not.include("play");
      if (/^order stop all, (?:on time|a minute late|in the night), (?:un)?trusted/.test(question))
        expect(
          all.filter((one) => one !== "seen"),
          question,
        ).to.deep.equal(Array(all.length - 1).fill("play"));
    }
  });
});
