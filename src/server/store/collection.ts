/**
 * One kind of thing that the station keeps: reads are at once from memory, a write is on disk when its promise resolves
 * (R6). Writes that meet are brought to disk together; each promise still waits for its own data.
 *
 * @module
 */
import { Low } from "lowdb";
import { z } from "zod";
import type { Clock } from "../../base/clock.js";
import { Fault } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import type { Files } from "./disk.js";
import type { Document, DocumentKind } from "./document.js";
import { createGenerations } from "./generations.js";

/** A thing as it is kept. */
export interface Kept<Id extends string, T> {
  readonly id: Id;
  /** Rises with every change in the collection, so that no version ever comes twice, not even after a removal. */
  readonly version: number;
  /** Civil milliseconds of the last change. */
  readonly updatedAt: number;
  readonly value: T;
}

/** One step of a {@link Collection.commit}. */
export type Step<Id extends string, T> =
  | { readonly put: T; readonly ifVersion?: number | undefined }
  | { readonly delete: Id; readonly ifVersion?: number | undefined };

/**
 * What a read shows includes changes still on their way to disk. When the disk refuses them, they are taken back and every
 * promise that waited for them is rejected.
 */
export interface Collection<Id extends string, T> {
  get(id: Id): T | undefined;
  kept(id: Id): Kept<Id, T> | undefined;
  version(id: Id): number | undefined;
  /** In the order in which they were first put. */
  all(): readonly T[];
  allKept(): readonly Kept<Id, T>[];
  /** A copy by id, as the planner wants it. */
  asMap(): ReadonlyMap<Id, T>;
  readonly size: number;
  /**
   * Keeps the thing under its id and returns its new version.
   * @param ifVersion the version that was read; 0 when there must be none; anything goes when left out
   * @throws Fault "conflict", reason `stale`, when it is another version by now; "unavailable" when the disk refuses
   */
  put(value: T, ifVersion?: number): Promise<number>;
  /** Removes the thing; removing what is not there is fine unless `ifVersion` says otherwise. */
  delete(id: Id, ifVersion?: number): Promise<void>;
  /** All steps or none, in one write. */
  commit(steps: readonly Step<Id, T>[]): Promise<void>;
  /** Resolves once everything put so far is on disk or refused. */
  close(): Promise<void>;
}

/** What a collection holds and how older files of it are read. */
export interface CollectionKind<Id extends string, T> {
  readonly schema: z.core.$ZodType<T>;
  readonly idOf: (value: T) => Id;
  /** Version of the file's format, 1 when left out, and the steps that lead to it. */
  readonly version?: number;
  readonly migrations?: DocumentKind<T>["migrations"];
  /** More than this many are refused. */
  readonly atMost: number;
}

export interface CollectionOptions<Id extends string, T> extends CollectionKind<Id, T> {
  readonly path: string;
  readonly files: Files;
  readonly clock: Pick<Clock, "date">;
  readonly log: Log;
}

