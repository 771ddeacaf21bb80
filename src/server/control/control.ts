/**
 * The whole story, told once: words and recordings become clips, clips become playlists and schedules, schedules become a
 * rundown, the rundown becomes programmes and tickets, and what receivers heard comes back into the log. The API and the
 * tick both call these verbs and nothing else.
 *
 * @module
 */
import { type Ms, until } from "../../base/units.js";
import type { AnnouncementId, OccurrenceId, ReceiverId, Sha256 } from "../../domain/ids.js";
import type { Playlist } from "../../domain/playlist.js";
import type { OrderBody } from "../../protocol/orders.js";
import { createAirVerbs } from "./air.js";
import { createAirway } from "./airway.js";
import { createCare } from "./care.js";
import { createClipUse } from "./clip-use.js";
import type { ControlParts } from "./control-parts.js";
import { createDays } from "./days.js";
import { createKeyVerbs } from "./key-verbs.js";
import { createKnowledge } from "./knowledge.js";
import { airedLately } from "./lately.js";
import { layOutNow } from "./lay-out-now.js";
import { createNews } from "./news.js";
import { createNewsroom } from "./newsroom.js";
import { createOnAir } from "./on-air.js";
import { createPlaceVerbs } from "./places.js";
import { createPlanVerbs } from "./plan-verbs.js";
import { createPlaylistReview } from "./playlist-review.js";
import { createReception } from "./reception.js";
import { createRegistry } from "./registry.js";
import { createStationView } from "./station-view.js";
import { createUpdateVerbs } from "./updates.js";

export type { ControlParts } from "./control-parts.js";

