import type { Records } from "../../src/server/control/ports.js";

/** Keeps things in memory as a collection on disk would. */
export function fakeRecords<Id extends string, T>(idOf: (value: T) => Id, first: readonly T[] = []): Records<Id, T> {
  const kept = new Map(first.map((value) => [idOf(value), { value, version: 1 }]));
  return {
    get: (id) => kept.get(id)?.value,
    all: () => [...kept.values()].map(({ value }) => value),
    version: (id) => kept.get(id)?.version,
    async put(value) {
      const version = (kept.get(idOf(value))?.version ?? 0) + 1;
      kept.set(idOf(value), { value, version });
      return version;
    },
    async delete(id) {
      kept.delete(id);
    },
  };
}
