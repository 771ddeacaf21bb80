import type { Epoch } from "../../src/base/units.js";
import type { AirtimeRaise } from "../../src/domain/airtime-raise.js";
import { declarationKey } from "../../src/domain/alert-level.js";
import type { Campaign } from "../../src/domain/campaign.js";
import type { Complaint } from "../../src/domain/complaint.js";
import type { PackId } from "../../src/domain/emergency-pack.js";
import type { AreaId, ReceiverId } from "../../src/domain/ids.js";
import type { Outline } from "../../src/domain/outline.js";
import type { Repair } from "../../src/domain/repair.js";
import type { Rollout } from "../../src/domain/rollout.js";
import type { PlanInput } from "../../src/domain/rundown.js";
import type { TicketId } from "../../src/domain/ticket.js";
import type { Playlists, Records } from "../../src/server/control/ports.js";
import type { Offer } from "../../src/server/control/programme-book.js";
import { fakeAsRun } from "./fake-as-run.js";
import { fakeRecords } from "./fake-records.js";

/** One kind of thing on disk, each as the text that a disk would hold. */
const written = <Id extends string, T>(idOf: (value: T) => Id, values: readonly T[]) =>
  new Map(values.map((value) => [idOf(value), JSON.stringify(value)]));

/** The folder of playlists. */
function playlistsOf(first: PlanInput["playlists"]): Playlists {
  const kept = new Map(first);
  return {
    all: () => [...kept.values()],
    get: (id) => kept.get(id),
    async put(playlist) {
      kept.set(playlist.id, playlist);
    },
    async remove(id) {
      kept.delete(id);
    },
  };
}

/** What a station's folder holds. */
export function createPaperDisk(station: Omit<PlanInput, "from" | "until">) {
  return {
    receivers: written(({ id }) => id, station.receivers),
    announcements: written(({ id }) => id, [...station.announcements.values()]),
    schedules: written(({ id }) => id, station.schedules),
    declarations: written(declarationKey, station.declarations),
    playlists: playlistsOf(station.playlists),
    stops: new Map<string, string>(),
    packs: new Map<PackId, string>(),
    alerts: new Map<string, string>(),
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

/** What people keep; no paper station opens it a second time. */
export const careRecords = () => ({
  repairs: fakeRecords<string, Repair>(({ number }) => String(number)),
  complaints: fakeRecords<string, Complaint>(({ number }) => String(number)),
  outlines: fakeRecords<AreaId, Outline>(({ area }) => area),
  raises: fakeRecords<string, AirtimeRaise>(({ id }) => id),
  campaigns: fakeRecords<string, Campaign>(({ id }) => id),
  rollouts: fakeRecords<string, Rollout>(({ id }) => id),
});

/** The records of one run of the program over what is on disk; a dead run writes nothing any more. */
export function recordsOn<Id extends string, T>(
  disk: Map<Id, string>,
  { idOf, isAlive }: { readonly idOf: (value: T) => Id; readonly isAlive: () => boolean },
): Records<Id, T> {
  const records = fakeRecords<Id, T>(
    idOf,
    [...disk.values()].map((text) => JSON.parse(text) as T),
  );
  const alive: Records<Id, T> = {
    ...records,
    async commit(steps) {
      for (const step of steps) await ("put" in step ? alive.put(step.put) : alive.delete(step.delete));
    },
    async put(value, ifVersion) {
      if (!isAlive()) return 0;
      const version = await records.put(value, ifVersion);
      disk.set(idOf(value), JSON.stringify(value));
      return version;
    },
    async delete(id) {
      if (!isAlive()) return;
      disk.delete(id);
      await records.delete(id);
    },
  };
  return alive;
}
