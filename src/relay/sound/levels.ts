/**
 * How loud it is, and what that means: sound that nobody ordered, and silence where something was ordered. Pure: levels and time
 * in, findings out.
 *
 * @module
 */
import type { Instant } from "../../base/units.js";

/** Silence, dB below full scale. */
export const SILENCE_DB = -200;

/** The level of a block, by its loudest sample. */
export function peakDb(samples: Int16Array): number {
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  return peak === 0 ? SILENCE_DB : 20 * Math.log10(peak / 32_768);
}

/** Reads a line of a meter, such as `-42.5`, `-42.5 dB`, `RMS_level=-42.5` or `-inf`; `undefined` for anything else. */
export function parseLevel(line: string): number | undefined {
  const text = /^(?:[\w.]*level\s*[=:]\s*)?(-inf|[-+]?\d{1,3}(?:\.\d{1,9})?)\s*(?:dB\w*)?$/i.exec(line.trim())?.[1];
  if (text === undefined) return undefined;
  return Math.max(SILENCE_DB, Math.min(20, text.toLowerCase() === "-inf" ? SILENCE_DB : Number(text)));
}

export interface LevelJudge {
  /**
   * Takes a level. @param isOn something ordered sounds
   * @returns what must be told now, once while it lasts
   */
  take(
    at: Instant,
    levelDb: number,
    isOn: boolean,
  ): { readonly finding: "unordered" | "not-heard"; readonly levelDb: number } | undefined;
  /** Something else is on now: if that is silent, too, it is told of it. */
  renew(): void;
}

export interface LevelJudgeOptions {
  /** Louder than this is sound, dB. */
  readonly above: number;
  /** So long it must last, ms. */
  readonly unorderedAfter: number;
  /** So long it may be silent while something is on, ms. Speech pauses; infinite where silence is normal. */
  readonly notHeardAfter: number;
  /** After something ordered has ended its echo and what the output still holds count as ordered, ms. */
  readonly tail: number;
}

/** The same finding is told again after this, ms, if it goes on. */
const AGAIN = 600_000;

export function createLevelJudge({ above, unorderedAfter, notHeardAfter, tail }: LevelJudgeOptions): LevelJudge {
  let onUntil = Number.NEGATIVE_INFINITY;
  let since: { readonly at: number; readonly isOn: boolean } | undefined;
  let loudest = SILENCE_DB;
  let toldAt: number | undefined;

  return {
    renew() {
      since = undefined;
      toldAt = undefined;
    },
    take(at, levelDb, on) {
      if (on) onUntil = at + tail;
      const isOn = on || at < onUntil;
      const isLoud = levelDb > above;
      // In order: sound while something is on, silence while nothing is. In the tail both are.
      if (isLoud === isOn || (isOn && !on)) {
        since = undefined;
        toldAt = undefined;
        return undefined;
      }
      if (since?.isOn !== isOn) {
        since = { at, isOn };
        loudest = SILENCE_DB;
      }
      loudest = Math.max(loudest, levelDb);
      const lasted = at - since.at;
      if (lasted < (isOn ? notHeardAfter : unorderedAfter)) return undefined;
      if (toldAt !== undefined && at - toldAt < AGAIN) return undefined;
      toldAt = at;
      return { finding: isOn ? "not-heard" : "unordered", levelDb: Math.round(loudest * 10) / 10 };
    },
  };
}
