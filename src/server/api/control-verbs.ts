/**
 * The verbs of the control that the API calls, and nothing else. The control fits this shape without importing it.
 *
 * Verbs refuse with a Fault: `invalid` with the path of the field, `not-found`, `conflict` when the thing is no longer
 * the one that was read, `forbidden` with a reason such as `quiet-hours` or `not-approved`. What a verb has answered is
 * on disk (R6).
 *
 * @module
 */

import type { Words } from "../../base/errors.js";
import type { AlertLevel, Declaration } from "../../domain/alert-level.js";
import type { Clip } from "../../domain/announcement.js";
import type { Area } from "../../domain/area.js";
import type { Finding } from "../../domain/finding.js";
import type { Holiday } from "../../domain/holiday.js";
import type { AnnouncementId, AreaId, PlaylistId, ReceiverId, ScheduleId, Sha256 } from "../../domain/ids.js";
import type { LogSight } from "../../domain/log-line.js";
import type { Person } from "../../domain/person.js";
import type { Playlist } from "../../domain/playlist.js";
import type { Policy } from "../../domain/policy.js";
import type { Rundown } from "../../domain/rundown.js";
import type { Schedule } from "../../domain/schedule.js";
import type { VoiceWish } from "../../domain/voice-pace.js";
import type { StopScope } from "../../protocol/orders.js";
import type { AccountVerbs } from "./account-verbs.js";
import type { AlertVerbs } from "./alert-verbs.js";
import type { AlignmentVerbs } from "./alignment-routes.js";
import type { ApprovalVerbs } from "./approval-verbs.js";
import type { BackupVerbs } from "./backup-routes.js";
import type { BaseMapVerbs } from "./base-map-routes.js";
import type { CareVerbs } from "./care-verbs.js";
import type { WatchVerbs } from "./changes.js";
import type { ChimeVerbs } from "./chime-routes.js";
import type { EditorialVerbs } from "./editorial-verbs.js";
import type { LexiconVerbs } from "./lexicon-verbs.js";
import type { LiveVerbs } from "./live-routes.js";
import type * as log from "./log-views.js";
import type { OutlineVerbs } from "./outline-routes.js";
import type { OversightVerbs } from "./oversight-verbs.js";
import type { RadioVerbs } from "./radio-routes.js";
import type { RaiseVerbs } from "./raise-verbs.js";
import type { ReportVerbs } from "./report-verbs.js";
import type * as ask from "./requests.js";
import type { SettingsVerbs } from "./settings-routes.js";
import type { SoundVerbs } from "./sound-routes.js";
import type { SourceVerbs } from "./source-verbs.js";
import type { UpdateVerbs } from "./update-verbs.js";
import type * as view from "./views.js";

/**
 * A thing that people edit, with an opaque mark of its state: two equal states have the same mark. Whoever writes back
 * says which state was read; `"*"` overwrites whatever is there, and `undefined` means that it must be new.
 */
export interface Kept<T> {
  readonly value: T;
  readonly revision: string;
}
export type Expected = string | undefined;

/** Who changes a thing, and which state of it they have read. @throws Fault "conflict", reason `stale`, when it is another */
export interface Saving {
  readonly expected: Expected;
  readonly by: Person;
}

