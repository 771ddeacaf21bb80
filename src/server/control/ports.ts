/**
 * What control needs from the stages. The stages fit by shape and never import this file.
 *
 * @module
 */

import type { Words } from "../../base/errors.js";
import type { PipSide, PipsHeard } from "../../domain/alignment.js";
import type { Announcement, Clip, VoiceChoice } from "../../domain/announcement.js";
import type { BaseMap, Tile, TilePlace } from "../../domain/base-map.js";
import type { AnnouncementId, AreaId, OccurrenceId, PlaylistId, ReceiverId, Sha256 } from "../../domain/ids.js";
import type { LocalDate } from "../../domain/local-time.js";
import type { EventLine, LogLine, LogQuery } from "../../domain/log-line.js";
import type { Playlist } from "../../domain/playlist.js";
import type { Review } from "../../domain/refusals.js";
import type { Settled, SettlingLine } from "../../domain/result.js";
import type { PlanInput, Rundown } from "../../domain/rundown.js";
import type { Schedule } from "../../domain/schedule.js";
import type { Result } from "../../domain/ticket.js";
import type { VoiceWish } from "../../domain/voice-pace.js";
import type { Normalised } from "../../language/index.js";
import type { SignedDay } from "../../protocol/day-head.js";
import type { HeardLine } from "../../protocol/journal-results.js";
import type { Cue, Order, Signed } from "../../protocol/orders.js";

/** Speech as it comes from a voice, before the pipeline gives it the house sound. */
export interface Speech {
  /** A file with the sound, in any format that the pipeline reads. The caller removes nothing: it lies in the cache. */
  readonly file: string;
  /** The voice that really spoke, after any falling back. */
  readonly voice: VoiceChoice;
}

/** Turns spoken text into sound. @throws Fault "unavailable" when no voice of the chain could speak */
export interface Voices {
  speak(spokenText: string, wish: Partial<VoiceChoice>, signal: AbortSignal): Promise<Speech>;
  /** The voices that can be chosen, first choice first. */
  list(): readonly { readonly choice: VoiceChoice; readonly title: Words; readonly works: boolean }[];
}

/** Any audio in, the house sound out. */
export interface Pipeline {
  /**
   * Makes a clip of a file that came from outside or from a voice, and stores it.
   * @throws Fault "invalid" with a sentence that helps, when the file is refused; nothing is kept then
   */
  makeClip(
    file: string,
    options: { readonly name: string; readonly trusted: boolean },
    signal: AbortSignal,
  ): Promise<Clip>;
}

/** The pips by which loudspeakers are brought into step. */
export interface Pips {
  /** Makes and keeps the pips by which one of two loudspeakers is known in a recording. */
  makePips(side: PipSide, signal: AbortSignal): Promise<Clip>;
  /** Looks for the pips of both. @throws Fault "invalid" when the file is no recording of at most two minutes */
  findPips(file: string, name: string, signal: AbortSignal): Promise<PipSearch>;
}

/** What a recording of pips holds, or whose pips it lacks. */
export type PipSearch =
  | { readonly kind: "heard"; readonly heard: PipsHeard }
  | { readonly kind: "missing"; readonly side: PipSide }
  | { readonly kind: "unsteady" };

/** The encoded clips, by hash. */
export interface ClipStore {
  has(sha256: Sha256): boolean;
  /** Path of the stored file. */
  pathOf(sha256: Sha256): string;
  clip(sha256: Sha256): Promise<Clip | undefined>;
  /** 0 to 255 per step, for the waveform. */
  peaks(sha256: Sha256): Promise<readonly number[] | undefined>;
  /** Removes clips that nothing uses any more. Returns those removed. */
  collect(used: ReadonlySet<Sha256>): Promise<readonly Sha256[]>;
}

/** The map under the drawing of loudspeakers. */
export interface BaseMaps {
  /** Absent while there is none. */
  about(): BaseMap | undefined;
  /** Takes a copy of a file in place of what was there. @throws Fault "invalid" for what is no map that can be shown */
  keep(file: string): Promise<BaseMap>;
  remove(): Promise<void>;
  /** Absent where it has no picture. */
  tile(place: TilePlace): Promise<Tile | undefined>;
}

/** One kind of thing that is kept. Reads are at once; a write is on disk when its promise resolves (R6). */
export interface Records<Id extends string, T> {
  get(id: Id): T | undefined;
  all(): readonly T[];
  /** Rises with each change of that thing; `undefined` when there is none. */
  version(id: Id): number | undefined;
  /** @throws Fault "conflict" when `ifVersion` is not the present version */
  put(value: T, ifVersion?: number): Promise<number>;
  /** @throws Fault "conflict" when `ifVersion` is not the present version */
  delete(id: Id, ifVersion?: number): Promise<void>;
  /** All of these or none, in one write. */
  commit(steps: readonly ({ readonly put: T } | { readonly delete: Id })[]): Promise<void>;
}

/** The playlists in their folder. */
export interface Playlists {
  all(): readonly Playlist[];
  get(id: PlaylistId): Playlist | undefined;
  put(playlist: Playlist): Promise<void>;
  remove(id: PlaylistId): Promise<void>;
}

/** Lines of one receiver's journal. */
export interface Heard {
  readonly receiver: ReceiverId;
  readonly area: AreaId;
  readonly journal: string;
  readonly lines: readonly HeardLine[];
}

