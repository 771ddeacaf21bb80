import type { Epoch } from "../../src/base/units.js";
import type { ReceiverId } from "../../src/domain/ids.js";
import type { PlanInput } from "../../src/domain/rundown.js";
import type { TicketId } from "../../src/domain/ticket.js";
import type { Records } from "../../src/server/control/ports.js";
import type { Offer } from "../../src/server/control/programme-book.js";
import { fakeAsRun } from "./fake-as-run.js";
import { fakeRecords } from "./fake-records.js";

/** One kind of thing on disk, each as the text that a disk would hold. */
const written = <Id extends string, T>(idOf: (value: T) => Id, values: readonly T[]) =>
  new Map(values.map((value) => [idOf(value), JSON.stringify(value)]));

/** What a station's folder holds. */
export function createPaperDisk(station: Omit<PlanInput, "from" | "until">) {
  return {
    receivers: written(({ id }) => id, station.receivers),
    announcements: written(({ id }) => id, [...station.announcements.values()]),
    schedules: written(({ id }) => id, station.schedules),
    declarations: written(({ level }): string => level, station.declarations),
    stops: new Map<string, string>(),
    tickets: new Map<TicketId, string>(),
    offers: new Map<ReceiverId, Offer>(),
    asRun: fakeAsRun(),
    aliveUntil: undefined as Epoch | undefined,
    epoch: 1,
    sequence: 0,
    ids: 0,
  };
}
export type PaperDisk = ReturnType<typeof createPaperDisk>;

/** The records of one run of the program over what is on disk; a dead run writes nothing any more. */
export function recordsOn<Id extends string, T>(
  disk: Map<Id, string>,
  { idOf, isAlive }: { readonly idOf: (value: T) => Id; readonly isAlive: () => boolean },
): Records<Id, T> {
  const records = fakeRecords<Id, T>(
    idOf,
    [...disk.values()].map((text) => JSON.parse(text) as T),
  );
  return {
    ...records,
    async put(value) {
      if (!isAlive()) return 0;
      disk.set(idOf(value), JSON.stringify(value));
      return records.put(value);
    },
    async delete(id) {
      if (!isAlive()) return;
      disk.delete(id);
      await records.delete(id);
    },
  };
}
