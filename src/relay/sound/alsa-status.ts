/**
 * What ALSA says about a playing sound card, as text of procfs: the files `status` and `hw_params` below
 * `/proc/asound/card0/pcm0p/sub0`. Pure: text in, figures out.
 *
 * @module
 */

/** A stream that plays. */
export interface AlsaStatus {
  /** The process that opened it. */
  readonly owner: number;
  /** Frames handed to the card since it was made ready, and how many of these are not heard yet. */
  readonly handed: number;
  readonly waiting: number;
}

/** More frames than this do not wait before any card: two seconds at 192 kHz. What says so counts something else. */
const MOST_WAITING = 384_000;

/** Reads `status`; `undefined` for a stream that is closed, does not run, or says what cannot be. */
export function parseStatus(text: string): AlsaStatus | undefined {
  const owner = numberIn(text, "owner_pid");
  const handed = numberIn(text, "appl_ptr");
  const waiting = numberIn(text, "delay");
  if (!/^state\s*:\s*RUNNING\s*$/m.test(text)) return undefined;
  if (owner === undefined || handed === undefined || waiting === undefined) return undefined;
  if (waiting < 0 || waiting > Math.min(MOST_WAITING, handed)) return undefined;
  return { owner, handed, waiting };
}

/** Reads the frames a second from `hw_params`; `undefined` for a stream that is closed. */
export function parseRate(text: string): number | undefined {
  const rate = numberIn(text, "rate");
  return rate !== undefined && rate >= 4_000 && rate <= 768_000 ? rate : undefined;
}

function numberIn(text: string, name: string): number | undefined {
  const found = new RegExp(`^${name}\\s*:\\s*(-?\\d{1,15})\\b`, "m").exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}
