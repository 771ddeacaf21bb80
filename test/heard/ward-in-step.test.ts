import { expect } from "chai";
import { type Heard, openWard, STEEPEST, type WardLoudspeaker, type Way } from "../support/ward-on-the-air.js";

const HOUR = 3600;
/** Every two and a half minutes half a minute of sound. */
const SOUNDINGS = Array.from({ length: 23 }, (_, index) => ({ at: 90 + index * 150, seconds: 30 }));
/** Crystals of cheap boards. */
const CRYSTALS = [-100, 100, 0, -62];

/** Pseudo-random and always the same. */
function noise(seed: number) {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** A switch or two between: a quarter of a millisecond, and sometimes a few. */
const lan = (seed: number): Way => {
  const random = noise(seed);
  const leg = () => 0.25 - Math.log(1 - random()) * 0.15 + (random() < 0.05 ? 5 * random() : 0);
  return { up: leg, down: leg };
};

/**
 * A mobile line as measured in 4G: half of all messages take 40 ms or less to the server, one in twenty more than 120 ms, one in
 * fifty is stuck for 400 ms. Upwards each line has a floor of its own that is higher than downwards: that difference, nobody sees.
 */
const mobile = (seed: number): Way => {
  const random = noise(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const [floor, lower] = [18 + 8 * random(), 8 + 6 * random()];
  const leg = (least: number) => () => least + 18 * Math.exp(1.03 * normal()) + (random() < 0.02 ? 400 : 0);
  return { up: leg(floor), down: leg(lower) };
};

describe("the loudspeakers of a ward", function () {
  this.timeout(120_000);

  async function anHour(wayOf: (seed: number) => Way) {
    const ward = openWard(SOUNDINGS);
    // Two have a card with a crystal of its own, which can be asked what was heard.
    const all = CRYSTALS.map((ppm, index) =>
      ward.add({ ppm, way: wayOf(1000 + index * 77), ...(index >= 2 ? { cardPpm: ppm + 50 } : {}) }),
    );
    ward.truth.advance(HOUR * 1000);
    await Promise.all(all.map((one) => one.close()));
    return all;
  }
  const spreads = (all: readonly WardLoudspeaker[], of: (heard: Heard) => number) =>
    SOUNDINGS.map((_, index) => {
      const errors = all.map(({ heard }) => of(heard[index] as Heard));
      return Math.max(...errors) - Math.min(...errors);
    });

  for (const [name, wayOf, most] of [
    ["a local network", lan, 10],
    ["mobile lines", mobile, 50],
  ] as const) {
    it(`begin within ${most} ms of each other over an hour on ${name}, and end so, without a click`, async () => {
      const all = await anHour(wayOf);

      for (const { heard } of all) expect(heard).to.have.length(SOUNDINGS.length);
      const [first, last] = [spreads(all, ({ first }) => first), spreads(all, ({ last }) => last)];
      expect(Math.max(...first), "first samples apart, ms").to.be.at.most(most);
      expect(Math.max(...last), "last samples apart, ms").to.be.at.most(most);
      const every = all.flatMap(({ heard }) => heard);
      expect(Math.max(...every.map(({ fastest }) => fastest)), "speed").to.be.at.most(1.005);
      expect(Math.min(...every.map(({ slowest }) => slowest)), "speed").to.be.at.least(0.995);
      // A tone that is half a percent faster is half a percent steeper; a sample left out would be twice as steep.
      expect(Math.max(...every.map(({ largestStep }) => largestStep)) / STEEPEST, "a click").to.be.at.most(1.01);
    });
  }
});
