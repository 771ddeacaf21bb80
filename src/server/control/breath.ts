/**
 * Long work in short stretches, so that what is on air is served in between.
 *
 * @module
 */
import type { Clock } from "../../base/clock.js";
import { seconds, until } from "../../base/units.js";

/** Work goes on at a stretch for this long, ms: a tenth of the longest pause that what is on air is promised. */
const STRETCH_MS = 5;

/** Lets others run when the present stretch has been long enough. Call it between small pieces of work. */
export type Breathe = () => Promise<void>;

export function createBreath(clock: Pick<Clock, "now" | "after">): Breathe {
  let since = clock.now();
  return async () => {
    if (until(since, clock.now()) < STRETCH_MS) return;
    await new Promise<void>((resolve) => {
      clock.after(seconds(0), resolve);
    });
    since = clock.now();
  };
}
