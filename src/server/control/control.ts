/**
 * The whole story, told once: words and recordings become clips, clips become playlists and schedules, schedules become a
 * rundown, the rundown becomes programmes and tickets, and what receivers heard comes back into the log. The API and the
 * tick both call these verbs and nothing else.
 *
 * @module
 */
import { type Ms, until } from "../../base/units.js";
import { isPartOf } from "../../domain/emergency-pack.js";
import type { AnnouncementId, OccurrenceId, Sha256 } from "../../domain/ids.js";
import type { Person } from "../../domain/person.js";
import { holds } from "../../domain/playlist.js";
import { isQuiet } from "../../domain/policy-rules.js";
import type { PlanInput } from "../../domain/rundown.js";
import { isApproved } from "../../domain/version.js";
import { createAirVerbs } from "./air.js";
import { createAirway } from "./airway.js";
import { createBaseMapVerbs } from "./base-maps.js";
import { createCampaignVerbs } from "./campaigns.js";
import { createChimeVerbs } from "./chimes.js";
import { createClipUse } from "./clip-use.js";
import type { ControlParts } from "./control-parts.js";
import { createDays } from "./days.js";
import { createEmergencies } from "./emergencies.js";
import { createFrozenQuestion } from "./frozen-question.js";
import { createKeyVerbs } from "./key-verbs.js";
import { createKnowledge } from "./knowledge.js";
import { airedLately } from "./lately.js";
import { layOutNow } from "./lay-out-now.js";
import { createLevelVerbs } from "./levels.js";
import { createLiveSide, withLive } from "./live-side.js";
import { guardMandates } from "./mandated-plan.js";
import { createNews } from "./news.js";
import { createNewsroom } from "./newsroom.js";
import { createNextAiring } from "./next-airing.js";
import { createOnAir } from "./on-air.js";
import { createOutlineVerbs } from "./outlines.js";
import { createOversightVerbs } from "./oversight.js";
import { createPlanSide } from "./plan-side.js";
import { createRadioSide } from "./radio-side.js";
import { createRaiseVerbs } from "./raises.js";
import { createReceiverSide } from "./receiver-side.js";
import { createRegistry } from "./registry.js";
import { createStationView } from "./station-view.js";
import { createUntold } from "./untold.js";
import { createWeekAhead } from "./week-ahead.js";

export type { ControlParts } from "./control-parts.js";

