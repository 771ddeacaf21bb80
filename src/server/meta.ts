/**
 * Small things that the station must remember over a restart.
 *
 * @module
 */
import { reasonOf } from "../base/errors.js";
import type { Log } from "../base/log.js";
import type { Epoch } from "../base/units.js";
import { receiverId } from "../domain/ids.js";
import type { Kept } from "./control/knowledge.js";
import type { Offer } from "./control/programme-book.js";
import type { Collection } from "./store/collection.js";
import type { Meta } from "./store/records.js";

type MetaCollection = Collection<string, Meta>;

const ALIVE = "alive";
const FIRST_START = "first-start";
const programmeKey = (id: string) => `programme-${id}`;

/** The programmes that were last offered. */
export function offersIn(meta: MetaCollection): Kept["offers"] {
  return {
    get(id) {
      const found = meta.get(programmeKey(id));
      if (found?.kind !== "programme") return undefined;
      const { kind: _kind, id: _id, ...offer } = found;
      return { id, ...offer };
    },
    putAll: (offers: readonly Offer[]) =>
      meta.commit(
        offers.map((offer) => ({ put: { kind: "programme", ...offer, id: programmeKey(receiverId(offer.id)) } })),
      ),
  };
}

/** When the station was last known to be alive, civil milliseconds. */
export const lastAlive = (meta: MetaCollection): number | undefined => doneAt(meta, ALIVE);

export function noteAlive(meta: MetaCollection, at: Epoch, log: Log): void {
  meta
    .put({ kind: "done", id: ALIVE, at })
    .catch((thrown: unknown) => log.warn("alive.not-noted", { reason: reasonOf(thrown) }));
}

/** Whether what the station comes with has been brought in. */
export const isBroughtIn = (meta: MetaCollection): boolean => doneAt(meta, FIRST_START) !== undefined;
export const noteBroughtIn = (meta: MetaCollection, at: Epoch) => meta.put({ kind: "done", id: FIRST_START, at });

/** When something was last done that is done once a day; kept over a restart. */
export const marksIn = (meta: MetaCollection, log: Log) => ({
  at: (id: string) => doneAt(meta, id),
  note: (id: string, at: Epoch): void => {
    meta
      .put({ kind: "done", id, at })
      .catch((thrown: unknown) => log.warn("mark.not-noted", { id, reason: reasonOf(thrown) }));
  },
});
export type Marks = ReturnType<typeof marksIn>;

function doneAt(meta: MetaCollection, id: string): number | undefined {
  const found = meta.get(id);
  return found?.kind === "done" ? found.at : undefined;
}
