/**
 * The control as one caller sees it. Every verb that tells something stands here: it is told to all, or narrowed to the places
 * of whoever asks. A new verb does not compile until it has been decided which.
 *
 * @module
 */

import type { Found } from "../../domain/finding.js";
import type { AnnouncementId, AreaId, PlaylistId, ScheduleId } from "../../domain/ids.js";
import type { Person } from "../../domain/person.js";
import type { Schedule } from "../../domain/schedule.js";
import type { Sight } from "../../domain/sight.js";
import type { AccountVerbs } from "./account-verbs.js";
import type { WatchVerbs } from "./changes.js";
import type { ControlVerbs, DeviceVerbs } from "./control-verbs.js";
import { createLens, type Lens, notHere, onlyIf } from "./lens.js";
import type { ImpactView } from "./lexicon-views.js";
import { narrowAlarms } from "./seen-alarms.js";
import { narrowRecords } from "./seen-records.js";
import { there } from "./touched.js";
import { createWhereabouts } from "./whereabouts.js";

/** Verbs that do something: their doors have asked for a right at every place that is touched. */
type Act =
  | ("addPlace" | "updateReceiver" | "removeReceiver" | "createPairing" | "replaceDevice" | "confirmDevice" | "pair")
  | ("revokeDevice" | "clearQuarantine" | "rotateOrderKey" | "retireOrderKey" | "setVolume" | "setMuted")
  | ("startAlignment" | "judgeAlignment" | "confirmAlignment" | "acknowledgeAlarm" | "orderTest" | "orderRestart")
  | ("openRepair" | "closeRepair" | "recordComplaint" | "updateComplaint" | "closeComplaint" | "eraseContact")
  | ("createFromText" | "createFromRecording" | "createFromTemplate" | "updateAnnouncement" | "updateFromTemplate")
  | ("removeAnnouncement" | "readAgain" | "decide" | "submit" | "sendBack" | "approve" | "withdraw" | "recall")
  | ("correct" | "block" | "unblock" | "require" | "endMandate" | "createChime" | "approveChime" | "withdrawChime")
  | ("approveSlot" | "withdrawSlot")
  | ("putOfficialText" | "removeOfficialText" | "takeOfficialText" | "confirmFigures" | "withdrawFigures")
  | ("teach" | "updateReading" | "forget" | "importReadings" | "putPlaylist" | "removePlaylist" | "importPlaylist")
  | ("putSchedule" | "removeSchedule" | "enableSchedule" | "declare" | "endDeclaration" | "raiseAirtime" | "endRaise")
  | ("startCampaign" | "setBulletin" | "endCampaign" | "putEmergencyPack" | "removeEmergencyPack")
  | ("giveAlert" | "confirmAlert" | "breakGlass" | "endAlert" | "playNow" | "openLive" | "microphone" | "stop")
  | (
      | "startBackup"
      | "cancelBackup"
      | "putBaseMap"
      | "removeBaseMap"
      | "putOutline"
      | "removeOutline"
      | "changeSettings"
      | "putRecipients"
      | "putPolicy"
      | "putArea"
      | "restartStation"
      | "testNotice"
    )
  | ("submitReport" | "eraseWords" | "keepPackage" | "startRollout" | "stopRollout");

/**
 * What is the same for everybody: the station's rules, words and library; what is asked about a text or a place that the caller
 * brings; a sound by the hash of its content; and what its own door asks a right over a place for, such as a ward's report.
 */
type Shared =
  | (
      | "areas"
      | "outlines"
      | "backups"
      | "baseMap"
      | "tile"
      | "policies"
      | "levels"
      | "holidays"
      | "standing"
      | "orderKeys"
      | "alarmCounts"
      | "chimes"
    )
  | ("clip" | "peaks" | "normalize" | "voices" | "templates" | "template")
  | ("officialTexts" | "officialText" | "caseFigures" | "readings" | "taughtReading" | "exportReadings")
  | ("reviewPlaylist" | "verifyLog" | "readiness" | "metrics" | "packageFile")
  | ("reports" | "report" | "reportFile" | "submission" | "submittedReport" | "nightDigest");

export type Narrowed = Omit<ControlVerbs, Act | Shared | keyof AccountVerbs | keyof DeviceVerbs | keyof WatchVerbs>;

/** @param person whose own acts are always shown to them */
export function seenControl(control: ControlVerbs, sight: Sight, person: Person): ControlVerbs {
  if (sight.isWhole) return control;
  const lens = createLens(sight, createWhereabouts(control), control);
  const narrowed: Narrowed = {
    ...narrowPlaces(control, lens),
    ...narrowContent(control, lens),
    ...narrowPlan(control, lens),
    ...narrowAlarms(control, lens, person),
    ...narrowRecords(control, lens, person),
  };
  return { ...control, ...narrowed };
}

