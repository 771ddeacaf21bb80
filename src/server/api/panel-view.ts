/**
 * What a panel is told of each message, by the rights and the places of whoever sits there. A city tells 1,200 changes a second
 * to fifty panels while it sounds: a change of a loudspeaker costs each of them one look into a set, and what must be narrowed is
 * made once for all panels that see the same.
 *
 * @module
 */
import type { Permission } from "../../domain/permission.js";
import { isBlind, isInSight, type Sight, sightOf } from "../../domain/sight.js";
import type { Caller } from "./access.js";
import type { Change, Snapshot } from "./changes.js";
import type { ControlVerbs } from "./control-verbs.js";
import { createLens } from "./lens.js";
import type { Presence, Thing } from "./presence.js";
import { seenControl } from "./seen-control.js";
import { there } from "./touched.js";
import { createWhereabouts } from "./whereabouts.js";

const WATCHING: readonly Permission[] = ["inspect", "air", "stop", "approve"];
const READING: readonly Permission[] = ["compose", ...WATCHING];

/** What a panel must be allowed to be told each kind of message, somewhere: a kind that is not here is told to nobody. */
export const PANEL_NEEDS: Readonly<Record<"snapshot" | Presence["kind"] | Change["kind"], readonly Permission[]>> = {
  snapshot: READING,
  presence: READING,
  receiver: WATCHING,
  "receiver-removed": WATCHING,
  alarm: WATCHING,
  alert: WATCHING,
  "alarm-cleared": WATCHING,
  announcement: READING,
  "announcement-removed": READING,
  "on-air": READING,
  stale: READING,
};

/** How far several panels see whose people have the same rights. */
interface Sights {
  readonly watching: Sight;
  readonly reading: Sight;
  /** The day on which that holds. */
  readonly day: string;
}

/** What one panel sees, and has been shown. */
export interface Seeing {
  readonly caller: Caller;
  sights: Sights;
  /** Loudspeakers and alarms that it knows of: their end is told to nobody else. */
  readonly shown: Set<string>;
  /** What it was told last to be on air. */
  onAir: string;
}

/** Different rights whose sights are held. */
const MOST_SIGHTS = 200;

export function createPanelView(control: ControlVerbs) {
  const known = new Map<string, Sights>();

  function sightsOf({ grants }: Caller): Sights {
    const here = control.here();
    const key = JSON.stringify(grants);
    const held = known.get(key);
    if (held?.day === here.today) return held;
    const sights = {
      watching: sightOf(grants, WATCHING, here),
      reading: sightOf(grants, READING, here),
      day: here.today,
    };
    if (known.size >= MOST_SIGHTS) known.clear();
    known.set(key, sights);
    return sights;
  }
  const sightFor = ({ sights }: Seeing, kind: keyof typeof PANEL_NEEDS) =>
    PANEL_NEEDS[kind] === WATCHING ? sights.watching : sights.reading;

  return {
    seeingOf: (caller: Caller): Seeing => ({ caller, sights: sightsOf(caller), shown: new Set(), onAir: "" }),

    /** Whether somebody sees something else since another day began. */
    hasChanged(seeing: Seeing): boolean {
      const before = seeing.sights;
      seeing.sights = sightsOf(seeing.caller);
      return before !== seeing.sights && JSON.stringify(told(before)) !== JSON.stringify(told(seeing.sights));
    },

    /** Everything that this panel shows; `undefined` for one that may see nothing. */
    snapshotFor(seeing: Seeing): Snapshot | undefined {
      const { shown } = seeing;
      shown.clear();
      const reading = sightFor(seeing, "snapshot");
      if (isBlind(reading)) return undefined;
      const all = control.snapshot();
      const watching = sightFor(seeing, "receiver");
      const receivers = all.receivers.filter(({ area }) => isInSight(watching, area));
      const alarms = all.alarms.filter(({ area }) => isInSight(watching, area));
      for (const { id } of receivers) shown.add(keyOf("receiver", id));
      for (const { id } of alarms) shown.add(keyOf("alarm", id));
      if (reading.isWhole) return { ...all, receivers, alarms };
      const lens = createLens(reading, createWhereabouts(control), control);
      const onAir = lens.onAir(all.onAir);
      seeing.onAir = JSON.stringify(onAir);
      return { ...all, station: lens.station(all.station, receivers), receivers, onAir, alarms };
    },

    /** Whether this panel may know who has that open. */
    mayHearOf({ caller, sights: { reading } }: Seeing, { kind, id }: Thing): boolean {
      if (isBlind(reading)) return false;
      // What is being made is not there yet.
      if (reading.isWhole) return true;
      const seen = seenControl(control, reading, caller.person);
      const find = {
        announcement: seen.announcement,
        playlist: seen.playlist,
        schedule: seen.schedule,
        receiver: seen.receiver,
        pack: seen.emergencyPack,
        template: seen.template,
        "official-text": seen.officialText,
      }[kind];
      return there(() => find(id as never)) !== undefined;
    },

    /** What each panel is told of a change; `undefined` for nothing. Made once for all that see the same. */
    textOf(change: Change): (seeing: Seeing) => string | undefined {
      const whole = JSON.stringify(change);
      const narrow = narrowing(change, whole, control);
      const made = new Map<Sight, string | undefined>();
      return (seeing) => {
        const sight = sightFor(seeing, change.kind);
        if (isBlind(sight)) return undefined;
        if (sight.isWhole) return whole;
        const own = ownNews(change, whole, { sight, seeing });
        if (own !== UNDECIDED) return own;
        if (!made.has(sight)) made.set(sight, narrow(sight));
        return change.kind === "on-air" ? changed(seeing, made.get(sight), change.n) : made.get(sight);
      };
    },
  };
}

