/**
 * Stops that were sent while the log took no line of them: a stop waits for nothing. Those that were kept for loudspeakers that are
 * away are found when the station opens, and get their lines.
 *
 * @module
 */
import type { Log } from "../base/log.js";
import { epoch } from "../base/units.js";
import { lateOrderLine, ORDER_ISSUED } from "./control/order-line.js";
import type { AsRunLog, Store } from "./store/index.js";

/** Lines of the log that are read at a time. */
const PAGE = 1000;
/** A line may be of a clock that was put right in between, ms. */
const AROUND = 3_600_000;

export interface UnwrittenStopsParts {
  readonly stops: Pick<Store["stops"], "all">;
  readonly asRun: Pick<AsRunLog, "page" | "events">;
  readonly log: Log;
}

/** @throws Fault "unavailable" when the log still takes nothing */
export async function writeStopsDown({ stops, asRun, log }: UnwrittenStopsParts): Promise<void> {
  const kept = stops
    .all()
    .map(({ order }) => order)
    .sort((one, other) => one.issuedAt - other.issuedAt);
  const [first] = kept;
  if (first === undefined) return;
  const written = await ordersSince(asRun, first.issuedAt / 1000 - AROUND);
  const missing = kept.filter(({ id }) => !written.has(id));
  if (missing.length === 0) return;
  asRun.events(missing.map((order) => lateOrderLine(order)));
  log.warn("stop.recorded-late", { orders: missing.map(({ id }) => id) });
}

async function ordersSince(asRun: UnwrittenStopsParts["asRun"], since: number): Promise<ReadonlySet<unknown>> {
  const query = { kind: ORDER_ISSUED, from: epoch(Math.max(0, since)) };
  const found = new Set<unknown>();
  let after: number | undefined;
  for (let page = await asRun.page(query, PAGE); page.length > 0; page = await asRun.page({ ...query, after }, PAGE))
    for (const { n, detail } of page) {
      if (detail && "id" in detail) found.add(detail.id);
      after = n;
    }
  return found;
}