/** The state of the station's places and loudspeakers. */
export interface PlaceVerbs {
  station(): view.StationView;
  areas(): readonly Area[];
  policies(): readonly Policy[];
  levels(): readonly AlertLevel[];
  holidays(): readonly Holiday[];
  receivers(): readonly view.ReceiverView[];
  /** Where a receiver stands, and of which kind it is; `undefined` when there is none. */
  standing(id: ReceiverId): Pick<view.ReceiverView, "area" | "kind"> | undefined;
  addPlace(place: ask.NewPlace, by: Person): Promise<view.ReceiverView>;
  /** @throws Fault "not-found" */
  receiver(id: ReceiverId): view.ReceiverView;
  updateReceiver(id: ReceiverId, change: ask.PlaceChange, as: Saving): Promise<view.ReceiverView>;
  /** Forgets the device and the place; its log lines stay. */
  removeReceiver(id: ReceiverId, by: Person): Promise<void>;
  /** A fresh code for a place, single use, ten minutes; the former device keeps working until the new one has paired. */
  createPairing(place: ReceiverId, by: Person): Promise<view.PairingView>;
  /** A code for another device; the one that has the place works until that is confirmed. */
  replaceDevice(place: ReceiverId, by: Person): Promise<view.PairingView>;
  /** @throws Fault "conflict", reason `words-differ` or `nothing-to-confirm` */
  confirmDevice(place: ReceiverId, words: readonly string[], by: Person): Promise<view.ReceiverView>;
  revokeDevice(place: ReceiverId, by: Person): Promise<view.ReceiverView>;
  clearQuarantine(place: ReceiverId, by: Person): Promise<view.ReceiverView>;
  /** The keys that hold now, the oldest first. */
  orderKeys(): readonly view.OrderKeyView[];
  /** Another key signs from now on. @throws Fault "conflict" when the administrator keeps the key in a file of his own */
  rotateOrderKey(by: Person): Promise<readonly view.OrderKeyView[]>;
  /** @throws Fault "not-found", "conflict" for the key that signs */
  retireOrderKey(key: string, by: Person): Promise<readonly view.OrderKeyView[]>;
  /** @throws Fault "forbidden" for a code that is wrong, used or expired, without saying which */
  pair(request: ask.PairRequest): Promise<view.PairedView>;
  setVolume(id: ReceiverId, percent: number, by: Person): Promise<view.ReceiverView>;
  setMuted(id: ReceiverId, muted: boolean, by: Person): Promise<view.ReceiverView>;
}

/** A file that came from outside, not yet looked into. */
export interface Upload {
  /** Path in quarantine. The verb owns the file once it has resolved; when it throws, the caller removes it. */
  readonly file: string;
  readonly bytes: number;
}

/** How an announcement is changed. */
export interface Changing extends Saving {
  /** What becomes of a sounding that is frozen already; whoever does not say is asked. */
  readonly frozen?: "next-time" | "stop-now" | undefined;
}

/** From words and recordings to approved clips. */
export interface AnnouncementVerbs {
  announcements(): readonly view.AnnouncementView[];
  announcement(id: AnnouncementId): Kept<view.AnnouncementView>;
  /** Who has written it since it was last approved; nobody when there is none. */
  authorsOf(id: AnnouncementId): readonly Pick<Person, "name" | "account">[];
  /** Keeps the draft and starts making its sound; answers before the sound is ready. */
  createFromText(draft: ask.NewText, by: Person): Promise<Kept<view.AnnouncementView>>;
  createFromRecording(about: ask.NewRecording, upload: Upload, by: Person): Promise<Kept<view.AnnouncementView>>;
  updateAnnouncement(
    id: AnnouncementId,
    change: ask.AnnouncementChange,
    as: Changing,
  ): Promise<Kept<view.AnnouncementView>>;
  /** @throws Fault "conflict" when a playlist still uses it, or, reason `frozen`, as a question */
  removeAnnouncement(id: AnnouncementId, as: Changing): Promise<void>;
  clip(sha256: Sha256): Promise<Clip | undefined>;
  peaks(sha256: Sha256): Promise<readonly number[] | undefined>;
  normalize(text: string, wish?: VoiceWish): view.SpokenView;
  voices(): readonly {
    readonly choice: Voice;
    readonly title: Words;
    readonly works: boolean;
    readonly pace: { readonly measured: boolean; readonly factor?: number | undefined };
  }[];
}
type Voice = NonNullable<view.AnnouncementView["voice"]>;

/** What a schedule would do, told before it is saved. */
export interface ScheduleReview {
  /** The coming days as they would be, this schedule's lines only. */
  readonly rundown: Rundown;
  /** What would give way to it or is cut by a limit, in sentences. */
  readonly remarks: readonly Words[];
  /** Why it may not be saved (R1); empty when it may. */
  readonly refusals: readonly { readonly path: string; readonly reason: string; readonly words: Words }[];
}

/** What sounds in which order, and when. */
export interface PlanVerbs {
  playlists(): readonly Kept<Playlist>[];
  playlist(id: PlaylistId): Kept<Playlist>;
  /** What is said about a playlist as a whole, kept or not. */
  reviewPlaylist(playlist: Playlist): { readonly findings: readonly Finding[] };
  putPlaylist(playlist: Playlist, as: Saving): Promise<Kept<Playlist>>;
  /** @throws Fault "conflict" when a schedule still uses it, or when it is not what was read */
  removePlaylist(id: PlaylistId, as: Saving): Promise<void>;
  /** The playlist as M3U8 text. */
  exportPlaylist(id: PlaylistId): string;
  /** Reads M3U8 text and keeps it as a new playlist. @throws Fault "invalid" naming the line that is not known here */
  importPlaylist(id: PlaylistId, m3u8: string, by: Person): Promise<Kept<Playlist>>;

