import { expect } from "chai";
import { silentLog } from "../../src/base/log.js";
import type { EventLine } from "../../src/domain/log-line.js";
import { orderLine } from "../../src/server/control/order-line.js";
import type { KeptStop } from "../../src/server/store/records.js";
import { type UnwrittenStopsParts, writeStopsDown } from "../../src/server/unwritten-stops.js";

const aStop = (id: string, issuedAt: number): KeptStop["order"] =>
  ({
    ...{ id, issuedAt, class: "emergency", audience: { kind: "all" }, by: { aired: "Chị Hoa" } },
    body: { kind: "stop", scope: { kind: "all" } },
  }) as KeptStop["order"];

describe("stops that the log took no line of", () => {
  const at = 1_795_000_000_000;
  /** A log that holds the lines of these orders, and takes more. */
  async function opened(kept: readonly KeptStop["order"][], written: readonly KeptStop["order"][]) {
    const lines: EventLine[] = written.map((order) => ({ ...orderLine(order, undefined), at: order.issuedAt / 1000 }));
    const page = async ({ kind, from = 0, after = -1 }: { kind?: string; from?: number; after?: number }) =>
      lines
        .map((line, n) => ({ ...line, n }))
        // Two at a time, so that a second page is needed.
        .filter((line) => line.kind === kind && Number(line.at) >= from && line.n > after)
        .slice(0, 2);
    const asRun = { page, events: (more: readonly EventLine[]) => void lines.push(...more) };
    const stops = { all: () => kept.map((order) => ({ id: order.id, order })) };
    const parts = { stops, asRun, log: silentLog } as unknown as UnwrittenStopsParts;
    await writeStopsDown(parts);
    await writeStopsDown(parts);
    return lines.slice(written.length);
  }

  it("get it when the station opens, as of when they were issued, and once", async () => {
    const all = [0, 1, 2, 3, 4].map((minute) => aStop(`lenh-${minute}`, (at + minute * 60_000) * 1000));
    const [first, second, third, fourth, fifth] = all as [(typeof all)[0], ...typeof all];
    const added = await opened(
      all,
      [first, second, fourth].filter((one) => one !== undefined),
    );
    expect(added.map(({ kind, at: when, by, after }) => ({ kind, when, by, after }))).to.deep.equal(
      [third, fifth].map((order) => ({
        ...{ kind: "order.issued", when: Number(order?.issuedAt) / 1000, by: "Chị Hoa" },
        after: { order: order?.id, orders: "stop" },
      })),
    );
  });

  it("are none while each has its line, or while none is kept", async () => {
    const stop = aStop("lenh-1", at * 1000);
    expect(await opened([stop], [stop])).to.deep.equal([]);
    expect(await opened([], [])).to.deep.equal([]);
  });
});
