/**
 * Everything that the screen knows about the announcement that is open, and what its main button does next.
 *
 * @module
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { openGates } from "../../../domain/finding.js";
import type { LocalDate } from "../../../domain/local-time.js";
import type { Targets } from "../../../domain/schedule.js";
import { targeted } from "../../../domain/targets.js";
import { consentOf } from "../../../domain/two-people.js";
import type { OrderedView, ReceiverView } from "../../../server/api/views.js";
import { ask, askKept } from "../ask.js";
import { usesOf } from "../library/uses.js";
import { fetchPlaylists, fetchSchedules } from "../lists.js";
import { now, picture, zone } from "../live/line.js";
import { go } from "../paths.js";
import { useFetched } from "../pieces/fetched.js";
import { areas, mayDo, me } from "../session.js";
import { clockTime, localDateOf } from "../words/times.js";
import { isWritable } from "./draft.js";
import type { Announcement, DraftKeeper } from "./draft-keeper.js";
import { type Next, nextStep } from "./next-step.js";
import { type Planned, plan } from "./plan.js";
import { useReading } from "./use-reading.js";
import { isPlannedAs, isToCome, laterOf, usualTime, type When } from "./when.js";

const DAY = 86_400_000;

/** The station's clock, as dates and times of day are chosen by it. */
export function stationTime() {
  const [today, tomorrow] = [now.value, now.value + DAY].map((time) => localDateOf(time, zone.value));
  return { today: today as LocalDate, tomorrow: tomorrow as LocalDate, now: clockTime(now.value, zone.value) };
}

/** Where and when it is to sound, as chosen here, and what the plan holds of it already. */
function useAiring(keeper: DraftKeeper) {
  const { draft, kept } = keeper.state.value;
  const [chosenWhen, setWhen] = useState<When>();
  const [elsewhere, setElsewhere] = useState<Targets>();
  const playlists = useFetched(fetchPlaylists, [], ["playlists"]);
  const schedules = useFetched(fetchSchedules, [], ["schedules"]);
  const time = stationTime();
  const all = { playlists: playlists.value ?? [], schedules: schedules.value ?? [] };
  const uses = kept ? usesOf(kept.value.id, all) : undefined;
  const ownSchedules = (uses?.schedules ?? [])
    .map(({ value }) => value)
    .filter(({ playlist }) => playlist === uses?.alone?.id);
  const usual = usualTime(time);
  const planned = ownSchedules.flatMap((schedule) => laterOf(schedule) ?? []).filter((later) => isToCome(later, time));
  const when = chosenWhen ?? planned[0] ?? usual;
  const targets = elsewhere ?? draft.targets;
  const receivers = [...(picture.value?.receivers.values() ?? [])];
  const chosen = targeted(targets, { areas: areas.value, receivers }, time.today) as readonly ReceiverView[];
  const isLocked = kept !== undefined && !isWritable(kept.value.stage);
  return {
    ...{ when, setWhen, usual, targets, receivers, chosen, time, uses },
    isPlanned: isPlannedAs(ownSchedules, when, targets),
    /** What is approved goes on as it is: only where it is played this time is another. */
    setTargets: (next: Targets) => (isLocked ? setElsewhere(next) : keeper.write({ targets: next })),
    /** Whoever has written it goes by what is written. */
    forgetElsewhere: () => setElsewhere(undefined),
    wrong: playlists.wrong ?? schedules.wrong,
  };
}

export type Composition = ReturnType<typeof useComposition>;

