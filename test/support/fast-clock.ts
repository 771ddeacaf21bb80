import type { Clock } from "../../src/base/clock.js";
import { epoch, instant } from "../../src/base/units.js";

/** A clock that runs `times` as fast as the machine's, from now on. */
export function fastClock(times: number): Clock {
  const start = { date: Date.now(), now: performance.now() };
  const passed = () => (performance.now() - start.now) * times;
  return {
    now: () => instant(start.now + passed()),
    date: () => epoch(start.date + passed()),
    after(delay, task) {
      const timer = setTimeout(task, delay / times);
      return () => clearTimeout(timer);
    },
  };
}
