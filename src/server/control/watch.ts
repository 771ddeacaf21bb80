/**
 * Tells panels what changed: a snapshot, then numbered changes without a gap.
 *
 * @module
 */
import type { Log } from "../../base/log.js";

/** A change with its number. */
export type Numbered<C> = C & { readonly n: number };

export interface Watch<C> {
  /** Number of the newest change. */
  number(): number;
  publish(change: C): void;
  isWatched(): boolean;
  /** Calls `listener` with each change until the returned function is called. */
  subscribe(listener: (change: Numbered<C>) => void): () => void;
  /** The same for a listener that takes what there is: for its sake nothing is looked up that nobody watches. */
  overhear(listener: (change: Numbered<C>) => void): () => void;
}

export function createWatch<C extends object>(log: Log): Watch<C> {
  const listeners = new Set<(change: Numbered<C>) => void>();
  const overhearing = new Set<(change: Numbered<C>) => void>();
  const join = (set: typeof listeners) => (listener: (change: Numbered<C>) => void) => {
    set.add(listener);
    return () => {
      set.delete(listener);
    };
  };
  let n = 0;
  return {
    number: () => n,
    isWatched: () => listeners.size > 0,
    publish(change) {
      n += 1;
      const numbered = { ...change, n };
      for (const listener of [...listeners, ...overhearing]) {
        try {
          listener(numbered);
        } catch (thrown) {
          log.error("watch.bug", { thrown });
          listeners.delete(listener);
          overhearing.delete(listener);
        }
      }
    },
    subscribe: join(listeners),
    overhear: join(overhearing),
  };
}