/** An announcement at one receiver. */
export interface Hearing {
  readonly receiver: ReceiverId;
  /** Civil milliseconds. */
  readonly first: number;
  readonly last: number;
  readonly times: number;
}

/** The as-run log, append-only; a line is on disk when the call returns. */
export interface AsRunLog {
  event(line: EventLine): void;
  /** Several lines in one write. */
  events(lines: readonly EventLine[]): void;
  /**
   * Takes journal lines of several receivers in one write, each line once however often it is sent. Returns up to where each
   * journal is known without gaps.
   */
  heardAll(reports: readonly Heard[]): readonly number[];
  /** Up to where a journal is known without gaps. */
  reportedUpTo(receiver: ReceiverId, journal: string): number;
  /** What became of an occurrence at each receiver, as the receivers themselves said. */
  resultsOf(occurrence: OccurrenceId): ReadonlyMap<ReceiverId, Result>;
  /** Writes results that are not written yet, each once; what a receiver says later takes their place. One write for all. */
  settle(lines: readonly SettlingLine[]): void;
  /** The results that are written of an occurrence. */
  settledAt(occurrence: OccurrenceId): ReadonlyMap<ReceiverId, Settled>;
  /** Writes a line unless one was written under the same key, also by an earlier run. Returns whether it was written. */
  eventOnce(key: string, line: EventLine): boolean;
  /** Lines in the order in which they were written, at most `limit`. */
  page(query: LogQuery, limit: number): Promise<readonly LogLine[]>;
  /** When a receiver was last heard of, civil milliseconds. */
  lastSignOf(receiver: ReceiverId): number | undefined;
  /** When each receiver last sounded by its own account, civil milliseconds. */
  lastSounds(): ReadonlyMap<ReceiverId, number>;
  /** When an announcement was begun last at any receiver by its own account, civil milliseconds. */
  lastHeard(id: AnnouncementId): number | undefined;
  /** Where and when it was begun, by the receivers' own account; where it was first comes first. */
  hearings(id: AnnouncementId): readonly Hearing[];
  /** Receivers of whose sounding of it since then (civil milliseconds) nothing is known. */
  untold(id: AnnouncementId, since: number): readonly ReceiverId[];
  /** What people did with it, oldest first, after the line of that number. */
  historyOf(id: AnnouncementId, after: number, limit: number): readonly LogLine[];
  readonly days: {
    /** The last day that is closed. */
    last(): LocalDate | undefined;
    /** The signed heads of the days after that one, oldest first: the last `most` of them. */
    heads(after: LocalDate | undefined, most: number): readonly SignedDay[];
  };
  /** Gives up lines that the receiver no longer holds; `seq` is the first that it does. */
  acceptGap(receiver: ReceiverId, area: AreaId, journal: string, seq: number): void;
}

/** What a receiver is told of a programme that waits for it: signed are the document's bytes. */
export interface OfferedProgramme {
  readonly revision: number;
  readonly sha256: Sha256;
  readonly keyId: string;
  readonly signature: string;
}

/** The receivers' connections. */
export interface Wire {
  connected(): readonly ReceiverId[];
  sendOrder(receivers: readonly ReceiverId[] | "all", signed: Signed): void;
  offerProgramme(receiver: ReceiverId, offered: OfferedProgramme): void;
  /** Tells receivers which order keys hold, each notice in its turn. */
  tellKeys(receivers: readonly ReceiverId[] | "all", notices: readonly Signed[]): void;
  /** Clips to keep at hand although no programme needs them now. */
  wantClips(receiver: ReceiverId, clips: readonly { readonly sha256: Sha256; readonly bytes: number }[]): void;
  acknowledge(receiver: ReceiverId, journal: string, upTo: number): void;
  /** Gives heads of closed days to receivers, for them to keep. */
  keepDays(receivers: readonly ReceiverId[] | "all", heads: readonly SignedDay[]): void;
  /** Asks a receiver for the heads that it keeps: of the days after that one, or of all. */
  askDays(receiver: ReceiverId, after: LocalDate | undefined): void;
  /** Ends a connection, as when its place is given to another device. */
  dismiss(receiver: ReceiverId, reason: string): void;
}

/** Sound over the wire for receivers that lack the clips. */
export interface Feeding {
  feed(cue: Cue, receivers: readonly ReceiverId[]): void;
  stop(matches: (cue: Cue) => boolean, receivers?: readonly ReceiverId[]): void;
  /** Its connection is gone, and with it what it was fed by: when it is back it is fed anew. */
  lost(receiver: ReceiverId): void;
}

/** Lays out what sounds when. For a city it takes a second or two, and must not hold up what is on air meanwhile. */
export interface Planner {
  /** @throws Fault "invalid" when the zone or a rule cannot be used; "unavailable" when it is closing or took too long */
  plan(input: PlanInput): Promise<Rundown>;
  /** @throws Fault as {@link Planner.plan} */
  review(draft: Schedule, input: PlanInput): Promise<Review>;
}

/** Text to what the voice will say, piece by piece. @param wish whose length is estimated; the station's voice when left out */
export type Normalise = (text: string, wish?: VoiceWish) => Normalised;

/** A stop that is still to be obeyed by receivers that were away. */
export interface KeptStop {
  readonly id: string;
  readonly order: Order;
}

export type AnnouncementRecords = Records<Announcement["id"], Announcement>;
