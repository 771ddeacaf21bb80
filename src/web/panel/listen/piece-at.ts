/**
 * Which piece of a whole is heard at a moment, and what comes next. Pure.
 *
 * @module
 */
import type { SoundItemView } from "../../../server/api/sound-routes.js";

/** The piece that is heard, if one is, and when that changes. */
export interface PieceAt {
  readonly item?: SoundItemView;
  /** How far that piece has come, ms. */
  readonly intoMs: number;
  /** Until it ends, or until the next one begins, ms; absent when nothing follows. */
  readonly changesInMs?: number;
}

/** @param positionMs how far the whole has come */
export function pieceAt(items: readonly SoundItemView[], positionMs: number): PieceAt {
  const item = items.find(({ offsetMs, durationMs }) => positionMs >= offsetMs && positionMs < offsetMs + durationMs);
  if (item) {
    const intoMs = positionMs - item.offsetMs;
    return { item, intoMs, changesInMs: item.durationMs - intoMs };
  }
  const starts = items.map(({ offsetMs }) => offsetMs).filter((offsetMs) => offsetMs > positionMs);
  return { intoMs: 0, ...(starts.length === 0 ? {} : { changesInMs: Math.min(...starts) - positionMs }) };
}