export function createControl(parts: ControlParts) {
  const { facts, kept, asRun, clips, wire, clock, stationClock, digest, log } = parts;
  const now = stationClock.date;
  const registry = createRegistry(now);
  const knowledge = createKnowledge(facts, kept, { now, digest });
  const days = createDays(facts.zone, now);
  const feeding = withLive(parts.feeding, () => [live, radio]);
  const airway = createAirway({
    ...parts,
    joinLive: (ticket, receivers) => live.join(ticket, receivers),
    relayRadio: (ticket, receivers) => radio.deliver(ticket, receivers),
    ...{ knowledge, registry, days },
    onPlanned: () => news.publish({ kind: "stale", what: "rundown" }),
  });
  const { tickets, book, desk, deliver, replan } = airway;

  const clipUse = createClipUse({ facts, kept, wire, tickets });
  const onAnnouncement = (id: AnnouncementId) => {
    const announcement = kept.announcements.get(id);
    if (announcement) news.publish({ kind: "announcement", announcement: announcementVerbs.viewOf(announcement) });
    replan();
    clipUse.tellPinned();
  };
  const frozen = createFrozenQuestion({
    tickets,
    now,
    zone: facts.zone,
    stop: (scope, by) => emergencies.verbs.stop(scope, by),
  });
  const isoNow = () => new Date(now()).toISOString();
  const {
    making,
    book: announcementBook,
    resume,
    verbs: announcementVerbs,
  } = createNewsroom({
    ...parts,
    announcements: kept.announcements,
    officialTexts: kept.officialTexts,
    figures: kept.figures,
    situation: (id) => ({
      ...{ ...parts.wording, today: knowledge.today(), now: now() },
      history: airedLately({ kept, asRun, knowledge }, now(), id),
    }),
    now: isoNow,
    today: knowledge.today,
    nextAiring: createNextAiring({ rundown: airway.timetable.rundown, tickets, now }),
    areaOf: (receiver) => kept.receivers.get(receiver)?.area,
    untoldAt: createUntold({ tickets, registry, asRun, now }),
    frozen,
    usedBy: (id) => ({
      playlists: kept.playlists.all().flatMap((playlist) => (holds(playlist, id) ? [playlist.title] : [])),
      packs: kept.packs.all().flatMap((pack) => (isPartOf(id, pack) ? [pack.title] : [])),
    }),
    onChange: onAnnouncement,
    onRemoved(id) {
      news.publish({ kind: "announcement-removed", id });
      replan();
    },
  });
  const { care, places, updates, reception, dayCopies } = createReceiverSide({
    ...parts,
    ...{ now, knowledge, registry, airway, feeding, pinned: clipUse.pinned },
    stop: (scope, by) => emergencies.verbs.stop(scope, by),
    tell: {
      receiverChanged: (id) => news.receiverChanged(id),
      receiverRemoved: (id) => news.publish({ kind: "receiver-removed", id }),
      alarm(alarm) {
        const view = care.alarmView(alarm);
        if (view) news.publish({ kind: "alarm", alarm: view });
      },
      alarmCleared: (id) => news.publish({ kind: "alarm-cleared", id }),
      rollouts: () => news.publish({ kind: "stale", what: "rollouts" }),
      complaints: () => news.publish({ kind: "stale", what: "complaints" }),
    },
  });
  const reviewInput = () => ({ ...knowledge.situation(), zone: facts.zone });
  const weekAhead = createWeekAhead({ planner: parts.planner, days, reviewInput });
  const decided = { weekAhead, reviewInput, asRun, now: isoNow, today: days.today };
  const planEdited = (what: "playlists" | "schedules" | "declarations" | "raises" | "chimes") => {
    news.publish({ kind: "stale", what });
    replan();
  };
  const radio = createRadioSide({
    ...{ ...parts, now, knowledge, desk, registry },
    onChange: () => planEdited("schedules"),
  });
  const planVerbs = createPlanSide({
    ...{ ...parts, knowledge, days, reviewInput, timetable: airway.timetable, slots: radio.slots },
    onEdit: planEdited,
  });
  const oversight = createOversightVerbs({
    ...{ book: announcementBook, frozen, asRun, plan: planVerbs, now: isoNow },
    ...{ receivers: knowledge.receivers, isBelow: knowledge.isBelow },
  });
  const isMandated = (id: string) => kept.announcements.all().some(({ mandate }) => mandate?.schedule === id);
  const air = createAirVerbs({
    ...{ now, knowledge },
    playlist: (id) => planVerbs.playlist(id).value,
    announcement: (id) => announcementVerbs.announcement(id).value,
    layOut: (playlist, there) =>
      layOutNow(playlist, { ...knowledge.situation(), there, today: knowledge.today(), bytesOf: knowledge.bytesOf }),
    tickets,
    desk,
    deliver,
    feeding,
    registry,
    stops: kept.stops,
    isRecalled: (id) => kept.announcements.get(id)?.recalledAt !== undefined,
    markRecalled: announcementVerbs.markRecalled,
  });
  const emergencies = createEmergencies({
    ...{ now, asRun, log, tickets, air, areas: facts.areas, packs: kept.packs, alerts: kept.alerts },
    announcements: kept.announcements,
    isApproved: (announcement) => isApproved(announcement, digest),
    today: knowledge.today,
    targeted: knowledge.targeted,
    isQuiet: (area) => isQuiet(knowledge.place(area), now()),
    areaOf: (receiver) => kept.receivers.get(receiver)?.area,
    isBelow: knowledge.isBelow,
    newId: parts.newId,
    onPacks: () => news.publish({ kind: "stale", what: "packs" }),
    onAlert: (id) => news.publish({ kind: "alert", alert: emergencies.verbs.alert(id) }),
  });
  const live = createLiveSide({
    ...{ ...parts, now, knowledge, tickets, desk, registry, relayedThere: radio.saidThere },
    publish: (it) => news.publish(it),
  });
  const airView = createOnAir({ now, tickets, registry });
  const news = createNews<
    ReturnType<typeof places.viewOf>,
    NonNullable<ReturnType<typeof care.alarmView>>,
    ReturnType<typeof announcementVerbs.viewOf>,
    ReturnType<typeof airView.onAir>,
    ReturnType<typeof emergencies.verbs.alert>
  >({
    clock,
    log,
    receiver: (id) => {
      const record = kept.receivers.get(id);
      return record && places.viewOf(record);
    },
    onAir: airView.onAir,
  });
  const station = createStationView({ facts, twoPeople: parts.twoPeople, receivers: kept.receivers, registry, now });
  resume();

  let beatAt = clock.now();

  return {
    ...announcementVerbs,
    ...createKeyVerbs({ keys: parts.keys, wire, asRun }),
    ...places,
    ...care.verbs,
    ...updates.verbs,
    ...guardMandates(planVerbs, isMandated),
    ...oversight,
    ...createChimeVerbs({
      ...{ library: facts.library, uploads: kept.chimeUploads, approvals: kept.chimeApprovals, asRun, now: isoNow },
      ...{ keepRecording: parts.keepRecording, removeFile: parts.removeFile, rule: parts.twoPeople },
      onChange: () => planEdited("chimes"),
    }),
    ...emergencies.verbs,
    ...createCampaignVerbs({
      ...{ campaigns: kept.campaigns, plan: planVerbs, now: isoNow, asRun },
      announcement: (id) => announcementVerbs.announcement(id).value,
      isApproved: (announcement) => isApproved(announcement, digest),
    }),
    ...createLevelVerbs({
      ...{ ...decided, declarations: kept.declarations, levels: facts.levels, hasArea: knowledge.hasArea },
      onChange: () => planEdited("declarations"),
    }),
    ...createBaseMapVerbs({ baseMap: parts.baseMap, asRun, removeFile: parts.removeFile }),
    ...createOutlineVerbs({ outlines: kept.outlines, hasArea: knowledge.hasArea, asRun }),
    ...createRaiseVerbs({
      ...{ ...decided, raises: kept.raises, clock, newId: parts.newId },
      onChange: () => planEdited("raises"),
    }),
    ...airView,
    ...live.verbs,
    ...radio.verbs,
    authorsOf: (id: AnnouncementId) => kept.announcements.get(id)?.authors ?? [],
    station,
    /** What the coming week would be with other policies. */
    weekWith: (policies: PlanInput["policies"]) => weekAhead((input) => ({ ...input, policies })),
    areas: () => [...facts.areas.values()],
    policies: () => facts.policies,
    levels: () => facts.levels,
    holidays: () => facts.holidays,
    async recall(id: AnnouncementId, reason: string | undefined, by: Person) {
      announcementVerbs.announcement(id);
      const ordered = await emergencies.verbs.stop({ kind: "announcement", announcement: id }, by, reason);
      return { ...ordered, ...announcementVerbs.hearings(id) };
    },
    clip: clips.clip,
    peaks: clips.peaks,
    clipFile: (sha256: Sha256) => (clips.has(sha256) ? clips.pathOf(sha256) : undefined),
    programmeOf: book.programmeOf,
    heldDays: dayCopies.heldDays,
    snapshot: () => ({
      n: news.number(),
      station: station(),
      receivers: places.receivers(),
      onAir: airView.onAir(),
      alarms: care.verbs.alarms(),
    }),
    subscribe: news.subscribe,
    overhear: news.overhear,

    /** Not for the API: what the wiring and the tick call. */
    reception,
    dayClosed: dayCopies.closed,
    desk,
    replan,
    today: days.today,
    beat(since: Ms) {
      beatAt = clock.now();
      reception.flush();
      care.beat();
      updates.beat();
      emergencies.beat().catch((thrown: unknown) => log.error("alerts.beat-failed", { thrown }));
      return airway.beat(since);
    },
    /** How long ago the last beat was: a second as a rule. */
    sinceBeat: () => until(beatAt, clock.now()),
    receiverFigures: care.figures,
    isSilent: airway.isSilent,
    audienceOf: knowledge.audienceOf,
    /** Who confirmed an emergency, for the orders that carry its sound. */
    confirmationOf: (occurrence: OccurrenceId) => tickets.of(occurrence)[0]?.confirmedBy,
    usedClips: clipUse.used,
    /** A panel that shows reports should ask for them again. */
    tellReports: () => news.publish({ kind: "stale", what: "reports" }),
    /** Resolves when no sound is being made any more. */
    soundsMade: making.idle,
    async close() {
      live.close();
      radio.close();
      news.close();
      dayCopies.close();
      making.close();
      await updates.close();
      await airway.close();
      reception.flush();
    },
  };
}

export type Control = ReturnType<typeof createControl>;
