/**
 * How much of a clip to fetch at once, so that an order never waits long behind it.
 *
 * A narrow line has a deep queue: what is asked for at once stands in front of the next order. So a clip is fetched in pieces
 * that each take a moment only, with a pause as long as the piece took, in which the queue drains. On a wide line the whole
 * clip is one piece.
 *
 * What a line carries cannot be read from one piece: most let a burst through at once and are slow afterwards. So pieces grow
 * step by step while they come quickly, and a line that was once seen to be slow is taken for slow for a long time.
 *
 * @module
 */

/** A piece should take this long, ms: an order waits behind it at most so long. */
const PIECE_MS = 200;
/** The first piece, before anything is known of the line, and the smallest, bytes. */
const FIRST = 8 * 1024;
const SMALLEST = 4 * 1024;
/** The largest, bytes: on a line that has just become narrow it must not stand in the way for minutes. */
const LARGEST = 256 * 1024;
/** Less than this is not left over for a piece of its own, bytes. */
const REST = 2 * 1024;
/** How much larger the next piece is after a quick one: on a line that was never slow, and on one that was. */
const GROWTH = 1.25;
const CAREFUL_GROWTH = 1.05;
/** So many pieces follow a slow one before they may grow again: about a minute on a narrow line. */
const CAUTION = 100;

/** How a piece came, or as much of it as came in time. Both times are from its request on, ms. */
export interface PieceTimes {
  readonly bytes: number;
  /** Until its first bytes were there: the way there and back, and what stood in the queue. */
  readonly firstMs: number;
  /** Until it was here. */
  readonly ms: number;
}

export interface FetchPace {
  /** How many bytes to ask for next, of so many that are missing. */
  next(missing: number): number;
  /** Returns how long to wait before the next piece, ms. */
  took(piece: PieceTimes): number;
  /** Bytes a second that must not be exceeded on average. */
  setLimit(bytesPerSecond: number): void;
  /** After so long a piece should be given up and the rest be asked for anew in smaller ones, ms. */
  readonly patienceMs: number;
}

/** @param limit bytes a second on average, until another is set */
export function createFetchPace(limit: number): FetchPace {
  let most = limit;
  /** What the line is trusted to carry, bytes a millisecond. */
  let speed = FIRST / PIECE_MS;
  let wasSlow = false;
  let caution = 0;
  /** The shortest way there and back: no piece is slow for that. */
  let wayMs = Number.POSITIVE_INFINITY;
  let pausedMs = 0;

  const learn = (bytes: number, onLine: number) => {
    if (onLine > PIECE_MS) {
      // What came in a burst is paid for before or after it: a line known to be slow is judged by the whole time since the last piece.
      const seen = bytes / (onLine + (wasSlow ? pausedMs : 0));
      speed = Math.max(SMALLEST / PIECE_MS, Math.min(speed, seen));
      wasSlow = true;
      caution = CAUTION;
    } else if (caution > 0) caution -= 1;
    else if (onLine < PIECE_MS / 2 && bytes >= (speed * PIECE_MS) / 2)
      speed = Math.min(LARGEST / PIECE_MS, speed * (wasSlow ? CAREFUL_GROWTH : GROWTH));
  };

  return {
    next(missing) {
      const piece = Math.min(LARGEST, Math.max(SMALLEST, Math.round(speed * PIECE_MS)));
      return piece + REST >= missing ? missing : piece;
    },
    took({ bytes, firstMs, ms }) {
      wayMs = Math.min(wayMs, firstMs);
      const onLine = Math.max(1, ms - wayMs);
      // Too little to tell a line by.
      if (bytes >= SMALLEST) learn(bytes, onLine);
      const drain = Math.max(onLine < PIECE_MS / 10 ? 0 : onLine, wasSlow ? (2 * bytes) / speed - onLine : 0);
      pausedMs = Math.max(drain, (bytes / most) * 1000 - ms);
      return pausedMs;
    },
    setLimit(bytesPerSecond) {
      if (bytesPerSecond > 0) most = bytesPerSecond;
    },
    patienceMs: PIECE_MS * 5,
  };
}