export function useComposition(keeper: DraftKeeper) {
  const { draft, kept, theirs } = keeper.state.value;
  const airing = useAiring(keeper);
  const [taught, setTaught] = useState(0);
  const [heard, setHeard] = useState<string>();
  const [planned, setPlanned] = useState<Planned>();
  const [ordered, setOrdered] = useState<OrderedView>();
  const audio = useRef<HTMLAudioElement | null>(null);
  const reading = useReading(draft, taught);
  const value = kept?.value;
  const isSaved = keeper.isSaved.value;
  const findings = (isSaved ? value?.findings : undefined) ?? reading.value?.findings ?? [];
  const findingsCut = isSaved ? value?.findingsCut : undefined;
  const unknown = unreadIn(isSaved ? value?.reading : undefined) ?? reading.value?.unknown.length ?? 0;
  const { today } = airing.time;
  const mayAir = mayDo("air", { classes: [draft.class], areas: placesOf(airing) }, today);
  const mayApprove = mayDo("approve", { classes: [draft.class], areas: placesOf(airing) }, today);
  const isOnAir = useIsOnAir(ordered);
  const singleOfficer = picture.value?.station.singleOfficer ?? false;
  const next = nextStep({
    hasText: draft.text.trim() !== "" || value?.recording !== undefined,
    hasTwoWriters: theirs !== undefined,
    ...{ isSaved, state: value?.state, stage: value?.stage, unknown, mayAir },
    isHeard: value?.clip !== undefined && heard === value.clip.sha256,
    openFindings: openGates(findings, value?.decisions).length,
    receivers: airing.chosen.length,
    when: airing.when.is,
    isTimeSet: isToCome(airing.when, airing.time),
    isPlanned: airing.isPlanned,
    isOnAir,
    mayCompose: mayDo("compose", { classes: [draft.class], areas: "anywhere" }, today),
    mayApprove: mayApprove && value !== undefined && !("refusal" in consentOf(value, me(), { singleOfficer })),
  });
  const plansToo = airing.when.is === "later" && mayAir && !airing.isPlanned;
  const press = () => doNext({ next, keeper, airing, plansToo, audio, setPlanned, setOrdered });
  return {
    ...{ airing, reading, findings, findingsCut, unknown, next, plansToo, press, audio, planned, setPlanned, ordered },
    markHeard: () => setHeard(value?.clip?.sha256),
    /** After a reading was taught: what is kept is read again, too. */
    async readAgain() {
      setTaught((before) => before + 1);
      if (value?.text === undefined || !isSaved) return;
      keeper.takeIn(await askKept("POST", `/announcements/${value.id}/reading`));
    },
    async decide(finding: string, reason: string) {
      keeper.takeIn(await askKept("POST", `/announcements/${value?.id}/decisions`, { body: { finding, reason } }));
    },
  };
}

/** Words without a reading, also those that are not kept one by one. */
const unreadIn = (kept: Announcement["value"]["reading"]): number | undefined =>
  kept && kept.unknown.length + (kept.cut?.unknown ?? 0);

/** Whether what was ordered here still has to sound, or sounds, by what loudspeakers say of it. */
function useIsOnAir(ordered: OrderedView | undefined): boolean {
  const isThere = picture.value?.onAir.some(({ cue }) => cue === ordered?.occurrence) ?? false;
  const [seen, setSeen] = useState<string>();
  useEffect(() => {
    if (isThere) setSeen(ordered?.occurrence);
  }, [isThere]);
  if (ordered === undefined || ordered.away.length >= ordered.receivers.length) return isThere;
  return isThere || seen !== ordered.occurrence;
}

const placesOf = ({ targets, chosen }: { targets: Targets; chosen: readonly ReceiverView[] }) => {
  const places = [
    ...targets.areas,
    ...chosen.filter(({ id }) => targets.receivers.includes(id)).map(({ area }) => area),
  ];
  return places.length > 0 ? places : ("anywhere" as const);
};

interface Doing {
  readonly next: Next;
  readonly keeper: DraftKeeper;
  readonly airing: ReturnType<typeof useAiring>;
  readonly plansToo: boolean;
  readonly audio: { readonly current: HTMLAudioElement | null };
  readonly setPlanned: (planned: Planned) => void;
  readonly setOrdered: (ordered: OrderedView) => void;
}

/** @throws Refusal */
async function doNext({
  next: { step },
  keeper,
  airing,
  plansToo,
  audio,
  setPlanned,
  setOrdered,
}: Doing): Promise<void> {
  const value = keeper.state.peek().kept?.value;
  const { when, targets } = airing;
  if (step === "make") {
    // A sound that failed is made once more although nothing has changed.
    if (keeper.isSaved.peek() && value) keeper.takeIn(await askKept("POST", `/announcements/${value.id}/reading`));
    else await keeper.save();
    airing.forgetElsewhere();
  }
  if (value === undefined) return;
  const door = `/announcements/${value.id}`;
  // It begins when enough of it has come, which may take a while; the player says when it cannot be had.
  if (step === "listen") audio.current?.play().catch(() => {});
  if (step === "submit") {
    const answered = await askKept<Announcement["value"]>("POST", `${door}/submission`, {
      body: { version: value.version },
    });
    keeper.takeIn(answered);
  }
  if (when.is === "later" && (step === "schedule" || (step === "submit" && plansToo)))
    setPlanned(await plan(value, when, targets));
  if (step === "approve") go(`/approve/${value.id}`);
  if (step !== "play") return;
  const content = { kind: "announcement", announcement: value.id };
  setOrdered(await ask<OrderedView>("POST", "/play", { body: { content, targets, class: value.class } }));
}
