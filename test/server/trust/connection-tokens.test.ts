import { expect } from "chai";
import { ms } from "../../../src/base/units.js";
import { receiverId } from "../../../src/domain/ids.js";
import { createConnectionTokens } from "../../../src/server/trust/connection-tokens.js";
import { FakeClock } from "../../support/fake-clock.js";

const [one, two] = [receiverId("loa-1"), receiverId("loa-2")];

describe("tokens of connections", () => {
  function start() {
    const clock = new FakeClock();
    return { clock, tokens: createConnectionTokens(clock) };
  }

  it("are good while the connection lives and ten minutes more", () => {
    const { clock, tokens } = start();
    const token = tokens.give(one);
    clock.advance(ms(86_400_000));
    expect(tokens.receiverOf(token)).to.equal(one);
    tokens.ended(one);
    clock.advance(ms(599_999));
    expect(tokens.receiverOf(token)).to.equal(one);
    clock.advance(ms(1));
    expect(tokens.receiverOf(token)).to.equal(undefined);
  });

  it("are other ones for each connection, and the one before is on its way out", () => {
    const { clock, tokens } = start();
    const [first, second] = [tokens.give(one), tokens.give(one)];
    expect(first).not.to.equal(second);
    clock.advance(ms(600_000));
    expect([first, second].map(tokens.receiverOf)).to.deep.equal([undefined, one]);
  });

  it("end at once when the receiver is sent away, and only its own", () => {
    const { tokens } = start();
    const [old, present, other] = [tokens.give(one), tokens.give(one), tokens.give(two)];
    tokens.revoke(one);
    tokens.ended(one);
    expect([old, present, other].map(tokens.receiverOf)).to.deep.equal([undefined, undefined, two]);
  });

  it("are nobody's when they were made up", () => {
    expect(start().tokens.receiverOf("guess")).to.equal(undefined);
  });
});
