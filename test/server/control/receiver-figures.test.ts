import { expect } from "chai";
import { receiverId } from "../../../src/domain/ids.js";
import { createReceiverFigures } from "../../../src/server/control/receiver-figures.js";

type Parts = Parameters<typeof createReceiverFigures>[0];
type Live = { connected: boolean; state?: object; health?: object };

/** Loudspeakers that say these things. */
const figuresOf = (all: readonly Live[]) =>
  createReceiverFigures({
    receivers: {
      all: () => all.map((_, index) => ({ id: receiverId(`loa-${index}`) })),
    } as unknown as Parts["receivers"],
    registry: { get: (id: string) => all[Number(id.slice(4))] } as unknown as Parts["registry"],
    conditionOf: () => ({ state: "ok", troubles: [] }),
  })();
const state = (more: object = {}) => ({
  ...{ volume: 80, muted: false, bufferMs: 0, late: 0, underruns: 0, clockErrorUs: 0, sink: "ok" },
  ...more,
});

describe("the loudspeakers in figures", () => {
  it("are the worst and the sums of what those say that are connected", () => {
    const figures = figuresOf([
      {
        connected: true,
        state: state({ volume: 60, bufferMs: 900, underruns: 2 }),
        health: { load: 0.5, uptimeS: 10 },
      },
      {
        connected: true,
        state: state({ sink: "failed", bufferMs: 0, late: 3 }),
        health: { receivedBytes: 5, sentBytes: 1 },
      },
      { connected: true, health: { load: 2, receivedBytes: 6, version: "2" } },
      { connected: false, state: state({ volume: 1, sink: "failed" }), health: { load: 9, version: "1" } },
    ]);
    expect(figures.sinks).to.deep.equal({ ok: 1, restarting: 0, failed: 1 });
    expect(figures).to.include({ leastVolume: 60, leastBufferMs: 900, underruns: 2, lateChunks: 3 });
    expect(figures).to.include({ highestLoad: 2, shortestUptimeS: 10, receivedBytes: 11, sentBytes: 1 });
    expect(figures.versions).to.deep.equal({ "2": 1 });
  });

  it("tell a few versions apart, whatever loudspeakers call themselves", () => {
    const all = Array.from({ length: 100 }, (_, index) => ({
      ...{ connected: true, state: state() },
      health: { version: index < 40 ? "mới" : index < 60 ? "__proto__" : `lạ ${index}` },
    }));
    const { versions } = figuresOf(all);
    expect(Object.keys(versions)).to.have.length(9);
    expect(Object.entries(versions).slice(0, 2)).to.deep.equal([
      ["mới", 40],
      ["__proto__", 20],
    ]);
    expect(Object.values(versions).reduce((sum, count) => sum + count, 0)).to.equal(100);
  });
});
