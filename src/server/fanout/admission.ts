/**
 * Lets receivers in without letting them crowd out those who are on air. When thousands come back at once, greeting them
 * takes at most half of the time; the rest of the greetings wait.
 *
 * @module
 */
import type { Cancel, Clock } from "../../base/clock.js";
import { ms } from "../../base/units.js";

/** Time for greetings in each turn, and from one turn to the next, ms. Nothing on air is held up by more than the first. */
const SHARE = 10;
const TURN = 20;

export interface Admission<T> {
  /** Greets at once when there is time. `false`: it will be greeted later. */
  take(newcomer: T): boolean;
  close(): void;
}

/** @param greet does the work for one newcomer; must not throw */
export function createAdmission<T>(clock: Clock, greet: (newcomer: T) => void): Admission<T> {
  let waiting: T[] = [];
  let turnBegan = clock.now();
  let spent = 0;
  let cancel: Cancel | undefined;

  const timed = (newcomer: T) => {
    const began = clock.now();
    greet(newcomer);
    spent += clock.now() - began;
  };
  const turn = () => {
    cancel = undefined;
    turnBegan = clock.now();
    spent = 0;
    let next = 0;
    for (; next < waiting.length && spent < SHARE; next++) {
      const newcomer = waiting[next];
      if (newcomer !== undefined) timed(newcomer);
    }
    waiting = waiting.slice(next);
    if (waiting.length > 0) cancel = clock.after(ms(TURN), turn);
  };

  return {
    take(newcomer) {
      if (clock.now() - turnBegan >= TURN && waiting.length === 0) {
        turnBegan = clock.now();
        spent = 0;
      }
      if (waiting.length === 0 && spent < SHARE) {
        timed(newcomer);
        return true;
      }
      waiting.push(newcomer);
      cancel ??= clock.after(ms(TURN), turn);
      return false;
    },
    close() {
      cancel?.();
      waiting = [];
    },
  };
}
