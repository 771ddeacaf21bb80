/**
 * The station's state: opens every collection under one lock, and closes them together.
 *
 * @module
 */

import { join } from "node:path";
import type { Clock } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import type { Account, ProgramToken, Session } from "../../domain/account.js";
import type { AirtimeRaise } from "../../domain/airtime-raise.js";
import type { Alarm } from "../../domain/alarm.js";
import type { Alert } from "../../domain/alert.js";
import type { Declaration } from "../../domain/alert-level.js";
import type { Announcement } from "../../domain/announcement.js";
import type { Campaign } from "../../domain/campaign.js";
import type { CaseFigures, FiguresId } from "../../domain/case-figures.js";
import type { ChimeApproval, ChimeUpload } from "../../domain/chime.js";
import type { Complaint } from "../../domain/complaint.js";
import type { Pack, PackId } from "../../domain/emergency-pack.js";
import type { AnnouncementId, AreaId, OccurrenceId, ReceiverId, ScheduleId, Sha256 } from "../../domain/ids.js";
import type { Talk } from "../../domain/live.js";
import type { OfficialText, OfficialTextId } from "../../domain/official-text.js";
import type { Outline } from "../../domain/outline.js";
import type { AccountId } from "../../domain/person.js";
import type { Slot } from "../../domain/radio.js";
import type { Repair } from "../../domain/repair.js";
import type { Submission } from "../../domain/report-submission.js";
import type { Rollout } from "../../domain/rollout.js";
import type { Schedule } from "../../domain/schedule.js";
import type { Ticket, TicketId } from "../../domain/ticket.js";
import type { VoicePace } from "../../domain/voice-pace.js";
import { type Collection, openCollection } from "./collection.js";
import { type Files, machineFiles, removeUnfinished } from "./disk.js";
import { lockFolder } from "./lock.js";
import { type OrderNumbers, openOrderNumbers } from "./order-numbers.js";
import {
  type KeptStop,
  KINDS,
  type Meta,
  type ReceiverRecord,
  type TaughtReading,
  type Tombstone,
  type WaitingNotice,
} from "./records.js";

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
  /** Who laid out and who approved the schedules that relay radio. */
  readonly slots: Collection<ScheduleId, Slot>;
  /** By {@link declarationKey}. */
  readonly declarations: Collection<string, Declaration>;
  /** Raises of airtime that somebody decided, also those that are over. */
  readonly raises: Collection<string, AirtimeRaise>;
  /** Outlines of areas, for drawing alone. */
  readonly outlines: Collection<AreaId, Outline>;
  readonly tickets: Collection<TicketId, Ticket>;
  /** Times that somebody spoke live. */
  readonly talks: Collection<OccurrenceId, Talk>;
  readonly stops: Collection<string, KeptStop>;
  readonly alarms: Collection<string, Alarm>;
  readonly repairs: Collection<string, Repair>;
  readonly complaints: Collection<string, Complaint>;
  readonly rollouts: Collection<string, Rollout>;
  /** What is prepared for dangers, and the alerts that were given or asked for. */
  readonly campaigns: Collection<string, Campaign>;
  readonly packs: Collection<PackId, Pack>;
  readonly alerts: Collection<string, Alert>;
  /** Monthly reports that were handed in. */
  readonly submissions: Collection<string, Submission>;
  /** People who may enter, and who of them is logged in where. */
  readonly accounts: Collection<AccountId, Account>;
  readonly sessions: Collection<string, Session>;
  /** Tokens of people's programs. */
  readonly programs: Collection<string, ProgramToken>;
  readonly officialTexts: Collection<OfficialTextId, OfficialText>;
  readonly figures: Collection<FiguresId, CaseFigures>;
  /** Approvals of recordings of the library. */
  readonly chimeUploads: Collection<Sha256, ChimeUpload>;
  readonly chimeApprovals: Collection<Sha256, ChimeApproval>;
  /** Readings that people taught. */
  readonly lexicon: Collection<string, TaughtReading>;
  /** How fast voices were found to speak. */
  readonly voicePaces: Collection<string, VoicePace>;
  readonly notices: Collection<string, WaitingNotice>;
  readonly meta: Collection<string, Meta>;
  readonly orderNumbers: OrderNumbers;
  /** Resolves when everything that was to be kept so far is on disk. */
  idle(): Promise<void>;
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
      slots: await openCollection({ ...KINDS.slots, ...at("slots") }),
      declarations: await openCollection({ ...KINDS.declarations, ...at("declarations") }),
      raises: await openCollection({ ...KINDS.raises, ...at("raises") }),
      outlines: await openCollection({ ...KINDS.outlines, ...at("outlines") }),
      tickets: await openCollection({ ...KINDS.tickets, ...at("tickets") }),
      talks: await openCollection({ ...KINDS.talks, ...at("talks") }),
      stops: await openCollection({ ...KINDS.stops, ...at("stops") }),
      alarms: await openCollection({ ...KINDS.alarms, ...at("alarms") }),
      repairs: await openCollection({ ...KINDS.repairs, ...at("repairs") }),
      complaints: await openCollection({ ...KINDS.complaints, ...at("complaints") }),
      campaigns: await openCollection({ ...KINDS.campaigns, ...at("campaigns") }),
      packs: await openCollection({ ...KINDS.packs, ...at("packs") }),
      alerts: await openCollection({ ...KINDS.alerts, ...at("alerts") }),
      rollouts: await openCollection({ ...KINDS.rollouts, ...at("rollouts") }),
      submissions: await openCollection({ ...KINDS.submissions, ...at("submissions") }),
      accounts: await openCollection({ ...KINDS.accounts, ...at("accounts") }),
      sessions: await openCollection({ ...KINDS.sessions, ...at("sessions") }),
      programs: await openCollection({ ...KINDS.programs, ...at("programs") }),
      officialTexts: await openCollection({ ...KINDS.officialTexts, ...at("officialTexts") }),
      chimeUploads: await openCollection({ ...KINDS.chimeUploads, ...at("chimeUploads") }),
      chimeApprovals: await openCollection({ ...KINDS.chimeApprovals, ...at("chimeApprovals") }),
      figures: await openCollection({ ...KINDS.figures, ...at("figures") }),
      lexicon: await openCollection({ ...KINDS.lexicon, ...at("lexicon") }),
      voicePaces: await openCollection({ ...KINDS.voicePaces, ...at("voicePaces") }),
      notices: await openCollection({ ...KINDS.notices, ...at("notices") }),
      meta,
    };
    const idle = async () => {
      await Promise.all(Object.values(collections).map((collection) => collection.close()));
    };
    return {
      ...collections,
      orderNumbers: await openOrderNumbers(meta, () => clock.date()),
      idle,
      async close() {
        await idle();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}
