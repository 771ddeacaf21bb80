/**
 * When each item of a playlist begins, how long all of it is, and whether that fits where it is scheduled. Pure.
 *
 * @module
 */
import { type Epoch, epoch } from "../../../base/units.js";
import type { AreaTree } from "../../../domain/area.js";
import type { LocalDate } from "../../../domain/local-time.js";
import { type Place, placeOf, policyOn } from "../../../domain/place.js";
import type { PlaylistItem } from "../../../domain/playlist.js";
import type { Policy } from "../../../domain/policy.js";
import { nextQuietChange } from "../../../domain/policy-rules.js";
import type { Schedule } from "../../../domain/schedule.js";
import type { Stage } from "../../../domain/stage.js";
import type { RundownView } from "../../../server/api/rundown-view.js";
import type { ReceiverView } from "../../../server/api/views.js";

type Line = RundownView["lines"][number];

/** What is known of a sound. */
export interface Sound {
  readonly title: string;
  /** Absent while there is none. */
  readonly lengthMs: number | undefined;
  /** Where an announcement stands; for a chime, whether it is approved. */
  readonly stage: Stage;
}

export interface Sounds {
  readonly announcements: ReadonlyMap<string, Sound>;
  readonly chimes: ReadonlyMap<string, Sound>;
}

/** Why an item does not sound. */
export type Silence = "missing" | "no-sound" | Stage;

export interface Timed {
  /** From the start of the playlist, ms. */
  readonly offsetMs: number;
  readonly lengthMs: number;
  /** Absent for what sounds, and for pauses. */
  readonly silent: Silence | undefined;
}

export interface Timing {
  readonly items: readonly Timed[];
  /** To the end of the last sound: a pause at the end is not waited for. */
  readonly lengthMs: number;
}

const SOUNDS: readonly Stage[] = ["approved", "planned", "aired"];

/** As the station lays it out: what may not sound takes no time. */
export function timingOf(items: readonly PlaylistItem[], sounds: Sounds): Timing {
  let offsetMs = 0;
  let end = 0;
  const timed = items.map((item): Timed => {
    const silent = silenceOf(item, sounds);
    const lengthMs = silent === undefined ? lengthOf(item, sounds) : 0;
    const at = { offsetMs, lengthMs, silent };
    offsetMs += lengthMs;
    if (item.kind !== "pause" && lengthMs > 0) end = offsetMs;
    return at;
  });
  return { items: timed, lengthMs: end };
}

/** What an item plays; nothing for a pause. */
export function soundOf(item: PlaylistItem, { announcements, chimes }: Sounds): Sound | undefined {
  if (item.kind === "pause") return undefined;
  return item.kind === "chime" ? chimes.get(item.recording) : announcements.get(item.announcement);
}

function silenceOf(item: PlaylistItem, sounds: Sounds): Silence | undefined {
  if (item.kind === "pause") return undefined;
  const sound = soundOf(item, sounds);
  if (!sound) return "missing";
  if (!SOUNDS.includes(sound.stage)) return sound.stage;
  return sound.lengthMs === undefined ? "no-sound" : undefined;
}

function lengthOf(item: PlaylistItem, sounds: Sounds): number {
  if (item.kind === "pause") return item.ms;
  const once = soundOf(item, sounds)?.lengthMs ?? 0;
  return item.kind === "chime" ? once : item.repeat * once + (item.repeat - 1) * item.gapMs;
}

/** What ends a slot first. */
export type SlotEnd =
  | { readonly by: "next"; readonly title: string }
  | { readonly by: "quiet" }
  | { readonly by: "session" }
  | { readonly by: "longest" };

/** The room that a schedule has for its playlist. */
export interface Slot {
  readonly start: Epoch;
  readonly roomMs: number;
  readonly end: SlotEnd;
}

export interface SlotParts {
  readonly lines: readonly Line[];
  readonly receivers: ReadonlyMap<string, Pick<ReceiverView, "area">>;
  readonly areas: AreaTree;
  readonly policies: readonly Policy[];
  readonly zone: string;
  readonly dayOf: (at: Epoch) => LocalDate;
  readonly now: Epoch;
}

/** The next slot of a schedule; nothing when it is not planned in the days that are known. */
export function nextSlot(schedule: Schedule, parts: SlotParts): Slot | undefined {
  const own = parts.lines
    .filter((line) => line.schedule === schedule.id && Date.parse(line.planned) >= parts.now)
    .toSorted((one, other) => Date.parse(one.planned) - Date.parse(other.planned))[0];
  if (!own) return undefined;
  const start = epoch(Date.parse(own.planned));
  const ends: (readonly [at: number, end: SlotEnd])[] = [[start + schedule.maxMs, { by: "longest" }]];
  const heard = new Set<string>(own.receivers);
  for (const other of parts.lines) {
    const at = Date.parse(other.planned);
    if (other.occurrence === own.occurrence || at <= start || !other.receivers.some((id) => heard.has(id))) continue;
    ends.push([at, { by: "next", title: other.title }]);
  }
  for (const place of placesOf(own, start, parts)) {
    const quiet = nextQuietChange(place, start);
    if (quiet !== undefined) ends.push([quiet, { by: "quiet" }]);
    const session = policyOn(place, parts.dayOf(start)).minutesPerSession;
    if (session !== undefined) ends.push([start + session * 60_000, { by: "session" }]);
  }
  const [at, end] = ends.reduce((first, one) => (one[0] < first[0] ? one : first));
  return { start, roomMs: at - start, end };
}

/** Each area of its loudspeakers once. */
function placesOf(line: Line, at: Epoch, { receivers, dayOf, ...source }: SlotParts): Place[] {
  const areas = new Set(line.receivers.flatMap((id) => receivers.get(id)?.area ?? []));
  return [...areas].map((area) => placeOf(source, area, dayOf(at)));
}

export type Fit = "fits" | "tight" | "over";

/** Up to a tenth too long can be cut without losing much. @param lengthMs of the playlist */
export function fitOf(lengthMs: number, roomMs: number): Fit {
  if (lengthMs <= roomMs) return "fits";
  return lengthMs <= roomMs * 1.1 ? "tight" : "over";
}
