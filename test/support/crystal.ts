import type { Clock } from "../../src/base/clock.js";
import { epoch, instant, ms } from "../../src/base/units.js";
import type { FakeClock } from "./fake-clock.js";

/** Time as a crystal that is `ppm` fast counts it, on top of true time; its civil time begins at `date`, ms. */
export function crystal(truth: FakeClock, ppm: number, date: number): Clock {
  const rate = 1 + ppm / 1e6;
  return {
    now: () => instant(truth.now() * rate),
    date: () => epoch(date + truth.now() * rate),
    after: (delay, task) => truth.after(ms(delay / rate), task),
  };
}
