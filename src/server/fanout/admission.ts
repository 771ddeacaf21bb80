/**
 * Lets receivers in without letting them crowd out those who are on air. When thousands come back at once, letting them in
 * takes at most half of the time; the others wait. Their proofs are checked beside this thread, a few at a time.
 *
 * @module
 */
import type { Cancel, Clock } from "../../base/clock.js";
import { ms } from "../../base/units.js";

/**
 * Time for newcomers in each turn, and from one turn to the next, ms. Nothing on air is held up by more than the first and the
 * greetings of those whose proofs are under way.
 */
const SHARE = 10;
const TURN = 20;
/** Proofs under way at a time: enough to keep the thread pool busy. */
const PROVING = 32;

export interface Admission<T> {
  /** Begins at once when there is time. `false`: it has to wait. */
  take(newcomer: T): boolean;
  close(): void;
}

export interface AdmissionParts<T, V> {
  readonly clock: Clock;
  /** Finds out who it is, beside this thread. Must not fail. */
  readonly prove: (newcomer: T) => Promise<V>;
  /** Does the work for one that is known. Must not throw. */
  readonly greet: (newcomer: T, verdict: V) => void;
}

export function createAdmission<T, V>({ clock, prove, greet }: AdmissionParts<T, V>): Admission<T> {
  let waiting: T[] = [];
  let turnBegan = clock.now();
  let spent = 0;
  let proving = 0;
  let cancel: Cancel | undefined;
  let closed = false;

  const timed = <R>(task: () => R): R => {
    const began = clock.now();
    const result = task();
    spent += clock.now() - began;
    return result;
  };
  const begin = (newcomer: T) => {
    proving += 1;
    void timed(() => prove(newcomer)).then((verdict) => {
      proving -= 1;
      if (closed) return;
      timed(() => greet(newcomer, verdict));
      work();
    });
  };
  const hasTime = () => spent < SHARE && proving < PROVING;
  const work = () => {
    let next = 0;
    for (; next < waiting.length && hasTime(); next++) {
      const newcomer = waiting[next];
      if (newcomer !== undefined) begin(newcomer);
    }
    if (next > 0) waiting = waiting.slice(next);
    if (waiting.length > 0) cancel ??= clock.after(ms(TURN), turn);
  };
  const turn = () => {
    cancel = undefined;
    turnBegan = clock.now();
    spent = 0;
    work();
  };

  return {
    take(newcomer) {
      if (clock.now() - turnBegan >= TURN && waiting.length === 0) {
        turnBegan = clock.now();
        spent = 0;
      }
      if (waiting.length === 0 && hasTime()) {
        begin(newcomer);
        return true;
      }
      waiting.push(newcomer);
      cancel ??= clock.after(ms(TURN), turn);
      return false;
    },
    close() {
      closed = true;
      cancel?.();
      waiting = [];
    },
  };
}
