import { expect } from "chai";
import { goOnSending, type PieceLine } from "../../../src/web/panel/sound/go-on-sending.js";
import { FakeClock } from "../../support/fake-clock.js";

const PIECE = 10;
class Broken extends Error {}

/** A station at the other end of a line that does as `plan` says, try after try, and whole when that is at its end. */
function aLine(plan: ("lost" | "answer-lost" | "busy" | "gone")[]) {
  let kept = "";
  const line: PieceLine = {
    begin: async (bytes) => ({ id: "a", bytes, received: 0, pieceBytes: PIECE }),
    arrived: async () => {
      if (plan[0] === "lost") throw new Broken(String(plan.shift()));
      return { id: "a", bytes: 0, received: kept.length, pieceBytes: PIECE };
    },
    async add(_id, offset, piece, onSent) {
      const what = plan.shift();
      onSent(piece.size);
      if (what === "lost" || what === "busy") throw new Broken(what);
      if (what === "gone") throw new RangeError(what);
      expect(offset).to.equal(kept.length);
      kept += await piece.text();
      if (what === "answer-lost") throw new Broken(what);
      return { id: "a", bytes: 0, received: kept.length, pieceBytes: PIECE };
    },
  };
  return { line, kept: () => kept };
}

describe("a file on its way from the page", () => {
  const text = "a recording of some neighbours";
  const file = new Blob([text]);

  async function send(plan: Parameters<typeof aLine>[0], isCancelled = () => false) {
    const clock = new FakeClock();
    const { line, kept } = aLine(plan);
    const waits: boolean[] = [];
    const sent = goOnSending(file, line, {
      ...{ clock, isCancelled, isPassing: (thrown) => thrown instanceof Broken },
      onShare: (share, isWaiting) => {
        expect(share).to.be.within(0, 1);
        waits.push(isWaiting);
      },
    });
    const ended = sent.then(
      (id) => id ?? "called off",
      (thrown: Error) => thrown.constructor.name,
    );
    let outcome: string | undefined;
    void ended.then((it) => {
      outcome = it;
    });
    for (let step = 0; step < 5_000 && outcome === undefined; step++) {
      await new Promise((resolve) => setImmediate(resolve));
      clock.advance(1_000);
    }
    return { outcome, kept: kept(), waited: waits.includes(true) };
  }

  it("comes whole, though pieces and answers are lost and the station is busy", async () => {
    const { outcome, kept, waited } = await send(["lost", "answer-lost", "lost", "lost", "busy"]);
    expect(outcome).to.equal("a");
    expect(kept).to.equal(text);
    expect(waited).to.equal(true);
  });

  it("does not wait where nothing is wrong", async () => {
    expect(await send([])).to.include({ outcome: "a", waited: false });
  });

  it("is given up when the station has forgotten it, and when nothing comes through for long", async () => {
    expect((await send(["gone"])).outcome).to.equal("RangeError");
    expect((await send(Array.from({ length: 2_000 }, () => "lost" as const))).outcome).to.equal("Broken");
  });

  it("goes no further once it is called off", async () => {
    expect(await send(["lost"], () => true)).to.include({ outcome: "called off", kept: "" });
  });
});