function narrowPlaces(control: ControlVerbs, lens: Lens) {
  const receivers = () => control.receivers().filter(({ area }) => lens.inSight(area));
  const talks = () => control.talks().filter(({ targets }) => lens.targeted(targets));
  return {
    receivers,
    station: () => lens.station(control.station(), receivers()),
    receiver: (id) =>
      onlyIf(
        () => control.receiver(id),
        ({ area }) => lens.inSight(area),
      ),
    soundThere(id, from) {
      if (!lens.receiver(id)) throw notHere();
      return control.soundThere(id, from);
    },
    onAir: () => lens.onAir(control.onAir()),
    tickets: () => lens.tickets(control.tickets()),
    talks,
    recordingFile: (id) =>
      talks().some(({ occurrence }) => occurrence === id) ? control.recordingFile(id) : undefined,
    async settings() {
      const { value, revision } = await control.settings();
      const policies = value.policies.filter(({ area }) => lens.reached([area]));
      // Who is told what is for whoever looks after the whole station.
      return { value: { ...value, policies, recipients: [] }, revision };
    },
    async reviewPolicy(policy) {
      if (!lens.inSight(policy.area)) throw notHere();
      return control.reviewPolicy(policy);
    },
    rollouts: () =>
      control.rollouts().map(({ culprit, waitsFor, troubles, stages, ...rollout }) => ({
        ...rollout,
        stages: stages.map((stage) => ("receivers" in stage ? { receivers: lens.seen(stage.receivers) } : stage)),
        ...(culprit !== undefined && lens.receiver(culprit) ? { culprit } : {}),
        waitsFor: lens.seen(waitsFor),
        troubles: troubles.filter(({ receiver }) => lens.receiver(receiver)),
      })),
  } satisfies Partial<ControlVerbs>;
}

function narrowContent(control: ControlVerbs, lens: Lens) {
  const announcement = (id: AnnouncementId) =>
    onlyIf(
      () => control.announcement(id),
      ({ value }) => lens.announcement(value),
    );
  /** Asks about an announcement that is shown. */
  const about =
    <More extends unknown[], R>(verb: (id: AnnouncementId, ...more: More) => R) =>
    (id: AnnouncementId, ...more: More): R => {
      announcement(id);
      return verb(id, ...more);
    };
  /** What was heard elsewhere is not named. */
  const found = (findings: readonly Found[]): Found[] =>
    findings.map(({ heard, ...finding }) =>
      heard && there(() => announcement(heard.announcement)) ? { ...finding, heard } : finding,
    );
  const impact = (told: ImpactView): ImpactView => ({
    ...told,
    announcements: told.announcements.filter(({ id }) => there(() => announcement(id)) !== undefined),
  });
  return {
    announcement,
    announcements: () => control.announcements().filter(lens.announcement),
    authorsOf: (id) => (there(() => announcement(id)) ? control.authorsOf(id) : []),
    reading: about((id) => {
      const { findings, ...read } = control.reading(id);
      return { ...read, findings: found(findings) };
    }),
    check(wording) {
      const { findings, ...read } = control.check(wording);
      return { ...read, findings: found(findings) };
    },
    previewTemplate(id, filled) {
      const { findings, ...preview } = control.previewTemplate(id, filled);
      return { ...preview, ...(findings === undefined ? {} : { findings: found(findings) }) };
    },
    historyOf: about(control.historyOf),
    hearings: about((id) => {
      const { heard, untold, ...rest } = control.hearings(id);
      const isTheirs = ({ area }: { readonly area?: AreaId | undefined }) => lens.inSight(area);
      return { ...rest, heard: heard.filter(isTheirs), untold: untold.filter(isTheirs) };
    }),
    mandates: () =>
      control.mandates().flatMap((mandate) => {
        const areas = mandate.areas.filter(({ area }) => lens.reached([area]));
        return areas.length === 0 ? [] : [{ ...mandate, areas }];
      }),
    outdated: async (after) => impact(await control.outdated(after)),
    previewReadings: async (change) => impact(await control.previewReadings(change)),
  } satisfies Partial<ControlVerbs>;
}

function narrowPlan(control: ControlVerbs, lens: Lens) {
  const find = (id: AnnouncementId) => there(() => control.announcement(id).value);
  const playlist = (id: PlaylistId) =>
    onlyIf(
      () => control.playlist(id),
      ({ value }) => lens.playlist(value, find),
    );
  const schedule = (id: ScheduleId) =>
    onlyIf(
      () => control.schedule(id),
      ({ value }) => lens.targeted(value.targets),
    );
  return {
    playlist,
    schedule,
    playlists: () => control.playlists().filter(({ value }) => lens.playlist(value, find)),
    exportPlaylist(id) {
      playlist(id);
      return control.exportPlaylist(id);
    },
    schedules: () => control.schedules().filter(({ value }) => lens.targeted(value.targets)),
    radio() {
      const { sources, slots } = control.radio();
      return { sources, slots: slots.filter(({ schedule: id }) => there(() => schedule(id)) !== undefined) };
    },
    async reviewSchedule(draft, beside) {
      const isTheirs = ({ targets: { areas, receivers } }: Schedule) =>
        areas.every(lens.inSight) && receivers.every(lens.receiver);
      if (![draft, ...beside].every(isTheirs)) throw notHere();
      const review = await control.reviewSchedule(draft, beside);
      return { ...review, rundown: lens.rundown(review.rundown, () => true) };
    },
    declarations: () => control.declarations().filter(({ area }) => lens.reached([area])),
    async reviewLevel(wish) {
      if (!lens.inSight(wish.area)) throw notHere();
      return control.reviewLevel(wish);
    },
    airtimeRaises: () => control.airtimeRaises().filter(({ area }) => lens.reached([area])),
    async reviewRaise(wish) {
      const area =
        wish.kind === "raise" ? wish.raise.area : control.airtimeRaises().find(({ id }) => id === wish.id)?.area;
      if (!lens.inSight(area)) throw notHere();
      return control.reviewRaise(wish);
    },
    rundown: async (query) =>
      lens.rundown(await control.rundown(query), (id) => there(() => schedule(id)) !== undefined),
  } satisfies Partial<ControlVerbs>;
}
