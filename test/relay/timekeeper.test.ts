import { expect } from "chai";
import { micros } from "../../src/base/units.js";
import { DAY, device, HOUR, MINUTE, NOW, station, stranger } from "./a-timekeeper.js";

describe("the time of a loudspeaker", () => {
  for (const year of [1970, 2017, 2099]) {
    it(`that boots in ${year} is believed by nobody until the server answers a nonce, and is right from then on`, () => {
      const { keeper, clock, connect, error } = device({ boot: Date.UTC(year, 0, 1), machineClock: () => "rtc" });
      clock.advance(MINUTE);
      expect([keeper.trusted(), keeper.source()]).to.deep.equal([false, "none"]);
      connect();
      expect(keeper.trusted()).to.equal(false);
      clock.advance(2_000);

      expect([keeper.trusted(), keeper.source()]).to.deep.equal([true, "server"]);
      expect(error()).to.be.within(-1, 1);
    });
  }

  it("is the machine's own before the server is seen, when something keeps it right and it can be", () => {
    for (const by of ["ntp", "rtc"] as const) {
      const { keeper } = device({ machineClock: () => by });
      expect([keeper.trusted(), keeper.source()]).to.deep.equal([true, by]);
    }
    expect(device().keeper.source()).to.equal("none");
    expect(device({ boot: NOW + 8 * DAY, machineClock: () => "ntp" }).keeper.source()).to.equal("none");
    expect(device({ boot: NOW - 2 * DAY, machineClock: () => "rtc" }).keeper.source()).to.equal("none");
  });

  it("becomes right when network time sets a machine that woke up in the past", () => {
    const { keeper, clock, error } = device({ boot: 0, machineClock: () => "ntp" });
    expect(keeper.trusted()).to.equal(false);
    clock.step(NOW);
    clock.advance(2_000);

    expect(keeper.source()).to.equal("ntp");
    expect(error()).to.be.within(-1, 1);
  });

  it("takes no notice of what happens to the machine's clock once the server was seen", () => {
    const { keeper, clock, connect, error } = device();
    connect();
    clock.advance(10_000);
    for (const step of [-40 * 365 * DAY, 80 * 365 * DAY, HOUR, -HOUR]) {
      clock.step(step);
      clock.advance(MINUTE);
      expect(keeper.source()).to.equal("server");
      expect(error()).to.be.within(-1, 1);
    }
  });

  for (const hours of [-5, 5, 24 * 365]) {
    it(`cannot be moved by somebody on the way who shifts the plain answers by ${hours} h, from the start or later`, () => {
      const early = device();
      early.world.bend = hours * HOUR * 1000;
      early.connect();
      const late = device();
      late.connect();
      late.clock.advance(HOUR);
      late.world.bend = hours * HOUR * 1000;
      for (let minute = 0; minute < 24 * 60; minute++) {
        early.clock.advance(MINUTE);
        late.clock.advance(MINUTE);
        expect(early.error()).to.be.within(-60, 60);
        expect(late.error()).to.be.within(-2, 2);
      }
      expect(early.keeper.trusted()).to.equal(true);
    });
  }

  it("is not moved by lies before the first signed answer either", () => {
    const { keeper, clock, world, connect, error } = device({ machineClock: () => "rtc" });
    world.bend = 6 * HOUR * 1000;
    world.signs = false;
    connect();
    clock.advance(HOUR);

    expect(keeper.source()).to.equal("rtc");
    expect(error()).to.be.within(-1, 1);
  });

  it("does not believe an answer that is signed by a stranger, answers another nonce, or is a copy of an older one", () => {
    const { keeper, clock, world, connect, signed, truth } = device({ boot: 0 });
    world.key = stranger.privateKey;
    connect();
    clock.advance(10_000);
    expect(keeper.trusted()).to.equal(false);
    world.key = station.privateKey;
    world.signs = false;
    keeper.answerSigned(signed({ epoch: 1, at: truth(), nonce: "B".repeat(22) }));
    keeper.answerSigned(signed({ epoch: 1, at: truth() }));
    keeper.answerSigned({ text: "1 2", keyId: "key", signature: "" });

    expect(keeper.trusted()).to.equal(false);
  });

  it("does not believe a signed answer that somebody held back, nor one of a connection that is lost", () => {
    const slow = device();
    slow.world.delay = 6_000;
    slow.connect();
    slow.clock.advance(20_000);
    expect(slow.keeper.trusted()).to.equal(false);
    slow.world.delay = 20;
    slow.clock.advance(2 * MINUTE);
    expect([slow.keeper.trusted(), slow.error()]).to.deep.equal([true, slow.error()]);
    expect(slow.error()).to.be.within(-60, 60);

    const late = device();
    late.world.signs = false;
    late.connect();
    const nonce = late.asked.at(-1)?.nonce ?? "";
    const answer = late.signed({ epoch: 1, at: late.truth(), nonce });
    late.keeper.lost();
    late.clock.advance(3_000);
    late.keeper.answerSigned(answer);
    expect(late.keeper.trusted()).to.equal(false);
  });

  it("asks again and again, but not often, while no signed answer comes, and at once when there is a connection", () => {
    const { clock, world, connect, asked } = device();
    world.signs = false;
    clock.advance(MINUTE);
    expect(asked).to.have.lengthOf(0);
    connect();
    clock.advance(10 * MINUTE);
    const nonces = asked.filter(({ nonce }) => nonce !== undefined);

    expect(nonces.length).to.be.within(9, 16);
  });

  it("asks rarely when all is well: four questions in twenty minutes, one of them for a signature", () => {
    const { clock, connect, asked } = device();
    connect();
    clock.advance(5 * MINUTE);
    asked.length = 0;
    clock.advance(DAY);

    expect(asked.length).to.be.within(4 * 71, 4 * 72);
    expect(asked.filter(({ nonce }) => nonce !== undefined).length).to.be.within(71, 72);
  });

  it("measures at full length as soon as something will sound", () => {
    let busy = false;
    const { clock, connect, asked } = device({ isBusy: () => busy });
    connect();
    clock.advance(5 * MINUTE);
    asked.length = 0;
    busy = true;
    clock.advance(2_000);

    expect(asked).to.have.lengthOf(8);
  });

  it("keeps the time for seven days without a server as well as its crystal, and never better than it says", () => {
    const { keeper, clock, world, connect, lose, error } = device();
    world.drift = 40e-6;
    connect();
    for (let hour = 0; hour < 12; hour++) clock.advance(HOUR);
    lose();
    for (let day = 1; day <= 7; day++) clock.advance(DAY);

    expect(keeper.source()).to.equal("server");
    expect(Math.abs(error())).to.be.below(2_000);
    expect(keeper.errorUs() / 1000).to.be.above(Math.abs(error()) / 3);
  });

  it("follows a server that comes back with another time and another epoch, once its own nonce says so", () => {
    const { clock, world, connect, lose, error } = device();
    connect();
    clock.advance(HOUR);
    lose();
    world.ahead = -2 * HOUR;
    connect(2);
    clock.advance(3_000);

    expect(error()).to.be.within(-1, 1);
  });

  it("keeps its time over a restart of the server that changes only the epoch", () => {
    const { keeper, clock, connect, lose, error } = device();
    connect();
    clock.advance(HOUR);
    lose();
    connect(2);
    expect(keeper.trusted()).to.equal(true);
    for (let second = 0; second < 10; second++) {
      clock.advance(1_000);
      expect(error()).to.be.within(-1, 1);
    }
  });

  it("waits with a correction that would tear what sounds, and makes it in the first silence", () => {
    const { clock, world, connect, lose, error } = device();
    connect();
    clock.advance(HOUR);
    lose();
    world.silent = false;
    world.ahead = 5_000;
    connect(2);
    clock.advance(MINUTE);
    expect(error()).to.be.within(-5_001, -4_999);
    world.silent = true;
    clock.advance(1_000);

    expect(error()).to.be.within(-1, 1);
  });

  it("makes a correction at once when what sounds must not sound at the true time", () => {
    const { clock, world, connect, lose, error } = device();
    connect();
    clock.advance(HOUR);
    lose();
    world.silent = false;
    world.hushed = true;
    world.ahead = 5_000;
    connect(2);
    clock.advance(2_000);

    expect(error()).to.be.within(-1, 1);
  });

  it("takes a small correction at once: the output stretches it away", () => {
    const { clock, world, connect, lose, error } = device();
    connect();
    clock.advance(HOUR);
    lose();
    world.silent = false;
    world.ahead = 30;
    connect(2);
    clock.advance(MINUTE);

    expect(error()).to.be.within(-1, 1);
  });

  it("notices by a signed time that its machine slept, asks, and is right again", () => {
    const { keeper, clock, world, connect, signed, truth, error, asked } = device();
    connect();
    clock.advance(HOUR);
    world.ahead = 10 * MINUTE;
    const { text, signature } = signed({ epoch: 1, at: truth() });
    const before = asked.length;
    keeper.hear({ epoch: 1, at: micros(Number(text.split(" ")[1])), signature: Buffer.from(signature, "base64url") });
    clock.advance(1_000);

    expect(asked.slice(before).some(({ nonce }) => nonce !== undefined)).to.equal(true);
    expect(error()).to.be.within(-1, 1);
  });

  it("is deaf to signed times of strangers and of the past", () => {
    const { keeper, clock, world, connect, signed, truth, error, asked } = device();
    connect();
    clock.advance(HOUR);
    const before = asked.length;
    const hear = (at: number, key = station.privateKey) => {
      world.key = key;
      const { signature } = signed({ epoch: 1, at: micros(at) });
      keeper.hear({ epoch: 1, at: micros(at), signature: Buffer.from(signature, "base64url") });
    };
    hear(truth() + 5 * HOUR * 1000, stranger.privateKey);
    hear(truth() - 5 * HOUR * 1000);
    clock.advance(1_000);

    expect(error()).to.be.within(-1, 1);
    expect(asked.length).to.equal(before);
  });

  it("goes by the plain answers while it has no keys: then the connection vouches for them", () => {
    const { keeper, clock, connect, error } = device({ boot: 0, trust: undefined });
    connect();
    clock.advance(2_000);

    expect([keeper.trusted(), keeper.source()]).to.deep.equal([true, "server"]);
    expect(error()).to.be.within(-1, 1);
  });
});
