/**
 * What the station knows when it plans: what people wrote in its folder, and what it keeps.
 *
 * @module
 */

import type { Epoch } from "../../base/units.js";
import type { AirtimeRaise } from "../../domain/airtime-raise.js";
import type { Alert } from "../../domain/alert.js";
import type { AlertLevel, Declaration } from "../../domain/alert-level.js";
import type { Announcement } from "../../domain/announcement.js";
import { type AreaTree, isWithinAreas } from "../../domain/area.js";
import type { Campaign } from "../../domain/campaign.js";
import type { CaseFigures, FiguresId } from "../../domain/case-figures.js";
import type { ChimeApproval, ChimeUpload, KeptChime } from "../../domain/chime.js";
import type { Complaint } from "../../domain/complaint.js";
import { plannedDays } from "../../domain/dated.js";
import type { Pack, PackId } from "../../domain/emergency-pack.js";
import type { Holiday } from "../../domain/holiday.js";
import type { AreaId, OccurrenceId, RadioId, ReceiverId, ScheduleId, Sha256 } from "../../domain/ids.js";
import type { Talk } from "../../domain/live.js";
import type { LocalDate } from "../../domain/local-time.js";
import type { OfficialText, OfficialTextId } from "../../domain/official-text.js";
import type { Outline } from "../../domain/outline.js";
import { type Place, placeOf } from "../../domain/place.js";
import type { Policy } from "../../domain/policy.js";
import type { RadioSource, Slot } from "../../domain/radio.js";
import type { Receiver } from "../../domain/receiver.js";
import type { Repair } from "../../domain/repair.js";
import type { Rollout } from "../../domain/rollout.js";
import type { PlanInput } from "../../domain/rundown.js";
import type { Schedule, Targets } from "../../domain/schedule.js";
import { targeted } from "../../domain/targets.js";
import type { Ticket, TicketId } from "../../domain/ticket.js";
import { isApproved } from "../../domain/version.js";
import { zoneOf } from "../../domain/zone.js";
import type { Audience } from "../../protocol/orders.js";
import type { AlarmRecords } from "./alarm-book.js";
import { chimesOf } from "./chimes.js";
import type { PeopleBehind } from "./cues.js";
import type { AnnouncementRecords, KeptStop, Playlists, Records } from "./ports.js";
import type { Offer } from "./programme-book.js";
import { placeOnly, type ReceiverRecords, type Tombstones } from "./receiver-records.js";
import { approvedSlots } from "./slots.js";

/** What people have written in the station's folder. */
export interface StationFacts {
  readonly name: string;
  readonly zone: string;
  readonly version: string;
  readonly areas: AreaTree;
  readonly policies: readonly Policy[];
  readonly holidays: readonly Holiday[];
  readonly levels: readonly AlertLevel[];
  /** The library's recordings, by file name: those that were there when the station started, and what was handed in since. */
  readonly library: ReadonlyMap<string, KeptChime>;
  /** Other stations that may be relayed. */
  readonly radio: ReadonlyMap<RadioId, RadioSource>;
}

/** What the station keeps. */
export interface Kept {
  readonly receivers: ReceiverRecords;
  readonly tombstones: Tombstones;
  readonly announcements: AnnouncementRecords;
  readonly schedules: Records<ScheduleId, Schedule>;
  /** Who laid out and who approved the schedules that relay radio. */
  readonly slots: Records<ScheduleId, Slot>;
  readonly declarations: Records<string, Declaration>;
  readonly raises: Records<string, AirtimeRaise>;
  readonly outlines: Records<AreaId, Outline>;
  readonly tickets: Records<TicketId, Ticket>;
  readonly talks: Records<OccurrenceId, Talk>;
  readonly stops: Records<string, KeptStop>;
  readonly alarms: AlarmRecords;
  readonly repairs: Records<string, Repair>;
  readonly complaints: Records<string, Complaint>;
  readonly rollouts: Records<string, Rollout>;
  readonly campaigns: Records<string, Campaign>;
  readonly packs: Records<PackId, Pack>;
  readonly alerts: Records<string, Alert>;
  readonly playlists: Playlists;
  readonly officialTexts: Records<OfficialTextId, OfficialText>;
  readonly figures: Records<FiguresId, CaseFigures>;
  /** Who handed recordings of the library in, and who approved them, by the SHA-256 of the file. */
  readonly chimeUploads: Records<Sha256, ChimeUpload>;
  readonly chimeApprovals: Records<Sha256, ChimeApproval>;
  readonly offers: { get(id: ReceiverId): Offer | undefined; putAll(offers: readonly Offer[]): Promise<void> };
}