  schedules(): readonly Kept<Schedule>[];
  schedule(id: ScheduleId): Kept<Schedule>;
  /** @param beside other schedules as they would be kept together with it, in place of those that are */
  reviewSchedule(draft: Schedule, beside: readonly Schedule[]): Promise<ScheduleReview>;
  /** @throws Fault "forbidden" with reason `quiet-hours` when it would break R1 */
  putSchedule(schedule: Schedule, as: Saving): Promise<Kept<Schedule>>;
  /** @throws Fault "conflict" when it is not what was read */
  removeSchedule(id: ScheduleId, as: Saving): Promise<void>;
  enableSchedule(id: ScheduleId, enabled: boolean, by: Person): Promise<Kept<Schedule>>;

  declarations(): readonly Declaration[];
  declare(draft: ask.NewDeclaration, by: Person): Promise<Declaration>;
  /** Ends a level in an area today. */
  endDeclaration(level: string, area: AreaId, by: Person): Promise<void>;
  rundown(query: ask.RundownQuery): Promise<Rundown>;
}

/** What happens now. */
export interface AirVerbs {
  playNow(request: ask.PlayRequest, by: Person): Promise<view.OrderedView>;
  /** Always wins (R3). */
  stop(scope: StopScope, by: Person): Promise<view.OrderedView>;
  onAir(): readonly view.OnAirView[];
  /** What is frozen and not yet written off, in order of start. */
  tickets(): readonly view.TicketView[];
}

/** One Prometheus metric family. */
export interface Metric {
  /** `loa_` and snake case, with its unit. */
  readonly name: string;
  readonly help: string;
  readonly type: "counter" | "gauge";
  readonly samples: readonly { readonly labels?: Readonly<Record<string, string>>; readonly value: number }[];
}

/** What was heard, and how the station is. */
export interface RecordVerbs {
  /** @param sight how far whoever asks sees; everything when left out */
  logPage(query: log.LogQuery, sight?: LogSight): Promise<log.LogPageView>;
  /** @param receivers only of these; of all when left out */
  results(query: log.ResultQuery, receivers?: readonly ReceiverId[]): log.ResultPageView;
  /** Pieces of text, read as the client takes them. */
  exportLog(query: log.LogExportQuery, sight?: LogSight): AsyncIterable<string>;
  verifyLog(): Promise<log.LogCheckView>;
  /** Asks receivers for the heads of days that they keep. */
  heldDays(query: log.HeldDaysQuery): Promise<log.HeldDaysView>;
  /** @throws Fault "not-found" when there are no such words, or when they are erased already */
  eraseWords(erasure: log.Erasure, by: Person): log.ErasedView;
  readiness(): Promise<view.ReadinessView>;
  metrics(): readonly Metric[];
}

/** A programme as it travels: `body` is answered byte for byte, and `sha256` is of its UTF-8 bytes. */
export interface ProgrammeFile {
  readonly revision: number;
  readonly sha256: Sha256;
  readonly body: string;
}

/** For devices, which identify themselves by the token of their connection. */
export interface DeviceVerbs {
  /** The receiver whose connection has this token, or had it a little while ago. */
  receiverOf(token: string): ReceiverId | undefined;
  programmeOf(receiver: ReceiverId): ProgrammeFile | undefined;
  /** Path of a stored clip; `undefined` when there is none. */
  clipFile(sha256: Sha256): string | undefined;
}

/** All verbs of the control. */
export interface ControlVerbs
  extends AccountVerbs,
    PlaceVerbs,
    CareVerbs,
    UpdateVerbs,
    AlignmentVerbs,
    AnnouncementVerbs,
    AlertVerbs,
    ApprovalVerbs,
    OversightVerbs,
    OutlineVerbs,
    BaseMapVerbs,
    ChimeVerbs,
    RadioVerbs,
    SourceVerbs,
    EditorialVerbs,
    LexiconVerbs,
    PlanVerbs,
    RaiseVerbs,
    AirVerbs,
    LiveVerbs,
    SoundVerbs,
    RecordVerbs,
    ReportVerbs,
    SettingsVerbs,
    BackupVerbs,
    WatchVerbs,
    DeviceVerbs {}
