/**
 * How much of a clip to fetch at once, so that an order never waits long behind it.
 *
 * A narrow line has a deep queue: what is asked for at once stands in front of the next order. So a clip is fetched in pieces
 * that each take a moment only, with a pause as long as the piece took, in which the queue drains. On a wide line the whole
 * clip is one piece.
 *
 * @module
 */

/** A piece should take this long, ms: an order waits behind it at most so long. */
const PIECE_MS = 300;
/** The first piece, before anything is known of the line, and the smallest, bytes. */
const FIRST = 12 * 1024;
const SMALLEST = 6 * 1024;
/** The largest, bytes: on a line that has just become narrow it must not stand in the way for minutes. */
const LARGEST = 256 * 1024;
/** Less than this is not left over for a piece of its own, bytes. */
const REST = 4 * 1024;

export interface FetchPace {
  /** How many bytes to ask for next, of so many that are missing. */
  next(missing: number): number;
  /** A piece came, or as much of it as came in time. Returns how long to wait before the next, ms. */
  took(bytes: number, ms: number): number;
  /** Bytes a second that must not be exceeded on average. */
  setLimit(bytesPerSecond: number): void;
  /** After so long a piece should be given up and the rest be asked for anew in smaller ones, ms. */
  readonly patienceMs: number;
}

/** @param limit bytes a second on average, until another is set */
export function createFetchPace(limit: number): FetchPace {
  let most = limit;
  /** What the line was seen to carry, bytes a millisecond. */
  let speed: number | undefined;

  return {
    next(missing) {
      const wish = speed === undefined ? FIRST : Math.round(speed * PIECE_MS);
      const piece = Math.min(LARGEST, Math.max(SMALLEST, wish));
      return piece + REST >= missing ? missing : piece;
    },
    took(bytes, length) {
      const seen = bytes / Math.max(1, length);
      // Slower is believed at once, faster by half: a piece that comes in one burst says little about the line.
      speed = speed === undefined || seen < speed ? seen : (speed + seen) / 2;
      return Math.max(length < PIECE_MS / 10 ? 0 : length, (bytes / most) * 1000 - length);
    },
    setLimit(bytesPerSecond) {
      if (bytesPerSecond > 0) most = bytesPerSecond;
    },
    patienceMs: PIECE_MS * 5,
  };
}
