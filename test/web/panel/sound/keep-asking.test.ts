import { expect } from "chai";
import { keepAsking } from "../../../../src/web/panel/sound/keep-asking.js";
import { FakeClock } from "../../../support/fake-clock.js";

const settled = () => new Promise(setImmediate);

function begin() {
  const clock = new FakeClock();
  const asked: number[] = [];
  const found: string[] = [];
  let answer: string | undefined;
  const asking = keepAsking({
    clock,
    ask: async () => {
      asked.push(Math.round(clock.now() / 1000));
      if (answer === undefined) throw new Error("no network");
      return answer;
    },
    onFound: (one) => found.push(one),
  });
  const pass = async (seconds: number) => {
    for (let second = 0; second < seconds; second++) {
      clock.advance(1000);
      await settled();
    }
  };
  return { clock, asking, asked, found, pass, answers: (given: string) => (answer = given) };
}

describe("asking for what a page can do without for a while", () => {
  it("asks a few times with growing pauses, and then rests", async () => {
    const { clock, asking, asked, pass } = begin();
    asking.now();
    await settled();
    await pass(600);
    expect(asked).to.have.length(6);
    const pauses = asked.slice(1).map((at, index) => at - (asked[index] ?? 0));
    expect(pauses).to.deep.equal(pauses.toSorted((one, other) => one - other));
    expect(clock.armed).to.equal(0);
  });

  it("asks again when there is a reason, at once, and no more once it has come", async () => {
    const { asking, asked, found, pass, answers } = begin();
    asking.now();
    await settled();
    await pass(600);
    answers("wave");
    asking.now();
    asking.now();
    await settled();
    expect(found).to.deep.equal(["wave"]);
    asking.now();
    await pass(600);
    expect(asked).to.have.length(7);
  });

  it("asks nothing any more when nobody waits for it", async () => {
    const { clock, asking, asked, pass } = begin();
    asking.now();
    await settled();
    asking.stop();
    await pass(600);
    expect(asked).to.have.length(1);
    expect(clock.armed).to.equal(0);
  });
});
