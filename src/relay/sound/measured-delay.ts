/**
 * From single measurements of the output's delay to one that sound can be placed by. They wobble by a period of the card,
 * and each change is heard as a bend of pitch, so only what several agree on is followed.
 *
 * @module
 */

/** So many of the last measurements count; their median is the word of most of them. */
const COUNTED = 5;
/** A smaller change is not followed, ms: nobody hears it, and the card's own clock needs hours for it. */
const WOBBLE = 2;
/** What is measured beyond these is no delay of a player, ms. */
const LEAST = -250;
const MOST = 1000;

export interface MeasuredDelay {
  /** Takes a measurement, ms. */
  take(delayMs: number): void;
  /** The delay to go by, ms; 0 until enough was measured. */
  value(): number;
}

export function createMeasuredDelay(): MeasuredDelay {
  const last: number[] = [];
  let value = 0;
  return {
    take(delayMs) {
      if (!(delayMs >= LEAST && delayMs <= MOST)) return;
      last.push(delayMs);
      if (last.length > COUNTED) last.shift();
      if (last.length < COUNTED) return;
      const median = [...last].sort((a, b) => a - b)[(COUNTED - 1) / 2] ?? value;
      if (Math.abs(median - value) > WOBBLE) value = median;
    },
    value: () => value,
  };
}