const keyOf = (kind: "receiver" | "alarm", id: string) => `${kind} ${id}`;
const told = ({ watching, reading }: Sights) =>
  [watching, reading].map(({ isWhole, within, around }) => ({ isWhole, within: [...within], around: [...around] }));

const UNDECIDED = Symbol("not for one panel alone");

/** What comes and goes at one place: its end is told to those who were shown it, also when it has moved away. */
function ownNews(
  change: Change,
  whole: string,
  { sight, seeing: { shown } }: { readonly sight: Sight; readonly seeing: Seeing },
): string | undefined | typeof UNDECIDED {
  switch (change.kind) {
    case "receiver": {
      const { id, area } = change.receiver;
      if (isInSight(sight, area)) shown.add(keyOf("receiver", id));
      else if (shown.delete(keyOf("receiver", id))) return textOf({ kind: "receiver-removed", id, n: change.n });
      else return undefined;
      return whole;
    }
    case "alarm":
      if (!isInSight(sight, change.alarm.area)) return undefined;
      shown.add(keyOf("alarm", change.alarm.id));
      return whole;
    case "receiver-removed":
      return shown.delete(keyOf("receiver", change.id)) ? whole : undefined;
    case "alarm-cleared":
      return shown.delete(keyOf("alarm", change.id)) ? whole : undefined;
    default:
      return UNDECIDED;
  }
}

/** What those are told who see so much; of an announcement that is gone nobody can say any more where it was heard. */
function narrowing(change: Change, whole: string, control: ControlVerbs): (sight: Sight) => string | undefined {
  const where = createWhereabouts(control);
  switch (change.kind) {
    case "announcement":
      return (sight) => (createLens(sight, where, control).announcement(change.announcement) ? whole : undefined);
    case "announcement-removed":
      return () => textOf({ kind: "stale", what: "announcements", n: change.n });
    case "on-air":
      return (sight) => JSON.stringify(createLens(sight, where, control).onAir(change.onAir));
    case "alert":
      return (sight) => {
        const alert = createLens(sight, where, control).alert(change.alert);
        return alert && textOf({ ...change, alert });
      };
    case "stale":
      return () => whole;
    default:
      return () => undefined;
  }
}

/** What is on air is told when it is another than before: a ward is not woken by what sounds elsewhere. */
function changed(seeing: Seeing, onAir: string | undefined, n: number): string | undefined {
  if (onAir === undefined || onAir === seeing.onAir) return undefined;
  seeing.onAir = onAir;
  return `{"kind":"on-air","onAir":${onAir},"n":${n}}`;
}

const textOf = (change: Change): string => JSON.stringify(change);
