import { expect } from "chai";
import fc from "fast-check";
import { type Micros, micros } from "../../../src/base/units.js";
import { LIVE_PACES, liveModeSchema } from "../../../src/domain/live.js";
import { createLiveTimeline, type Placed } from "../../../src/server/playout/live-timeline.js";

const PACKET = Uint8Array.of(0x78, 1);
const START = 1_795_428_000_000_000;
const at = (ms: number): Micros => micros(START + Math.round(ms * 1000));
/** When each placed packet is heard, ms after the start. */
const heard = (placed: readonly (Placed | undefined)[]) =>
  placed.flatMap((one) => (one ? [(one.at - START) / 1000] : []));

describe("the instants at which speech is heard", () => {
  it("follow each other by 20 ms, the promised delay after the first packet, however the network trembles", () => {
    const line = createLiveTimeline(LIVE_PACES.normal);
    const comes = [0, 20, 70, 75, 80, 100, 190, 191, 192, 193];
    expect(heard(comes.map((ms) => line.place(PACKET, at(ms))))).to.deep.equal(
      comes.map((_, index) => 600 + index * 20),
    );
  });

  it("move on behind a pause of the network, and what came in one go then makes nothing later for good", () => {
    const line = createLiveTimeline(LIVE_PACES.fast);
    for (let n = 0; n < 50; n++) line.place(PACKET, at(n * 20));
    // Two seconds of nothing, and all of it at once.
    const burst = Array.from({ length: 100 }, () => line.place(PACKET, at(3_000)));
    expect(burst[0]).to.include({ at: at(3_300), discontinuity: true });
    expect(line.left()).to.be.above(80);
    const last = line.place(PACKET, at(3_400));
    expect((last?.at ?? 0) - at(3_400), "later than it was said, µs").to.be.within(220_000, 500_000);
  });

  it("come back to the promised delay when the network is calm again", () => {
    const line = createLiveTimeline(LIVE_PACES.fast);
    line.place(PACKET, at(0));
    for (let n = 0; n < 20; n++) line.place(PACKET, at(1_000));
    const delays = Array.from({ length: 100 }, (_, n) => {
      const placed = line.place(PACKET, at(1_020 + n * 20));
      return placed && (placed.at - at(1_020 + n * 20)) / 1000;
    });
    expect(delays[0]).to.be.above(480);
    expect(delays.at(-1)).to.be.within(300, 345);
    expect(delays.filter((delay) => delay === undefined).length, "left out").to.be.at.most(11);
  });

  it("stand behind a chime, and nothing that was said during it is heard", () => {
    const line = createLiveTimeline(LIVE_PACES.normal);
    const chime = line.prepare(Array(100).fill(PACKET), at(0));
    expect(heard(chime).at(-1)).to.equal(600 + 99 * 20);
    expect(line.place(PACKET, at(500))).to.equal(undefined);
    const first = line.place(PACKET, at(2_000));
    expect(first).to.include({ at: at(2_600), discontinuity: true, sequence: 100 });
  });

  it("never overlap, never come too late for a loudspeaker nor much later than promised, whatever comes when", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...liveModeSchema.options),
        fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 300 }),
        (mode, gaps) => {
          const line = createLiveTimeline(LIVE_PACES[mode]);
          let now = 0;
          let before: Placed | undefined;
          for (const gap of gaps) {
            now += gap;
            const placed = line.place(PACKET, at(now));
            if (!placed) continue;
            const delay = (placed.at - at(now)) / 1000;
            expect(delay).to.be.within(220, LIVE_PACES[mode].leadMs + 200);
            if (before) {
              expect(placed.sequence).to.equal(before.sequence + 1);
              expect(placed.at - before.at).to.be.at.least(20_000);
              if (placed.at - before.at > 20_000) expect(placed.discontinuity).to.equal(true);
            }
            before = placed;
          }
        },
      ),
    );
  });
});