/** @throws Fault "unavailable" when the file cannot be read, nor any generation before it */
export async function openCollection<Id extends string, T>(
  options: CollectionOptions<Id, T>,
): Promise<Collection<Id, T>> {
  const { path, files, clock, log, version = 1, migrations = {}, atMost, idOf } = options;
  const kind: DocumentKind<Kept<Id, T>> = { version, migrations, parseItem: itemParser(options) };
  const disk = new Low<Document<Kept<Id, T>>>(createGenerations({ path, kind, files, clock, log }), {
    revision: 0,
    items: [],
  });
  await disk.read();
  // What has been migrated is kept as such at once: the next start has nothing to migrate, nor to back up before that.
  if ((disk.data.fileVersion ?? version) < version) await disk.write();

  let revision = disk.data.revision;
  let durable = byId(disk.data.items);
  let live = new Map(durable);
  const bringToDisk = groupCommit({
    write: async () => {
      const snapshot = [...live.values()];
      disk.data = { revision, items: snapshot };
      await disk.write();
      durable = byId(snapshot);
    },
    takeBack: () => {
      live = new Map(durable);
    },
  });

  function commit(steps: readonly Step<Id, T>[]): Promise<void> {
    const next = new Map(live);
    for (const step of steps) {
      const id = "put" in step ? idOf(step.put) : step.delete;
      refuseStale(id, next.get(id)?.version ?? 0, step.ifVersion);
      if ("put" in step) next.set(id, { id, version: ++revision, updatedAt: clock.date(), value: step.put });
      else next.delete(id);
    }
    if (next.size > atMost && next.size > live.size) throw tooMany(atMost);
    live = next;
    return bringToDisk();
  }

  return {
    get: (id) => live.get(id)?.value,
    kept: (id) => live.get(id),
    version: (id) => live.get(id)?.version,
    all: () => [...live.values()].map((kept) => kept.value),
    allKept: () => [...live.values()],
    asMap: () => new Map([...live].map(([id, kept]) => [id, kept.value])),
    get size() {
      return live.size;
    },
    async put(value, ifVersion) {
      const saved = commit([{ put: value, ifVersion }]);
      const given = revision;
      await saved;
      return given;
    },
    async delete(id, ifVersion) {
      if (ifVersion === undefined && !live.has(id)) return;
      await commit([{ delete: id, ifVersion }]);
    },
    commit: async (steps) => commit(steps),
    close: () => bringToDisk.idle(),
  };
}

const byId = <Id extends string, T>(items: readonly Kept<Id, T>[]) => new Map(items.map((item) => [item.id, item]));

function itemParser<Id extends string, T>({ schema, idOf }: CollectionKind<Id, T>) {
  const outer = z.strictObject({ id: z.string(), version: z.int(), updatedAt: z.number(), value: schema });
  return (item: unknown): Kept<Id, T> => {
    const { version, updatedAt, value } = outer.parse(item);
    return { id: idOf(value), version, updatedAt, value };
  };
}

/**
 * Lets changes that come while a write is under way share the next one. The returned function asks for a write that holds
 * everything changed until now, and resolves when that is on disk.
 */
function groupCommit({ write, takeBack }: { readonly write: () => Promise<void>; readonly takeBack: () => void }) {
  let waiting: { resolve: () => void; reject: (why: unknown) => void }[] = [];
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    // Changes made in the same turn of the event loop go out together.
    await Promise.resolve();
    while (waiting.length > 0) {
      const served = waiting;
      waiting = [];
      try {
        await write();
        for (const { resolve } of served) resolve();
      } catch (why) {
        // Later changes were built on the ones that failed, so they go with them.
        const refused = [...served, ...waiting];
        waiting = [];
        takeBack();
        for (const { reject } of refused) reject(why);
      }
    }
    running = undefined;
  }

  const bringToDisk = () =>
    new Promise<void>((resolve, reject) => {
      waiting.push({ resolve, reject });
      running ??= run();
    });
  return Object.assign(bringToDisk, { idle: async () => running });
}

function refuseStale(id: string, present: number, expected: number | undefined): void {
  if (expected === undefined || expected === present) return;
  throw new Fault(
    "conflict",
    {
      vi: `«${id}» đã được người khác sửa sau khi bạn mở ra. Bản của bạn chưa được lưu. Hãy xem bản mới rồi lưu lại.`,
      en: `"${id}" has been changed by somebody else since you opened it. Your version is not saved. Look at the new one, then save again.`,
    },
    { reason: "stale" },
  );
}

const tooMany = (atMost: number): Fault =>
  new Fault(
    "too-large",
    {
      vi: `Đã có đủ ${atMost} mục, chưa lưu thêm được. Hãy xóa bớt mục không còn dùng.`,
      en: `There are ${atMost} already, so no more was saved. Remove what is no longer used.`,
    },
    { reason: "too-many" },
  );