export function createControl(parts: ControlParts) {
  const { facts, kept, asRun, clips, voices, wire, feeding, clock, stationClock, digest, log } = parts;
  const now = stationClock.date;
  const registry = createRegistry(now);
  const knowledge = createKnowledge(facts, kept, now);
  const days = createDays(facts.zone, now);
  const airway = createAirway({
    ...parts,
    knowledge,
    registry,
    days,
    onPlanned: () => news.publish({ kind: "stale", what: "rundown" }),
  });
  const { tickets, whoStopped, book, desk, deliver, replan } = airway;

  const clipUse = createClipUse({ facts, kept, wire, tickets });
  const onAnnouncement = (id: AnnouncementId) => {
    const announcement = kept.announcements.get(id);
    if (announcement) news.publish({ kind: "announcement", announcement: announcementVerbs.viewOf(announcement) });
    replan();
    clipUse.tellPinned();
  };
  const {
    making,
    resume,
    verbs: announcementVerbs,
  } = createNewsroom({
    ...parts,
    announcements: kept.announcements,
    situation: (id) => ({
      ...{ ...parts.wording, today: knowledge.today(), now: now() },
      history: airedLately({ kept, asRun, knowledge }, now(), id),
    }),
    now: () => new Date(now()).toISOString(),
    usedBy: (id) => kept.playlists.all().flatMap((playlist) => (uses(playlist, id) ? [playlist.title] : [])),
    onChange: onAnnouncement,
    onRemoved(id) {
      news.publish({ kind: "announcement-removed", id });
      replan();
    },
  });
  const order = (body: OrderBody, receiver: ReceiverId, by: { readonly name: string }) => {
    const only = { audience: { kind: "receivers" as const, receivers: [receiver] }, receivers: [receiver] };
    return desk.issue({ body, ...only, class: "ordinary", by: { aired: by.name } });
  };
  const care = createCare({
    ...parts,
    ...{ knowledge, registry, tickets, book, order },
    stop: (scope, by) => airVerbs.stop(scope, by),
    onAlarm(alarm) {
      const view = care.alarmView(alarm);
      if (view) news.publish({ kind: "alarm", alarm: view });
    },
    onCleared: (id) => news.publish({ kind: "alarm-cleared", id }),
    onChange: (id) => news.receiverChanged(id),
    onService: replan,
  });
  const placeVerbs = createPlaceVerbs({
    receivers: kept.receivers,
    registry,
    book,
    tombstones: kept.tombstones,
    secrets: parts.secrets,
    trusted: parts.trusted,
    digest: parts.digest,
    wire,
    asRun,
    now,
    hasArea: knowledge.hasArea,
    order,
    about: care.about,
    titleOf: (cue) => tickets.open().find((ticket) => ticket.occurrence === cue)?.title,
    onPlaces: replan,
    onChange: (id) => news.receiverChanged(id),
    onRemoved: (id) => news.publish({ kind: "receiver-removed", id }),
  });
  const updates = createUpdateVerbs({
    ...{ ...parts, isSigned: parts.isManifestSigned, rollouts: kept.rollouts, receivers: kept.receivers },
    ...{ registry, desk, now },
    onRollouts: () => news.publish({ kind: "stale", what: "rollouts" }),
    onChange: (id) => news.receiverChanged(id),
  });
  const reception = createReception({
    updates,
    registry,
    receivers: kept.receivers,
    book,
    tickets,
    watch: care.watch,
    desk,
    stops: kept.stops,
    whoStopped,
    asRun,
    wire,
    clock,
    log,
    now,
    ...{ pinned: clipUse.pinned, orderKeys: parts.keys.standing },
    onReady(receiver) {
      for (const ticket of tickets.open()) if (ticket.receivers.includes(receiver)) deliver(ticket, [receiver]);
    },
    onGone: feeding.lost,
    onChange(receiver) {
      news.receiverChanged(receiver);
      news.airChanged();
    },
  });
  const planVerbs = createPlanVerbs({
    playlists: kept.playlists,
    schedules: kept.schedules,
    declarations: kept.declarations,
    planner: parts.planner,
    timetable: airway.timetable,
    days,
    reviewInput: () => ({ ...knowledge.situation(), zone: facts.zone }),
    digest,
    reviewPlaylist: createPlaylistReview({ announcementOf: kept.announcements.get, context: parts.wording, digest }),
    hasLevel: (name) => facts.levels.some((level) => level.name === name),
    hasArea: knowledge.hasArea,
    inArea: (receiver, area) => {
      const record = kept.receivers.get(receiver);
      return record !== undefined && knowledge.isBelow(record.area, [area]);
    },
    asRun,
    onEdit(what) {
      news.publish({ kind: "stale", what });
      replan();
    },
  });
  const airVerbs = createAirVerbs({
    ...{ now, knowledge },
    playlist: (id) => planVerbs.playlist(id).value,
    announcement: (id) => announcementVerbs.announcement(id).value,
    layOut: (playlist) =>
      layOutNow(playlist, { ...knowledge.situation(), today: knowledge.today(), bytesOf: knowledge.bytesOf }),
    tickets,
    desk,
    deliver,
    feeding,
    registry,
    stops: kept.stops,
    asRun,
    withdraw: announcementVerbs.withdraw,
    onChange: () => news.airChanged(),
  });
  const airView = createOnAir({ now, tickets, registry });
  const news = createNews<
    ReturnType<typeof placeVerbs.viewOf>,
    NonNullable<ReturnType<typeof care.alarmView>>,
    ReturnType<typeof announcementVerbs.viewOf>,
    ReturnType<typeof airView.onAir>
  >({
    clock,
    log,
    receiver: (id) => {
      const record = kept.receivers.get(id);
      return record && placeVerbs.viewOf(record);
    },
    onAir: airView.onAir,
  });
  const station = createStationView({ facts, receivers: kept.receivers, registry, now });
  resume();

  let beatAt = clock.now();

  return {
    ...announcementVerbs,
    ...createKeyVerbs({ keys: parts.keys, wire, asRun }),
    ...placeVerbs,
    ...care.verbs,
    ...updates.verbs,
    ...planVerbs,
    ...airVerbs,
    ...airView,
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
      n: news.number(),
      station: station(),
      receivers: placeVerbs.receivers(),
      onAir: airView.onAir(),
      alarms: care.verbs.alarms(),
    }),
    subscribe: news.subscribe,

    /** Not for the API: what the wiring and the tick call. */
    reception,
    desk,
    replan,
    beat(since: Ms) {
      beatAt = clock.now();
      reception.flush();
      care.beat();
      updates.beat();
      return airway.beat(since);
    },
    /** How long ago the last beat was: a second as a rule. */
    sinceBeat: () => until(beatAt, clock.now()),
    receiverFigures: care.figures,
    isSilent: airway.isSilent,
    audienceOf: knowledge.audienceOf,
    peopleBehind: knowledge.peopleBehind,
    /** Who confirmed an emergency, for the orders that carry its sound. */
    confirmationOf: (occurrence: OccurrenceId) => tickets.of(occurrence)[0]?.confirmedBy,
    usedClips: clipUse.used,
    /** Resolves when no sound is being made any more. */
    soundsMade: making.idle,
    async close() {
      news.close();
      making.close();
      await updates.close();
      await airway.close();
      reception.flush();
    },
  };
}

export type Control = ReturnType<typeof createControl>;

const uses = (playlist: Playlist, id: AnnouncementId): boolean =>
  playlist.items.some((item) => item.kind === "announcement" && item.announcement === id);
