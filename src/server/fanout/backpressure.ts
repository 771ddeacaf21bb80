/**
 * What to do with the next piece for a socket that may be behind. Policy only: no socket is touched here.
 *
 * Bytes waiting in the process show little, since the kernel takes 66 to 235 kB (14 to 50 s of speech) before the first
 * one waits. So a piece is never queued behind another, and a socket that stays behind is judged by age.
 *
 * @module
 */
import { type Ms, seconds } from "../../base/units.js";

/** A socket with more than this waiting gets no further audio, bytes: one second of a 256 kbit/s line. */
export const MAX_WAITING_AUDIO = 32 * 1024;
/** Orders are still written to a socket that is behind, up to this, bytes: the largest message. */
export const MAX_WAITING_CONTROL = 256 * 1024;
/** Behind for longer than this: the connection is closed, so that the receiver starts again at the live edge. */
export const MAX_BEHIND: Ms = seconds(5);
/** Reports in a row, two seconds apart, with an empty buffer and more late chunks: what is on the way is stale. */
export const HOPELESS_REPORTS = 3;

export type Verdict = "send" | "skip" | "close";

/** @param behindFor how long the socket has been over the limit; 0 when it was not until now */
export function judge(waitingBytes: number, behindFor: number): Verdict {
  if (waitingBytes <= MAX_WAITING_AUDIO) return "send";
  return behindFor > MAX_BEHIND ? "close" : "skip";
}
