/**
 * The station's state: opens every collection under one lock, and closes them together.
 *
 * @module
 */

import { join } from "node:path";
import type { Clock } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import type { Alarm } from "../../domain/alarm.js";
import type { Declaration } from "../../domain/alert-level.js";
import type { Announcement } from "../../domain/announcement.js";
import type { Complaint } from "../../domain/complaint.js";
import type { AnnouncementId, ReceiverId, ScheduleId } from "../../domain/ids.js";
import type { Repair } from "../../domain/repair.js";
import type { Rollout } from "../../domain/rollout.js";
import type { Schedule } from "../../domain/schedule.js";
import type { Ticket, TicketId } from "../../domain/ticket.js";
import { type Collection, openCollection } from "./collection.js";
import { type Files, machineFiles, removeUnfinished } from "./disk.js";
import { lockFolder } from "./lock.js";
import { type OrderNumbers, openOrderNumbers } from "./order-numbers.js";
import { type KeptStop, KINDS, type Meta, type ReceiverRecord, type TaughtReading, type Tombstone } from "./records.js";

export interface StoreOptions {
  /** The station's folder; state lies in `config/state` below it. */
  readonly folder: string;
  readonly clock: Pick<Clock, "date">;
  readonly log: Log;
  readonly files?: Files;
}

/** Everything that the program itself writes about the station, but the log and the clips. */
export interface Store {
  readonly receivers: Collection<ReceiverId, ReceiverRecord>;
  /** Keys of devices that are refused for ever. */
  readonly tombstones: Collection<string, Tombstone>;
  readonly announcements: Collection<AnnouncementId, Announcement>;
  readonly schedules: Collection<ScheduleId, Schedule>;
  /** By {@link declarationKey}. */
  readonly declarations: Collection<string, Declaration>;
  readonly tickets: Collection<TicketId, Ticket>;
  readonly stops: Collection<string, KeptStop>;
  readonly alarms: Collection<string, Alarm>;
  readonly repairs: Collection<string, Repair>;
  readonly complaints: Collection<string, Complaint>;
  readonly rollouts: Collection<string, Rollout>;
  /** Readings that people taught. */
  readonly lexicon: Collection<string, TaughtReading>;
  readonly meta: Collection<string, Meta>;
  readonly orderNumbers: OrderNumbers;
  /** Waits for writes under way, then gives the folder free. */
  close(): Promise<void>;
}

/** Where the state of a station lies. */
export const stateFolder = (station: string): string => join(station, "config", "state");

/**
 * @throws Fault "conflict", reason `locked`, when another process serves the station; "unavailable" when a state file is
 *   damaged beyond its generations or was written by a newer program
 */
export async function openStore({ folder, clock, log, files = machineFiles }: StoreOptions): Promise<Store> {
  const state = stateFolder(folder);
  const unlock = lockFolder(state, clock.date());
  try {
    const removed = await removeUnfinished(files, state);
    if (removed.length > 0) log.info("store.unfinished-removed", { files: removed });
    const at = (name: keyof typeof KINDS) => ({ path: join(state, `${name}.json`), files, clock, log });
    const meta = await openCollection({ ...KINDS.meta, ...at("meta") });
    const collections = {
      receivers: await openCollection({ ...KINDS.receivers, ...at("receivers") }),
      tombstones: await openCollection({ ...KINDS.tombstones, ...at("tombstones") }),
      announcements: await openCollection({ ...KINDS.announcements, ...at("announcements") }),
      schedules: await openCollection({ ...KINDS.schedules, ...at("schedules") }),
      declarations: await openCollection({ ...KINDS.declarations, ...at("declarations") }),
      tickets: await openCollection({ ...KINDS.tickets, ...at("tickets") }),
      stops: await openCollection({ ...KINDS.stops, ...at("stops") }),
      alarms: await openCollection({ ...KINDS.alarms, ...at("alarms") }),
      repairs: await openCollection({ ...KINDS.repairs, ...at("repairs") }),
      complaints: await openCollection({ ...KINDS.complaints, ...at("complaints") }),
      rollouts: await openCollection({ ...KINDS.rollouts, ...at("rollouts") }),
      lexicon: await openCollection({ ...KINDS.lexicon, ...at("lexicon") }),
      meta,
    };
    return {
      ...collections,
      orderNumbers: await openOrderNumbers(meta),
      async close() {
        await Promise.all(Object.values(collections).map((collection) => collection.close()));
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}
