/**
 * CPU of the fan-out for one listener and one second of audio, beside a bare writer in C and Icecast, taking turns.
 *
 * @module
 */
import { reasonOf } from "../../src/base/errors.js";
import { type Bench, type Cell, measureCell } from "./cell.js";
import type { Row } from "./table.js";
import { median } from "./usage.js";

/** A comparison with a peer in the same run: `of` must cost at most `atMost` times what `against` costs. */
interface Comparison {
  readonly title: string;
  readonly of: Cell;
  readonly against: Cell;
  readonly atMost?: number;
}

const fanout = (piece: number, count: number, tls = false): Cell => ({ server: "fanout", piece, count, tls });
const c = (piece: number, count: number, tls = false): Cell => ({ server: "c", piece, count, tls });
const reporting = (cell: Cell): Cell => ({ ...cell, reporting: true });
const icecast = (piece: number, count: number): Cell => ({ server: "icecast", piece, count });

/** Low-delay Icecast has pages of one packet; beyond some 2,000 listeners it fills a core, so it is measured at 500. */
const LOW_DELAY_COUNT = 500;

/** Receivers only listen here, but for the row that says otherwise: C and Icecast have nobody who reports. */
const GOALS: readonly Comparison[] = [
  { title: "1 s writes, 10,000", of: fanout(1000, 10_000), against: c(1000, 10_000), atMost: 1.4 },
  { title: "200 ms writes, 5,000", of: fanout(200, 5000), against: c(200, 5000), atMost: 1.6 },
  {
    title: "200 ms writes, 5,000, low-delay Icecast (20 ms pages, 500)",
    of: fanout(200, 5000),
    against: icecast(20, LOW_DELAY_COUNT),
    atMost: 1 / 6,
  },
  { title: "5 s pieces, 5,000, Icecast 1 s pages", of: fanout(5000, 5000), against: icecast(1000, 5000), atMost: 0.8 },
  {
    title: "1 s writes, 10,000, each reporting every 2 s",
    of: reporting(fanout(1000, 10_000)),
    against: reporting(c(1000, 10_000)),
  },
  { title: "TLS, 1 s writes, 3,000", of: fanout(1000, 3000, true), against: c(1000, 3000, true), atMost: 2.3 },
];

const SIZES: readonly Comparison[] = [500, 2000, 10_000].flatMap((count) => [
  { title: `1 s writes, ${count}`, of: fanout(1000, count), against: c(1000, count) },
  { title: `1 s writes, ${count}, Icecast 1 s pages`, of: fanout(1000, count), against: icecast(1000, count) },
]);

/** Every cell once in each repetition, so that all meet the same moods of the machine; medians are compared. */
export async function measureFanout(bench: Bench): Promise<readonly Row[]> {
  const comparisons = (bench.long ? [...GOALS, ...SIZES.slice(0, -2), ...SIZES.slice(-1)] : GOALS).filter(
    ({ of, against }) => canRun(bench, of) && canRun(bench, against),
  );
  const costs = new Map<string, number[]>();
  const cells = [
    ...new Map(comparisons.flatMap(({ of, against }) => [of, against]).map((cell) => [nameOf(cell), cell])),
  ];
  for (let repetition = 0; repetition < bench.repetitions; repetition++) {
    for (const [name, cell] of repetition % 2 === 0 ? cells : cells.toReversed()) {
      const cost = await tryCell(bench, cell);
      if (cost !== undefined) costs.set(name, [...(costs.get(name) ?? []), cost]);
    }
  }
  return comparisons.map((comparison) => rowOf(comparison, costs));
}

function canRun(bench: Bench, { server, tls }: Cell): boolean {
  if (tls && (bench.certificate === undefined || bench.native?.tls === false)) return false;
  if (server === "c") return bench.native !== undefined;
  return server === "fanout" || (bench.icecast && bench.native !== undefined);
}

async function tryCell(bench: Bench, cell: Cell): Promise<number | undefined> {
  try {
    const { micros, result } = await measureCell(bench, cell);
    process.stderr.write(
      `${nameOf(cell)}: ${micros.toFixed(1)} µs, receivers ${(result.load * 100).toFixed(0)} % of a core\n`,
    );
    return micros;
  } catch (thrown) {
    process.stderr.write(`${nameOf(cell)}: ${reasonOf(thrown)}\n`);
    return undefined;
  }
}

const nameOf = ({ server, piece, count, tls, reporting: reports }: Cell): string =>
  `${server}${tls ? " TLS" : ""} ${piece} ms × ${count}${reports ? " reporting" : ""}`;

function rowOf({ title, of, against, atMost }: Comparison, costs: ReadonlyMap<string, readonly number[]>): Row {
  const own = median(costs.get(nameOf(of)) ?? []);
  const peer = median(costs.get(nameOf(against)) ?? []);
  const ratio = own / peer;
  const measured = Number.isFinite(ratio);
  return {
    what: title,
    figure: Number.isNaN(own) ? "failed" : `${own.toFixed(1)} µs`,
    against: Number.isNaN(peer) ? "failed" : `${against.server} ${peer.toFixed(1)} µs`,
    ...(measured ? { ratio } : {}),
    ...(atMost === undefined
      ? {}
      : { goal: `≤ ${atMost.toFixed(2)} ×`, reached: measured ? ratio <= atMost : undefined }),
  };
}
