import type { Cancel, Clock } from "../../src/base/clock.js";
import { type Epoch, epoch, type Instant, instant, type Ms } from "../../src/base/units.js";

/** A clock that runs `times` as fast as the machine's, from now on; what waits for it follows when that changes. */
export function fastClock(times: number) {
  const begun = { date: Date.now(), now: performance.now() };
  let speed = times;
  let since = { real: begun.now, passed: 0 };
  const passed = () => since.passed + (performance.now() - since.real) * speed;
  const armed = new Set<() => void>();

  return {
    now: (): Instant => instant(begun.now + passed()),
    date: (): Epoch => epoch(begun.date + passed()),
    after(delay: Ms, task: () => void): Cancel {
      const due = passed() + delay;
      let timer: NodeJS.Timeout;
      const arm = () => {
        clearTimeout(timer);
        timer = setTimeout(run, Math.max(0, due - passed()) / speed);
      };
      const run = () => {
        armed.delete(arm);
        task();
      };
      armed.add(arm);
      arm();
      return () => {
        armed.delete(arm);
        clearTimeout(timer);
      };
    },
    runAt(faster: number): void {
      since = { real: performance.now(), passed: passed() };
      speed = faster;
      for (const arm of armed) arm();
    },
  } satisfies Clock & { runAt(times: number): void };
}
export type FastClock = ReturnType<typeof fastClock>;
