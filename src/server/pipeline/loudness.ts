/**
 * How loud a clip must be, and what to change when it is not. Pure: ffmpeg measures, this decides.
 *
 * Target and ceiling follow EBU R 128's way of measuring with the figures that speech on horn loudspeakers needs:
 * −16 LUFS ± 1 and at most −1.5 dBTP, both true of the *encoded* clip.
 *
 * @module
 */

/** Integrated loudness every clip is brought to, LUFS. */
export const TARGET_LUFS = -16;
/** Highest true peak of an encoded clip, dBTP. */
export const CEILING_DB = -1.5;
/** A clip this near to the target is left alone, LU; the house promises 1, meters differ by a tenth or two. */
const NEAR_ENOUGH = 0.8;
/** Where the limiter starts, dBFS. Opus at 32 kbit/s overshoots speech by up to 2.4 dB (measured on 18 minutes). */
const FIRST_LIMIT_DB = -4.5;
/** The limiter's own range ends at −24 dBFS; below −15 a sound is crushed rather than limited. */
const LOWEST_LIMIT_DB = -15;
/** Each dB that peaks stand above the limit costs about this much loudness, dB (measured on speech). */
const LOSS_PER_DB_LIMITED = 0.3;
/** Sound quieter than this is taken for silence: raising it would only raise hiss. LUFS. */
export const SILENCE_LUFS = -56;
/** Most gain ever given, dB. */
const MOST_GAIN_DB = 45;

/** What a meter says. `lufs` is −Infinity for silence. */
export interface Loudness {
  readonly lufs: number;
  readonly peakDb: number;
}

/** What is done between the compressor and the encoder. */
export interface Setting {
  readonly gainDb: number;
  readonly limitDb: number;
}

/** The setting to try first for a sound that measures `front` behind the compressor. */
export function firstSetting(front: Loudness): Setting {
  const plain = TARGET_LUFS - front.lufs;
  const limited = Math.max(0, front.peakDb + plain - FIRST_LIMIT_DB);
  return bounded({ gainDb: plain + LOSS_PER_DB_LIMITED * limited, limitDb: FIRST_LIMIT_DB });
}

/** The setting to try after `setting` gave `heard`; `undefined` when that was right. */
export function nextSetting(setting: Setting, heard: Loudness): Setting | undefined {
  const missing = TARGET_LUFS - heard.lufs;
  const above = Math.max(0, heard.peakDb - CEILING_DB);
  if (above === 0 && Math.abs(missing) <= NEAR_ENOUGH) return undefined;
  // A lower limit takes loudness too, so both are corrected together; 0.3 dB keeps the next try off the edge.
  const lower = above > 0 ? above + 0.3 : 0;
  return bounded({
    gainDb: setting.gainDb + missing * (missing > 0 ? 1.25 : 1) + LOSS_PER_DB_LIMITED * lower,
    limitDb: setting.limitDb - lower,
  });
}

/**
 * Whether a clip that no further try improves may be used all the same. The ceiling and the upper bound always hold; a sound
 * of single knocks may stay up to 8 LU quieter, because raising it further would only crush it.
 */
export const isUsable = ({ lufs, peakDb }: Loudness): boolean =>
  peakDb <= CEILING_DB && lufs <= TARGET_LUFS + 1 && lufs >= TARGET_LUFS - 8;

/** How far from right: for choosing the best of several tries. Breaking the ceiling is worst. */
export const badness = ({ lufs, peakDb }: Loudness): number =>
  Math.abs(lufs - TARGET_LUFS) + 10 * Math.max(0, peakDb - CEILING_DB);

/**
 * Reads the summary that ffmpeg's `ebur128` writes when it ends; `undefined` when there is none. Only the last one counts:
 * a file's own tags are printed before it and may imitate one.
 */
export function parseSummary(log: string): Loudness | undefined {
  const summary = log.slice(log.lastIndexOf("Summary:"));
  const lufs = /\bI:\s+(\S+) LUFS/.exec(summary)?.[1];
  const peak = /\bPeak:\s+(\S+) dBFS/.exec(summary)?.[1];
  if (lufs === undefined || peak === undefined) return undefined;
  return { lufs: decibel(lufs), peakDb: decibel(peak) };
}

/** ebur128 prints −70 for "nothing above the gate", and `-inf` or `nan` for no samples at all. */
function decibel(text: string): number {
  const value = Number(text);
  return Number.isFinite(value) && value > -70 ? value : Number.NEGATIVE_INFINITY;
}

const bounded = ({ gainDb, limitDb }: Setting): Setting => ({
  gainDb: Math.min(MOST_GAIN_DB, Math.max(-MOST_GAIN_DB, gainDb)),
  limitDb: Math.max(LOWEST_LIMIT_DB, limitDb),
});
