import { readFileSync } from "node:fs";
import { expect } from "chai";
import { createCounts } from "../../src/server/fanout/counts.js";
import { metricsOf } from "../../src/server/health.js";

interface Panel {
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly { readonly refId: string; readonly expr: string; readonly legendFormat: string }[];
}

/** Every figure there can be, with the labels of its samples. */
const known = new Map(
  metricsOf({
    fanout: { metrics: () => ({ ...createCounts(), connected: 1, pending: 1, streams: 1, sentBytes: 1 }) },
    control: {
      station: () => ({
        ...{ name: "", zone: "", version: "", startedAt: "", now: "", singleOfficer: false },
        receivers: { total: 1, connected: 1, sounding: 1 },
      }),
      onAir: () => [],
      receiverFigures: () => ({
        ...{ states: { ok: 1, fault: 0, silenced: 0, disabled: 0, test: 0 }, underruns: 1, lateChunks: 1 },
        ...{ worstClockErrorUs: 1, leastDiskFreeBytes: 1, highestTemperatureC: 1, weakestSignalDbm: -1 },
        ...{ sinks: { ok: 1, restarting: 0, failed: 0 }, versions: { "1": 1 }, receivedBytes: 1, sentBytes: 1 },
        ...{ highestLoad: 1, shortestUptimeS: 1, leastVolume: 1, leastBufferMs: 1 },
      }),
      alarmCounts: () => ({ "link-lost": 1 }),
    },
    upkeep: {
      ...{ troubles: () => [], certificateEndsAt: () => 1, lastBackupAt: () => 1 },
      notices: () => ({ waiting: 0, sent: 0, failed: 0, dropped: 0 }),
    },
  } as Parameters<typeof metricsOf>[0]).map(({ name, type, samples }) => [
    name,
    { type, labels: samples.flatMap((sample) => Object.keys(sample.labels ?? {})) },
  ]),
);
const NAME = /\b(?:loa|process)_[a-z_]+/g;

describe("the dashboard for Grafana", () => {
  const { panels } = JSON.parse(readFileSync("docs/grafana/loa-phuong.json", "utf8")) as { panels: readonly Panel[] };
  const targets = panels.flatMap((panel) => panel.targets.map((target) => ({ ...target, title: panel.title })));

  it("asks only for figures that the station has", () => {
    expect(targets.length).to.be.above(15);
    for (const { title, expr } of targets) {
      const names = expr.match(NAME) ?? [];
      expect(names, title).to.not.deep.equal([]);
      for (const name of names) expect([...known.keys()], title).to.include(name);
    }
  });

  it("takes rates of what only rises, and of nothing else", () => {
    for (const { expr, title } of targets)
      for (const [, how, name = ""] of expr.matchAll(/(?:(rate|increase)\()?\b((?:loa|process)_[a-z_]+)/g))
        expect(known.get(name)?.type, `${title}: ${name}`).to.equal(how === undefined ? "gauge" : "counter");
  });

  it("tells apart only by labels that there are", () => {
    for (const { expr, legendFormat } of targets) {
      const [name = ""] = expr.match(NAME) ?? [];
      for (const [, label = ""] of legendFormat.matchAll(/\{\{(\w+)\}\}/g))
        expect(known.get(name)?.labels).to.include(label);
    }
  });

  it("lays panels side by side, none over another", () => {
    const taken = new Set<string>();
    for (const {
      title,
      gridPos: { x, y, w, h },
    } of panels) {
      expect(x + w, title).to.be.at.most(24);
      for (let column = x; column < x + w; column++)
        for (let row = y; row < y + h; row++) {
          expect(taken.has(`${column} ${row}`), title).to.equal(false);
          taken.add(`${column} ${row}`);
        }
    }
  });

  it("is not alone: the guide names only figures that there are, too", () => {
    const guide = readFileSync("docs/quan-tri.md", "utf8");
    for (const name of guide.match(NAME) ?? []) expect([...known.keys()]).to.include(name);
  });
});
