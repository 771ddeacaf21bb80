import { expect } from "chai";
import { findPips, PIP_RATE, type PipSearch } from "../../src/server/pipeline/find-pips.js";
import { pipsOf } from "../../src/server/pipeline/pips.js";

/** How a recording was made. Delays in ms, loudness as a factor. */
interface Scene {
  /** How much later the other loudspeaker sounds than it should, at the telephone. */
  readonly later: number;
  /** Seconds from the beginning of the recording to the beginning of the cues. */
  readonly begins?: number;
  readonly seconds?: number;
  readonly other?: number;
  /** Of the noise of a street, as a factor of a pip's height. */
  readonly noise?: number;
  /** Seconds in which echoes die away. */
  readonly reverb?: number;
  /** An echo that is louder than the sound itself, from a wall, ms later. */
  readonly wall?: number;
  /** How much too fast the telephone's clock is, parts in a million. */
  readonly ppm?: number;
  readonly seed?: number;
}

/** Pseudo-random and always the same, −1 to 1. */
function noise(seed: number) {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return (2 * state) / 2_147_483_647 - 1;
  };
}

function record(scene: Scene): Int16Array {
  const { later, begins = 3.2, seconds = 20, other = 1, ppm = 0, seed = 5 } = scene;
  const random = noise(seed);
  const mixed = new Float64Array(seconds * PIP_RATE);
  const add = (sound: Int16Array, delayMs: number, gain: number) => {
    // What a clock that is fast counts more of.
    const rate = 1 + ppm / 1e6;
    const start = begins * 1000 + delayMs;
    const first = Math.max(0, Math.floor((start / 1000) * PIP_RATE) - 100);
    for (let index = first; index < Math.min(mixed.length, first + sound.length + 400); index++) {
      const at = ((index / PIP_RATE) * 1000) / rate - start;
      const position = (at * PIP_RATE) / 1000;
      const whole = Math.floor(position);
      if (whole < 0 || whole + 1 >= sound.length) continue;
      const part = position - whole;
      mixed[index] = (mixed[index] ?? 0) + gain * ((sound[whole] ?? 0) * (1 - part) + (sound[whole + 1] ?? 0) * part);
    }
  };
  for (const [side, delay, gain] of [
    ["reference", 0, 0.4],
    ["other", later, 0.4 * other],
  ] as const) {
    const sound = pipsOf(side, PIP_RATE);
    add(sound, delay, gain);
    if (scene.wall !== undefined) add(sound, delay + scene.wall, gain * 1.4);
    if (scene.reverb !== undefined)
      for (let echo = 0; echo < 40; echo++) {
        const after = 6 + 994 * ((random() + 1) / 2) * scene.reverb;
        add(sound, delay + after, gain * 0.35 * random() * 10 ** ((-3 * after) / 1000 / scene.reverb));
      }
  }
  let hum = 0;
  const loud = (scene.noise ?? 0.02) * 16_000 * 0.4;
  return Int16Array.from(mixed, (value) => {
    // Streets rumble: more of the low than of the high.
    hum = 0.7 * hum + random();
    return Math.max(-32_768, Math.min(32_767, value + loud * hum));
  });
}

function search(samples: Int16Array): PipSearch {
  const steps = findPips(samples);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

const heardIn = (scene: Scene) => {
  const result = search(record(scene));
  if (result.kind !== "heard") throw new Error(JSON.stringify(result));
  return result.heard;
};

describe("finding pips", function () {
  this.timeout(20_000);

  for (const later of [0, 37.3, -84.6, 412, -300])
    it(`hears to a tenth of a millisecond that the other is ${later} ms late`, () => {
      const { laterMs, spreadMs, reference, other } = heardIn({ later });
      expect(laterMs).to.be.closeTo(later, 0.1);
      expect(spreadMs).to.be.below(0.2);
      expect([reference, other]).to.deep.equal([6, 6]);
    });

  it("hears in a recording that a telephone has cleaned of all noise", () => {
    expect(heardIn({ later: 37.3, noise: 0 }).laterMs).to.be.closeTo(37.3, 0.1);
  });

  it("hears through the noise of a street that is as loud as the pips", () => {
    for (const seed of [3, 11, 42]) expect(heardIn({ later: 25.5, noise: 1, seed }).laterMs).to.be.closeTo(25.5, 1);
  });

  it("hears the nearer of two loudspeakers and the one that is ten times softer", () => {
    expect(heardIn({ later: -18, other: 0.1 }).laterMs).to.be.closeTo(-18, 0.5);
  });

  it("goes by what arrives first, not by a wall that sends it back louder, nor by echoes", () => {
    expect(heardIn({ later: 12, wall: 9 }).laterMs).to.be.closeTo(12, 0.5);
    for (const seed of [1, 2, 3]) expect(heardIn({ later: 12, reverb: 0.8, seed }).laterMs).to.be.closeTo(12, 1);
  });

  it("allows for a telephone whose clock is fast", () => {
    for (const ppm of [-200, 200]) expect(heardIn({ later: 60, ppm }).laterMs).to.be.closeTo(60, 0.1);
  });

  it("makes do with what is left of the pips when the recording began late or ended early", () => {
    const late = heardIn({ later: 20, begins: -3.5 });
    expect(late.laterMs).to.be.closeTo(20, 0.2);
    expect(late.reference).to.be.below(6);
    expect(heardIn({ later: 20, begins: 3, seconds: 11 }).laterMs).to.be.closeTo(20, 0.2);
  });

  it("says whose pips it does not hear, and takes nothing for pips", () => {
    expect(search(record({ later: 0, other: 0 }))).to.deep.equal({ kind: "missing", side: "other" });
    for (const seed of [1, 2, 3, 4, 5])
      expect(search(record({ later: 0, begins: 100, noise: 0.5, seed })).kind).to.not.equal("heard");
    expect(search(new Int16Array(0)).kind).to.equal("missing");
  });
});
