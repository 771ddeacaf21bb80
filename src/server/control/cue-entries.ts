/**
 * Cues as they stand in documents. Receivers share most of their cues, cues share most of their lists of items, and one plan
 * shares most of both with the next: each is written out and hashed once.
 *
 * @module
 */
import type { Cue } from "../../protocol/orders.js";

/** The items of a cue. */
export interface ItemsEntry {
  readonly items: Cue["items"];
  /** Their JSON. */
  readonly text: string;
  readonly digest: string;
}

export interface CueEntry {
  readonly cue: Cue;
  /** Everything but the items, as the text of an object. */
  readonly head: string;
  readonly items: ItemsEntry;
  /** Two cues with the same digest are the same. */
  readonly digest: string;
}

/** The JSON of a cue. */
export const textOf = ({ head, items }: CueEntry): string => `${head.slice(0, -1)},"items":${items.text}}`;

/** The entries of one document after the other. */
export interface CueEntries {
  /** Entries for lists that are the same object are made once. */
  items(list: object, make: () => Cue["items"]): ItemsEntry;
  cue(cue: Cue, items: ItemsEntry): CueEntry;
  /** Forgets what was not asked for since the last call. */
  turn(): void;
}

/** @param digest a hash of a text */
export function createCueEntries(digest: (text: string) => string): CueEntries {
  const lists = inTurns<ItemsEntry>();
  const cues = inTurns<CueEntry>();
  let byList = new Map<object, ItemsEntry>();

  return {
    items(list, make) {
      const seen = byList.get(list);
      if (seen) return seen;
      const items = make();
      const text = JSON.stringify(items);
      const entry = lists.get(text, () => ({ items, text, digest: digest(text) }));
      byList.set(list, entry);
      return entry;
    },
    cue({ items: _items, ...rest }, items) {
      const head = JSON.stringify(rest);
      const key = digest(head + items.digest);
      return cues.get(key, () => ({ cue: { ...rest, items: items.items }, head, items, digest: key }));
    },
    turn() {
      lists.turn();
      cues.turn();
      byList = new Map();
    },
  };
}

/** Remembers what was asked for in this turn and in the last one. */
function inTurns<T>() {
  let last: ReadonlyMap<string, T> = new Map();
  let present = new Map<string, T>();
  return {
    get(key: string, make: () => T): T {
      const value = present.get(key) ?? last.get(key) ?? make();
      present.set(key, value);
      return value;
    },
    turn() {
      last = present;
      present = new Map();
    },
  };
}
