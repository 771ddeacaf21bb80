import type { Cancel, Clock } from "../../src/base/clock.js";
import { type Epoch, epoch, type Instant, instant, type Ms } from "../../src/base/units.js";

/** A clock that moves only when told, with civil time that can be stepped apart from monotonic time. */
export class FakeClock implements Clock {
  #now = 0;
  #offset: number;
  #tasks: { at: number; id: number; task: () => void }[] = [];
  #ids = 0;

  constructor(date = Date.UTC(2026, 10, 23, 0, 0, 0)) {
    this.#offset = date;
  }

  now(): Instant {
    return instant(this.#now);
  }

  date(): Epoch {
    return epoch(this.#offset + this.#now);
  }

  after(delay: Ms, task: () => void): Cancel {
    const entry = { at: this.#now + delay, id: this.#ids++, task };
    this.#tasks.push(entry);
    return () => {
      this.#tasks = this.#tasks.filter((other) => other !== entry);
    };
  }

  /** How many timers are armed. */
  get armed(): number {
    return this.#tasks.length;
  }

  /** Moves both clocks on, running what falls due in order. */
  advance(length: number): void {
    const end = this.#now + length;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#tasks = this.#tasks.filter((task) => task !== next);
      this.#now = Math.max(this.#now, next.at);
      next.task();
    }
    this.#now = end;
  }

  /** Moves both clocks on without running anything, as a blocked event loop would. */
  stall(length: number): void {
    this.#now += length;
  }

  /** Steps civil time alone, as an administrator or NTP would. */
  step(length: number): void {
    this.#offset += length;
  }

  #next(end: number) {
    return this.#tasks.filter((task) => task.at <= end).sort((a, b) => a.at - b.at || a.id - b.id)[0];
  }
}
