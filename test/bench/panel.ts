/**
 * The page of loudspeakers in a real browser while all of them change again and again: how long until a change is seen, and how
 * long the page stands still. The same page at rest, in the same run, is what it is compared with.
 *
 * @module
 */
import { closeBrowser, newVisitor, type Visitor } from "../support/real-browser.js";
import type { Bench } from "./cell.js";
import { startPanelStation } from "./panel-station.js";
import type { Row } from "./table.js";

/** A city's loudspeakers, each of which says something new so often a second. */
const RECEIVERS = 600;
const PER_SECOND = 20;
/** From the change until it stands on the screen, and the longest that the page may stand still. */
const GOAL_MS = 300;

/** What the page itself noticed. */
interface Noticed {
  /** Longest time between two frames, ms, and how many frames there were. */
  readonly longestGap: number;
  readonly frames: number;
  /** Tasks of more than 50 ms, and the longest of them. */
  readonly longTasks: number;
  readonly longestTask: number;
  /** Which volumes stood on the first tile, and when first. */
  readonly seen: readonly (readonly [volume: number, at: number])[];
}

/** Runs in the page: looks at each frame. */
const WATCH = `(() => {
  const told = { longestGap: 0, frames: 0, longTasks: 0, longestTask: 0, seen: [] };
  globalThis.noticed = told;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      told.longTasks += 1;
      told.longestTask = Math.max(told.longestTask, duration);
    }
  });
  observer.observe({ type: "longtask" });
  let before = performance.now();
  let last = -1;
  const look = () => {
    const now = performance.now();
    told.longestGap = Math.max(told.longestGap, now - before);
    told.frames += 1;
    before = now;
    const tile = [...document.querySelectorAll(".tile a")].find((link) => link.getAttribute("href") === "/loudspeakers/loa-0");
    const volume = Number(/(\\d+) %/.exec(tile?.parentElement?.textContent ?? "")?.[1] ?? -1);
    if (volume !== last) told.seen.push([volume, Date.now()]);
    last = volume;
    if (globalThis.noticed === told) requestAnimationFrame(look);
    else observer.disconnect();
  };
  requestAnimationFrame(look);
})()`;

async function watch(page: Visitor, seconds: number): Promise<Noticed> {
  await page.evaluate(WATCH);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  return page.evaluate<Noticed>(
    "(() => { const told = globalThis.noticed; globalThis.noticed = undefined; return told; })()",
  );
}

export async function measurePanel({ seconds }: Pick<Bench, "seconds">): Promise<readonly Row[]> {
  const station = await startPanelStation(RECEIVERS);
  try {
    const page = await newVisitor(station.url);
    await page.goto("/loudspeakers");
    // Everything is unfolded by looking for something that all are called.
    await page.locator("main input[type=search]").fill("loa");
    await page
      .locator(".tile")
      .nth(RECEIVERS - 1)
      .waitFor({ state: "attached" });
    const rest = await watch(page, seconds);
    const stop = station.feed(PER_SECOND);
    const fed = await watch(page, seconds * 2);
    stop();
    return rowsOf(rest, fed, station.sentAt);
  } finally {
    await closeBrowser();
    await station.close();
  }
}

function rowsOf(rest: Noticed, fed: Noticed, sentAt: ReadonlyMap<number, number>): Row[] {
  const lags = fed.seen.flatMap(([volume, at]) => {
    // The newest turn with that volume that had been sent by then.
    const sent = [...sentAt].filter(([turn, time]) => turn % 101 === volume && time <= at).at(-1);
    return sent ? [at - sent[1]] : [];
  });
  const sorted = lags.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  const within = (what: string, value: number, against?: number): Row => ({
    ...{ what, figure: `${value.toFixed(0)} ms`, goal: `≤ ${GOAL_MS} ms`, reached: value <= GOAL_MS },
    ...(against === undefined ? {} : { against: `${against.toFixed(0)} ms at rest`, ratio: value / against }),
  });
  return [
    within("change until it is seen, middle", at(0.5)),
    within("change until it is seen, longest", at(1)),
    within("longest time between two frames", fed.longestGap, rest.longestGap),
    within("longest task", fed.longestTask, Math.max(1, rest.longestTask)),
    {
      what: `states drawn, of ${RECEIVERS} × ${PER_SECOND} a second`,
      figure: `${fed.seen.length} draws, ${fed.frames} frames, ${fed.longTasks} tasks over 50 ms`,
    },
  ];
}