/** Receivers that are named one by one in an order, at most. */
const NAMED_AT_MOST = 50;

export interface Knowledge {
  receivers(): readonly Receiver[];
  today(): LocalDate;
  /** The hours and rules of a receiver in that area today. */
  place(area: AreaId): Place;
  /** Bytes of a clip; 0 when it is not known. */
  bytesOf(sha256: Sha256): number;
  /**
   * Everything that is planned with, as it is at this moment. An approval that is not of what the announcement is now is none
   * here (R2), whatever became of it where it is kept.
   */
  situation(): Omit<PlanInput, "from" | "until" | "zone">;
  /** The receivers that targets mean today. */
  targeted(targets: Targets): readonly Receiver[];
  /**
   * Whom an order is for: these receivers by name while they are few, else their areas. It is sent to these receivers alone
   * either way, and ten thousand names would make a message of 200 kB for each of them.
   */
  audienceOf(receivers: readonly ReceiverId[]): Audience;
  /** Who wrote and who approved what a cue holds, as it is now. */
  readonly peopleBehind: PeopleBehind;
  areaName(area: AreaId): string;
  hasArea(area: AreaId): boolean;
  isBelow(area: AreaId, roots: readonly AreaId[]): boolean;
}

interface Surroundings {
  readonly now: () => Epoch;
  /** SHA-256 of a text, in hex. */
  readonly digest: (text: string) => string;
}

export function createKnowledge(facts: StationFacts, kept: Kept, { now, digest }: Surroundings): Knowledge {
  const { areas, policies, holidays, levels, library, radio } = facts;
  const zone = zoneOf(facts.zone);
  const bytes = new Map<Sha256, number>();
  const learnBytes = () => {
    for (const { clip } of kept.announcements.all()) if (clip) bytes.set(clip.sha256, clip.bytes);
    for (const { clip } of library.values()) bytes.set(clip.sha256, clip.bytes);
  };
  const today = () => zone.toLocal(now()).date;
  const proven = rememberedFor((announcement: Announcement) => {
    const { approval: _void, ...rest } = announcement;
    return isApproved(announcement, digest) ? announcement : rest;
  });
  const receivers = () => kept.receivers.all().map(placeOnly);

  return {
    receivers,
    today,
    place: (area) => placeOf(facts, area, today()),
    bytesOf: (sha256) => bytes.get(sha256) ?? 0,
    situation() {
      learnBytes();
      const schedules = kept.schedules.all();
      return {
        ...{ areas, policies, holidays, levels },
        chimes: chimesOf(library, kept.chimeApprovals),
        receivers: receivers(),
        declarations: kept.declarations.all().flatMap(plannedDays),
        raises: kept.raises.all().flatMap(plannedDays),
        schedules,
        approvedSlots: approvedSlots(schedules, { slots: kept.slots, sources: radio, digest }),
        playlists: new Map(kept.playlists.all().map((playlist) => [playlist.id, playlist])),
        announcements: new Map(kept.announcements.all().map((announcement) => [announcement.id, proven(announcement)])),
      };
    },
    targeted: (targets) => targeted(targets, { areas, receivers: receivers() }, today()),
    audienceOf(ids) {
      if (ids.length <= NAMED_AT_MOST) return { kind: "receivers", receivers: [...ids] };
      return { kind: "areas", areas: [...new Set(ids.flatMap((id) => kept.receivers.get(id)?.area ?? []))] };
    },
    peopleBehind(items) {
      const announcements = items.flatMap(({ announcement: id }) => (id && kept.announcements.get(id)) || []);
      const composed = namesOf(announcements.flatMap(({ authors = [] }) => authors.map(({ name }) => name)));
      const approved = namesOf(announcements.map(({ approval }) => approval?.by));
      return { ...(composed ? { composed } : {}), ...(approved ? { approved } : {}) };
    },
    areaName: (area) => areas.get(area)?.name ?? area,
    hasArea: (area) => areas.has(area),
    isBelow: (area, roots) => isWithinAreas(areas, area, roots),
  };
}

/** A function of things that never change, which are asked about again and again. */
function rememberedFor<T extends object, R>(work: (value: T) => R): (value: T) => R {
  const known = new WeakMap<T, { readonly result: R }>();
  return (value) => {
    const found = known.get(value) ?? { result: work(value) };
    known.set(value, found);
    return found.result;
  };
}

/** Names in an order, at most; a playlist may be the work of many. */
const NAMES_AT_MOST = 8;

const namesOf = (names: readonly (string | undefined)[]): string =>
  [...new Set(names.filter((name) => name !== undefined))].slice(0, NAMES_AT_MOST).join(", ");
