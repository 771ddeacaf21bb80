/**
 * Why a receiver's connection ends, and what the receiver is told.
 *
 * @module
 */

/**
 * `left` it closed the socket; `lost` the network did; `silent` it said nothing for too long; `too-slow` its socket took
 * nothing for seconds; `too-late` what it gets can no longer be heard in time; `replaced` it connected anew; `two-devices` another
 * device with its key is there, or was; `failed` this program could not greet it.
 */
export type Closing =
  | "left"
  | "lost"
  | "no-hello"
  | "refused"
  | "malformed"
  | "too-many-messages"
  | "too-slow"
  | "too-late"
  | "silent"
  | "replaced"
  | "two-devices"
  | "failed"
  | "shutting-down";

/** WebSocket close code by reason; 4000 and above are this protocol's own. */
export const CLOSE_CODE: Record<Closing, number> = {
  left: 1000,
  lost: 1006,
  "no-hello": 1008,
  refused: 4003,
  malformed: 1008,
  "too-many-messages": 1008,
  "too-slow": 4008,
  "too-late": 4008,
  silent: 1006,
  replaced: 4001,
  "two-devices": 4009,
  failed: 1011,
  "shutting-down": 1001,
};

/** The text of a close frame holds at most this many bytes (RFC 6455, 5.5: 125 less the code). */
const CLOSE_TEXT = 123;

/** A reason that fits into a close frame, cut between letters. */
export function closeText(reason: string): string {
  let text = reason.slice(0, CLOSE_TEXT);
  while (Buffer.byteLength(text) > CLOSE_TEXT) text = text.slice(0, -1);
  return text;
}
