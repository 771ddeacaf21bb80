import { expect } from "chai";
import * as fc from "fast-check";
import { lastWord, type Settled, supersedes } from "../../src/domain/result.js";
import { isFinal, resultStateSchema } from "../../src/domain/ticket.js";
import { checkProperty } from "../support/check-property.js";

const states = resultStateSchema.options;
const settled = fc.record({ state: fc.constantFrom(...states), said: fc.boolean() });

describe("the result that holds", () => {
  /** What holds after all of these, in this order. */
  const heldAfter = (words: readonly Settled[]) =>
    words.reduce<Settled | undefined>((held, word) => (supersedes(held, word) ? word : held), undefined);

  it("is final, whatever is told in whatever order", () => {
    checkProperty(
      fc.property(fc.array(settled), (words) => {
        const held = heldAfter(words);
        expect(held === undefined).to.equal(!words.some(({ state }) => isFinal(state)));
        if (held) expect(isFinal(held.state)).to.equal(true);
      }),
    );
  });

  it("is the receiver's own as soon as it has said one, and then no assumption replaces it", () => {
    checkProperty(
      fc.property(fc.array(settled), (words) => {
        const own = words.some(({ state, said }) => said && isFinal(state));
        expect(heldAfter(words)?.said ?? false).to.equal(own);
      }),
    );
  });

  it("says that it was heard when the receiver ever said so", () => {
    checkProperty(
      fc.property(fc.array(settled), (words) => {
        const heard = words.some(({ state, said }) => said && (state === "played" || state === "cut"));
        if (heard) expect(heldAfter(words)?.state).to.be.oneOf(["played", "cut"]);
      }),
    );
  });

  it("is changed by no word that comes twice", () => {
    checkProperty(
      fc.property(fc.array(settled), settled, (words, word) => {
        const once = heldAfter([...words, word]);
        expect(heldAfter([...words, word, word])).to.equal(once);
      }),
    );
  });
});

describe("the server's last word", () => {
  it("about a receiver that is away is that it is not known, and since when", () => {
    expect(lastWord({ state: "due" }, { connected: false, lastSeen: 5 })).to.deep.equal({
      ...{ state: "unknown", why: "not-connected", since: 5 },
    });
    expect(lastWord(undefined, { connected: false })).to.deep.equal({ state: "unknown", why: "never-connected" });
  });

  it("assumes of a receiver that is away neither that it went on nor that it obeyed a stop", () => {
    const stopped = lastWord({ state: "cut", why: "stopped", by: "Chị Hoa" }, { connected: false, lastSeen: 5 });
    expect(stopped.state).to.equal("unknown");
    const begun = lastWord({ state: "sounding", startedAt: 3 }, { connected: false, lastSeen: 5 });
    expect(begun).to.include({ state: "unknown", startedAt: 3 });
  });

  it("names the person who stopped it", () => {
    const stop = { why: "stopped", by: "Chị Hoa" } as const;
    expect(lastWord({ state: "due" }, { connected: true, stop })).to.deep.equal({ state: "missed", ...stop });
    expect(lastWord({ state: "sounding" }, { connected: true, stop })).to.deep.equal({ state: "cut", ...stop });
    const recall = { why: "recalled", by: "Chị Hoa" } as const;
    expect(lastWord({ state: "due" }, { connected: true, stop: recall })).to.deep.equal({
      state: "recalled",
      ...recall,
    });
  });

  it("about one that is there and silent is that it did not report", () => {
    expect(lastWord({ state: "due" }, { connected: true })).to.deep.equal({ state: "missed", why: "no-report" });
  });
});
