/**
 * What the station knows when it plans: what people wrote in its folder, and what it keeps.
 *
 * @module
 */

import type { Epoch } from "../../base/units.js";
import type { AlertLevel, Declaration } from "../../domain/alert-level.js";
import type { Clip } from "../../domain/announcement.js";
import { type Area, type AreaTree, isWithinAreas } from "../../domain/area.js";
import type { Complaint } from "../../domain/complaint.js";
import type { Holiday } from "../../domain/holiday.js";
import type { AreaId, ReceiverId, ScheduleId, Sha256 } from "../../domain/ids.js";
import type { LocalDate } from "../../domain/local-time.js";
import { areaLine, type Place, placeOf } from "../../domain/place.js";
import type { Policy } from "../../domain/policy.js";
import type { Receiver } from "../../domain/receiver.js";
import type { Repair } from "../../domain/repair.js";
import type { Rollout } from "../../domain/rollout.js";
import type { PlanInput } from "../../domain/rundown.js";
import type { Schedule, Targets } from "../../domain/schedule.js";
import type { Ticket, TicketId } from "../../domain/ticket.js";
import { zoneOf } from "../../domain/zone.js";
import type { Audience, Cue, Order } from "../../protocol/orders.js";
import type { AlarmRecords } from "./alarm-book.js";
import type { AnnouncementRecords, KeptStop, Playlists, Records } from "./ports.js";
import type { Offer } from "./programme-book.js";
import { placeOnly, type ReceiverRecords, type Tombstones } from "./receiver-records.js";

/** What people have written in the station's folder. */
export interface StationFacts {
  readonly name: string;
  readonly zone: string;
  readonly version: string;
  readonly areas: AreaTree;
  readonly policies: readonly Policy[];
  readonly holidays: readonly Holiday[];
  readonly levels: readonly AlertLevel[];
  /** Clips of the library's recordings, by file name; filled while the station starts. */
  readonly chimes: ReadonlyMap<string, Clip>;
}

/** What the station keeps. */
export interface Kept {
  readonly receivers: ReceiverRecords;
  readonly tombstones: Tombstones;
  readonly announcements: AnnouncementRecords;
  readonly schedules: Records<ScheduleId, Schedule>;
  readonly declarations: Records<string, Declaration>;
  readonly tickets: Records<TicketId, Ticket>;
  readonly stops: Records<string, KeptStop>;
  readonly alarms: AlarmRecords;
  readonly repairs: Records<string, Repair>;
  readonly complaints: Records<string, Complaint>;
  readonly rollouts: Records<string, Rollout>;
  readonly playlists: Playlists;
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
  /** Everything that is planned with, as it is at this moment. */
  situation(): Omit<PlanInput, "from" | "until" | "zone">;
  /** The receivers that targets mean today. */
  targeted(targets: Targets): readonly Receiver[];
  /**
   * Whom an order is for: these receivers by name while they are few, else their areas. It is sent to these receivers alone
   * either way, and ten thousand names would make a message of 200 kB for each of them.
   */
  audienceOf(receivers: readonly ReceiverId[]): Audience;
  /** Who wrote and who approved what a cue holds, for the order that brings it. */
  peopleBehind(items: Cue["items"]): Pick<Order["by"], "composed" | "approved">;
  areaName(area: AreaId): string;
  hasArea(area: AreaId): boolean;
  isBelow(area: AreaId, roots: readonly AreaId[]): boolean;
}

export function createKnowledge(facts: StationFacts, kept: Kept, now: () => Epoch): Knowledge {
  const { areas, policies, holidays, levels, chimes } = facts;
  const zone = zoneOf(facts.zone);
  const bytes = new Map<Sha256, number>();
  const learnBytes = () => {
    for (const { clip } of kept.announcements.all()) if (clip) bytes.set(clip.sha256, clip.bytes);
    for (const clip of chimes.values()) bytes.set(clip.sha256, clip.bytes);
  };
  const today = () => zone.toLocal(now()).date;
  const receivers = () => kept.receivers.all().map(placeOnly);

  return {
    receivers,
    today,
    place: (area) => placeOf(facts, area, today()),
    bytesOf: (sha256) => bytes.get(sha256) ?? 0,
    situation() {
      learnBytes();
      return {
        ...{ areas, policies, holidays, levels, chimes },
        receivers: receivers(),
        declarations: kept.declarations.all(),
        schedules: kept.schedules.all(),
        playlists: new Map(kept.playlists.all().map((playlist) => [playlist.id, playlist])),
        announcements: new Map(kept.announcements.all().map((announcement) => [announcement.id, announcement])),
      };
    },
    targeted: (targets) =>
      receivers().filter((receiver) => isTargeted(targets, receiver, areaLine(areas, receiver.area, today()))),
    audienceOf(ids) {
      if (ids.length <= NAMED_AT_MOST) return { kind: "receivers", receivers: [...ids] };
      return { kind: "areas", areas: [...new Set(ids.flatMap((id) => kept.receivers.get(id)?.area ?? []))] };
    },
    peopleBehind(items) {
      const announcements = items.flatMap(({ announcement: id }) => (id && kept.announcements.get(id)) || []);
      const composed = namesOf(announcements.map(({ composedBy }) => composedBy));
      const approved = namesOf(announcements.map(({ approval }) => approval?.by));
      return { ...(composed ? { composed } : {}), ...(approved ? { approved } : {}) };
    },
    areaName: (area) => areas.get(area)?.name ?? area,
    hasArea: (area) => areas.has(area),
    isBelow: (area, roots) => isWithinAreas(areas, area, roots),
  };
}

/** Names in an order, at most; a playlist may be the work of many. */
const NAMES_AT_MOST = 8;

const namesOf = (names: readonly (string | undefined)[]): string =>
  [...new Set(names.filter((name) => name !== undefined))].slice(0, NAMES_AT_MOST).join(", ");

/** Whether targets mean a receiver that lies in these areas, nearest first. */
const isTargeted = (targets: Targets, { id, kind }: Receiver, line: readonly Area[]): boolean =>
  targets.kinds.includes(kind) &&
  !targets.except.includes(id) &&
  (targets.receivers.includes(id) || line.some((area) => targets.areas.includes(area.id)));
