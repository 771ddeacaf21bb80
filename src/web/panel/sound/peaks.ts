/**
 * A waveform as the path of a drawing. Pure.
 *
 * @module
 */

/** The drawing is this wide and high, in its own units. */
export const WIDE = 600;
export const HIGH = 64;
const BARS = 150;

/** One bar for each step, mirrored at the middle; louder steps are taller, silence is a thin line. @param peaks 0 to 255 */
export function wavePath(peaks: readonly number[]): string {
  const count = Math.min(BARS, peaks.length);
  if (count === 0) return "";
  const step = WIDE / count;
  return Array.from({ length: count }, (_, bar) => {
    const from = Math.floor((bar * peaks.length) / count);
    const until = Math.max(from + 1, Math.floor(((bar + 1) * peaks.length) / count));
    const peak = Math.max(...peaks.slice(from, until));
    const half = Math.max(1, (peak / 255) * (HIGH / 2));
    return `M${round(step * (bar + 0.5))} ${round(HIGH / 2 - half)}V${round(HIGH / 2 + half)}`;
  }).join("");
}

const round = (value: number) => Math.round(value * 10) / 10;

/** Spans of a sound that were played, seconds, as a media element tells them: in order, without overlaps. */
export interface Played {
  readonly length: number;
  start(index: number): number;
  end(index: number): number;
}

/** How much of a sound has been heard, 0 to 1; what was skipped does not count. @param duration seconds */
export function heardShare(played: Played, duration: number): number {
  if (!(duration > 0)) return 0;
  let heard = 0;
  for (let index = 0; index < played.length; index += 1) heard += played.end(index) - played.start(index);
  return Math.min(1, heard / duration);
}
