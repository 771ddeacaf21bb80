import { Fault } from "../../src/base/errors.js";
import type { Records } from "../../src/server/control/ports.js";

/** Keeps things in memory as a collection on disk would. */
export function fakeRecords<Id extends string, T>(idOf: (value: T) => Id, first: readonly T[] = []): Records<Id, T> {
  const kept = new Map(first.map((value) => [idOf(value), { value, version: 1 }]));
  const refuseStale = (id: Id, ifVersion: number | undefined) => {
    const present = kept.get(id)?.version ?? 0;
    if (ifVersion !== undefined && ifVersion !== present)
      throw new Fault("conflict", { vi: "đã đổi", en: "it has changed" }, { reason: "stale" });
    return present;
  };
  const records: Records<Id, T> = {
    get: (id) => kept.get(id)?.value,
    all: () => [...kept.values()].map(({ value }) => value),
    version: (id) => kept.get(id)?.version,
    async put(value, ifVersion) {
      const version = refuseStale(idOf(value), ifVersion) + 1;
      kept.set(idOf(value), { value, version });
      return version;
    },
    async delete(id, ifVersion) {
      refuseStale(id, ifVersion);
      kept.delete(id);
    },
    async commit(steps) {
      for (const step of steps) await ("put" in step ? records.put(step.put) : records.delete(step.delete));
    },
  };
  return records;
}
