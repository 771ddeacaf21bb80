/**
 * The items of a playlist as they are edited: each keeps its key when it moves. Pure.
 *
 * @module
 */
import type { Playlist, PlaylistItem } from "../../../domain/playlist.js";

export interface Row {
  /** Tells this item from all others for as long as it is edited. */
  readonly key: number;
  readonly item: PlaylistItem;
}

/** As many as the station takes. */
export const MOST_ITEMS = 200;

/** @param firstKey larger than every key in use */
export const rowsOf = (items: Playlist["items"], firstKey: number): readonly Row[] =>
  items.map((item, index) => ({ key: firstKey + index, item }));

/** The row at `from` stands at `to` afterwards; the others keep their order. Outside the list nothing happens. */
export function moved(rows: readonly Row[], from: number, to: number): readonly Row[] {
  const row = rows[from];
  if (!row || to < 0 || to >= rows.length || from === to) return rows;
  return rows.toSpliced(from, 1).toSpliced(to, 0, row);
}

/** What may be changed of an item besides its place. */
export const changed = (rows: readonly Row[], key: number, item: PlaylistItem): readonly Row[] =>
  rows.map((row) => (row.key === key ? { key, item } : row));
