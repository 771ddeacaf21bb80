/**
 * The whole story, told once: words and recordings become clips, clips become playlists and schedules, schedules become a
 * rundown, the rundown becomes programmes and tickets, and what receivers heard comes back into the log. The API and the
 * tick both call these verbs and nothing else.
 *
 * @module
 */
import { type Clock, every } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import type { StationClock } from "../../base/station-clock.js";
import { type Epoch, type Ms, seconds } from "../../base/units.js";
import type { AlertLevel, Declaration } from "../../domain/alert-level.js";
import type { Clip } from "../../domain/announcement.js";
import { type Area, type AreaTree, isWithinAreas } from "../../domain/area.js";
import type { Holiday } from "../../domain/holiday.js";
import type { AnnouncementId, AreaId, OccurrenceId, ReceiverId, ScheduleId, Sha256 } from "../../domain/ids.js";
import { areaLine, placeOf } from "../../domain/place.js";
import type { Playlist } from "../../domain/playlist.js";
import type { Policy } from "../../domain/policy.js";
import type { Receiver } from "../../domain/receiver.js";
import type { PlanInput } from "../../domain/rundown.js";
import type { Schedule, Targets } from "../../domain/schedule.js";
import type { Ticket, TicketId } from "../../domain/ticket.js";
import type { Signed } from "../../protocol/orders.js";
import { createAirVerbs } from "./air.js";
import { createAnnouncementVerbs } from "./announcements.js";
import { createDelivery } from "./delivery.js";
import { createHeartbeat } from "./heartbeat.js";
import { layOutNow } from "./lay-out-now.js";
import { createOrderDesk } from "./order-desk.js";
import { createPlaceVerbs, type Secrets } from "./places.js";
import { createPlanVerbs } from "./plan-verbs.js";
import type {
  AnnouncementRecords,
  AsRunLog,
  ClipStore,
  Feeding,
  KeptStop,
  Normalise,
  Pipeline,
  Playlists,
  Records,
  Voices,
  Wire,
} from "./ports.js";
import { createProgrammeBook, type Offer } from "./programme-book.js";
import { placeOnly, type ReceiverRecords } from "./receiver-records.js";
import { createReception } from "./reception.js";
import { createRegistry } from "./registry.js";
import { createSoundMaking } from "./sound-making.js";
import { createTickets } from "./tickets.js";
import { createTimetable } from "./timetable.js";
import { createWatch } from "./watch.js";

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
  readonly announcements: AnnouncementRecords;
  readonly schedules: Records<ScheduleId, Schedule>;
  readonly declarations: Records<string, Declaration>;
  readonly tickets: Records<TicketId, Ticket>;
  readonly stops: Records<string, KeptStop>;
  readonly playlists: Playlists;
  readonly offers: { get(id: ReceiverId): Offer | undefined; putAll(offers: readonly Offer[]): Promise<void> };
}

export interface ControlParts {
  readonly facts: StationFacts;
  readonly kept: Kept;
  readonly asRun: AsRunLog;
  readonly clips: ClipStore;
  readonly voices: Voices;
  readonly pipeline: Pipeline;
  readonly normalise: Normalise;
  readonly wire: Wire;
  readonly feeding: Feeding;
  readonly clock: Clock;
  readonly stationClock: StationClock;
  readonly nextOrder: () => { readonly epoch: number; readonly sequence: number };
  readonly newId: () => string;
  readonly sign: (text: string) => Signed;
  readonly digest: (text: string) => string;
  readonly secrets: Secrets;
  readonly removeFile: (file: string) => Promise<void>;
  readonly aliveUntil: Epoch;
  readonly log: Log;
}

/** What panels are told. */
type News =
  | { readonly kind: "receiver"; readonly receiver: ReturnType<ReturnType<typeof createPlaceVerbs>["viewOf"]> }
  | { readonly kind: "receiver-removed"; readonly id: ReceiverId }
  | {
      readonly kind: "announcement";
      readonly announcement: ReturnType<ReturnType<typeof createAnnouncementVerbs>["viewOf"]>;
    }
  | { readonly kind: "announcement-removed"; readonly id: AnnouncementId }
  | { readonly kind: "on-air"; readonly onAir: ReturnType<ReturnType<typeof createAirVerbs>["onAir"]> }
  | { readonly kind: "stale"; readonly what: "playlists" | "schedules" | "declarations" | "rundown" };

/** State changes of receivers are told to panels at most this often. */
const NEWS_EVERY: Ms = seconds(0.5);

export function createControl(parts: ControlParts) {
  const { facts, kept, asRun, clips, voices, wire, feeding, clock, stationClock, digest, log } = parts;
  const now = () => stationClock.date();
  const startedAt = now();
  const registry = createRegistry(now);
  const watch = createWatch<News>(log);
  /** Receivers whose change waits to be told. */
  const news = new Set<ReceiverId>();
  let onAirChanged = false;

  const receivers = () => kept.receivers.all().map(placeOnly);
  const today = () => timetable.today();
  const place = (area: AreaId) => placeOf({ ...facts, areas: facts.areas }, area, today());
  const bytes = (sha256: Sha256) => clipBytes.get(sha256) ?? 0;
  const clipBytes = new Map<Sha256, number>();
  const learnBytes = () => {
    for (const { clip } of kept.announcements.all()) if (clip) clipBytes.set(clip.sha256, clip.bytes);
    for (const clip of facts.chimes.values()) clipBytes.set(clip.sha256, clip.bytes);
  };
  const situation = (): Omit<PlanInput, "from" | "until" | "zone"> => {
    learnBytes();
    return {
      areas: facts.areas,
      receivers: receivers(),
      policies: facts.policies,
      holidays: facts.holidays,
      levels: facts.levels,
      declarations: kept.declarations.all(),
      schedules: kept.schedules.all(),
      playlists: new Map(kept.playlists.all().map((playlist) => [playlist.id, playlist])),
      announcements: new Map(kept.announcements.all().map((announcement) => [announcement.id, announcement])),
      chimes: facts.chimes,
    };
  };
  const timetable = createTimetable({ zone: facts.zone, now, situation });
  const tickets = createTickets({
    records: kept.tickets,
    asRun,
    isConnected: registry.isConnected,
    now,
    log,
  });
  const book = createProgrammeBook({
    offers: kept.offers,
    digest,
    now,
    placeOf: place,
    bytesOf: bytes,
    pause: () => new Promise((resolve) => clock.after(seconds(0), resolve)),
    onOffer(receiver, revision, sha256) {
      if (registry.isConnected(receiver)) wire.offerProgramme(receiver, revision, sha256);
    },
  });
  const desk = createOrderDesk({
    now: () => stationClock.micros(),
    number: parts.nextOrder,
    newId: parts.newId,
    sign: parts.sign,
    send: wire.sendOrder,
    record: ({ id, class: of, body, audience, by, confirmedBy }) =>
      asRun.event({ kind: "order.issued", by: by.aired, detail: { id, class: of, body, audience, by, confirmedBy } }),
  });
  const deliver = createDelivery({ registry, book, desk, feeding, now });
  const heartbeat = createHeartbeat({
    timetable,
    book,
    tickets,
    receivers,
    bytesOf: bytes,
    asRun,
    now,
    deliver,
    onPlanned: () => watch.publish({ kind: "stale", what: "rundown" }),
    aliveUntil: parts.aliveUntil,
    log,
  });
  let beating: Promise<void> = Promise.resolve();
  const beat = (since: Ms): Promise<void> => {
    reception.flush();
    beating = heartbeat.beat(since).catch((thrown: unknown) => log.error("beat.failed", { thrown }));
    return beating;
  };
  /** What is planned may be different: plan anew at once, not at the next beat. */
  const replan = () => {
    timetable.invalidate();
    clock.after(seconds(0), () => void beat(seconds(0)));
  };

  const making = createSoundMaking({
    announcements: kept.announcements,
    normalise: parts.normalise,
    voices,
    pipeline: parts.pipeline,
    onChange: (id) => onAnnouncement(id),
    log,
  });
  const onAnnouncement = (id: AnnouncementId) => {
    const announcement = kept.announcements.get(id);
    if (announcement) watch.publish({ kind: "announcement", announcement: announcementVerbs.viewOf(announcement) });
    replan();
    for (const receiver of wire.connected()) wire.wantClips(receiver, pinned());
  };
  const announcementVerbs = createAnnouncementVerbs({
    announcements: kept.announcements,
    making,
    pipeline: parts.pipeline,
    digest,
    now: () => new Date(now()).toISOString(),
    removeFile: parts.removeFile,
    usedBy: (id) =>
      kept.playlists
        .all()
        .filter((playlist) => uses(playlist, id))
        .map(({ title }) => title),
    asRun,
    onChange: onAnnouncement,
    onRemoved(id) {
      watch.publish({ kind: "announcement-removed", id });
      replan();
    },
  });
  /** Emergency announcements lie ready everywhere, so that ordering one is a single short message. */
  const pinned = () =>
    kept.announcements
      .all()
      .flatMap(({ class: of, clip, approval, recalledAt }) =>
        of === "emergency" && clip && approval && recalledAt === undefined
          ? [{ sha256: clip.sha256, bytes: clip.bytes }]
          : [],
      );

  const titleOf = (cue: string) => tickets.open().find((ticket) => ticket.occurrence === cue)?.title;
  const placeVerbs = createPlaceVerbs({
    receivers: kept.receivers,
    registry,
    book,
    secrets: parts.secrets,
    wire,
    asRun,
    now,
    hasArea: (area) => facts.areas.has(area),
    order: (body, receiver, by) => {
      desk.issue({
        body,
        audience: { kind: "receivers", receivers: [receiver] },
        receivers: [receiver],
        class: "ordinary",
        by: { aired: by.name },
      });
    },
    titleOf,
    onPlaces: replan,
    onChange: (id) => news.add(id),
    onRemoved: (id) => watch.publish({ kind: "receiver-removed", id }),
  });
  const reception = createReception({
    registry,
    receivers: kept.receivers,
    book,
    tickets,
    desk,
    stops: kept.stops,
    asRun,
    wire,
    now,
    pinned,
    onReady(receiver) {
      for (const ticket of tickets.open()) if (ticket.receivers.includes(receiver)) deliver(ticket, [receiver]);
    },
    onChange(receiver) {
      news.add(receiver);
      onAirChanged = true;
    },
  });
  const planVerbs = createPlanVerbs({
    playlists: kept.playlists,
    schedules: kept.schedules,
    declarations: kept.declarations,
    timetable,
    reviewInput: () => ({ ...situation(), zone: facts.zone }),
    digest,
    hasLevel: (name) => facts.levels.some((level) => level.name === name),
    hasArea: (area) => facts.areas.has(area),
    inArea: (receiver, area) => {
      const record = kept.receivers.get(receiver);
      return record !== undefined && isWithinAreas(facts.areas, record.area, [area]);
    },
    asRun,
    onEdit(what) {
      watch.publish({ kind: "stale", what });
      replan();
    },
  });
  const airVerbs = createAirVerbs({
    now,
    receivers,
    targeted: (targets) =>
      receivers().filter((receiver) => isTargeted(targets, receiver, areaLine(facts.areas, receiver.area, today()))),
    placeOf: place,
    areaName: (area) => facts.areas.get(area)?.name ?? area,
    isBelow: (area, roots) => isWithinAreas(facts.areas, area, roots),
    playlist: (id) => planVerbs.playlist(id).value,
    announcement: (id) => announcementVerbs.announcement(id).value,
    layOut: (playlist) => layOutNow(playlist, { ...situation(), today: today(), bytesOf: bytes }),
    tickets,
    desk,
    deliver,
    feeding,
    registry,
    stops: kept.stops,
    asRun,
    withdraw: announcementVerbs.withdraw,
    onChange: () => {
      onAirChanged = true;
    },
  });

  const station = () => ({
    name: facts.name,
    zone: facts.zone,
    now: new Date(now()).toISOString(),
    version: facts.version,
    startedAt: new Date(startedAt).toISOString(),
    receivers: {
      total: kept.receivers.all().length,
      connected: registry.connectedCount(),
      sounding: kept.receivers
        .all()
        .filter(({ id }) => registry.get(id)?.state?.now.some((claim) => claim.state === "sounding")).length,
    },
  });
  const tellNews = () => {
    for (const id of news) {
      const record = kept.receivers.get(id);
      if (record) watch.publish({ kind: "receiver", receiver: placeVerbs.viewOf(record) });
    }
    news.clear();
    if (onAirChanged) watch.publish({ kind: "on-air", onAir: airVerbs.onAir() });
    onAirChanged = false;
  };
  const stopNews = every(clock, NEWS_EVERY, tellNews);
  for (const { id, text, clip, problem } of kept.announcements.all()) {
    // The server stopped while it was being made.
    if (text !== undefined && !clip && !problem) making.request(id);
  }

  return {
    ...announcementVerbs,
    ...placeVerbs,
    ...planVerbs,
    ...airVerbs,
    station,
    areas: () => [...facts.areas.values()],
    policies: () => facts.policies,
    levels: () => facts.levels,
    holidays: () => facts.holidays,
    recall: (id: AnnouncementId, by: { readonly name: string }) => {
      announcementVerbs.announcement(id);
      return airVerbs.stop({ kind: "announcement", announcement: id }, by);
    },
    clip: clips.clip,
    peaks: clips.peaks,
    clipFile: (sha256: Sha256) => (clips.has(sha256) ? clips.pathOf(sha256) : undefined),
    voices: voices.list,
    programmeOf: book.programmeOf,
    snapshot: () => ({
      n: watch.number(),
      station: station(),
      receivers: placeVerbs.receivers(),
      onAir: airVerbs.onAir(),
    }),
    subscribe: watch.subscribe,

    /** Not for the API: what the wiring and the tick call. */
    reception,
    beat,
    replan,
    /** Who confirmed an emergency, for the orders that carry its sound. */
    confirmationOf: (occurrence: OccurrenceId) => tickets.of(occurrence)[0]?.confirmedBy,
    registry,
    desk,
    /** Clips that anything still refers to. */
    usedClips: () =>
      new Set<Sha256>([
        ...kept.announcements.all().flatMap(({ clip }) => (clip ? [clip.sha256] : [])),
        ...[...facts.chimes.values()].map(({ sha256 }) => sha256),
        ...tickets.open().flatMap((ticket) => ticket.items.map((item) => item.sha256)),
      ]),
    /** Whether anything sounds or is about to: then the clock is not stepped. */
    isSilent: () => tickets.open().every((ticket) => now() < ticket.start - 10_000 || now() > ticket.end),
    /** Resolves when no sound is being made any more. */
    soundsMade: making.idle,
    async close() {
      stopNews();
      making.close();
      await beating;
      reception.flush();
    },
  };
}

export type Control = ReturnType<typeof createControl>;

const uses = (playlist: Playlist, id: AnnouncementId): boolean =>
  playlist.items.some((item) => item.kind === "announcement" && item.announcement === id);

/** Whether targets mean a receiver that lies in these areas, nearest first. */
const isTargeted = (targets: Targets, { id, kind }: Receiver, line: readonly Area[]): boolean =>
  targets.kinds.includes(kind) &&
  !targets.except.includes(id) &&
  (targets.receivers.includes(id) || line.some((area) => targets.areas.includes(area.id)));
