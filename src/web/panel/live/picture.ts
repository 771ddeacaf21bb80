/**
 * What the panel knows of the station, as the station told it: a snapshot, and each change after it. Pure.
 *
 * @module
 */
import type { AlarmView } from "../../../server/api/care-views.js";
import type { Snapshot, Change as Told } from "../../../server/api/changes.js";
import type { Untold } from "../../../server/api/panel-socket.js";
import type { AnnouncementView, OnAirView, ReceiverView, StationView } from "../../../server/api/views.js";

/** A change, or that there was one which is not for whoever sits here. */
export type Change = Told | Untold;

/** Lists that the panel fetches again when they are out of date. */
export type Stale = Extract<Told, { kind: "stale" }>["what"] | "alerts";

/** Nothing in it is what the panel hopes (R10). */
export interface Picture {
  /** Number of the newest change in it. */
  readonly n: number;
  /** How many snapshots have come: what was open before may have changed while nobody told us. */
  readonly snapshots: number;
  readonly station: StationView;
  readonly receivers: ReadonlyMap<string, ReceiverView>;
  readonly onAir: readonly OnAirView[];
  readonly alarms: ReadonlyMap<string, AlarmView>;
  /** Changed announcements since the snapshot; `undefined` for one that was removed. */
  readonly announcements: ReadonlyMap<string, AnnouncementView | undefined>;
  /** How often each list has gone out of date: whoever shows it fetches it again when the number rises. */
  readonly stale: Readonly<Partial<Record<Stale, number>>>;
}

/** @param before what was known until now; lists may have changed while nobody told us */
export function pictureOf(snapshot: Snapshot, before?: Picture): Picture {
  const { n, station, receivers, onAir, alarms } = snapshot;
  return {
    ...{ n, station, onAir, snapshots: (before?.snapshots ?? 0) + 1 },
    receivers: new Map(receivers.map((receiver) => [receiver.id as string, receiver])),
    alarms: new Map(alarms.map((alarm) => [alarm.id, alarm])),
    announcements: new Map(),
    stale: Object.fromEntries(ALL.map((what) => [what, (before?.stale[what] ?? -1) + 1])),
  };
}

const ALL: readonly Stale[] = [
  ...(["playlists", "schedules", "declarations", "raises", "rundown", "areas", "log", "rollouts"] as const),
  ...(["packs", "reports", "chimes", "talks", "complaints"] as const),
  ...(["announcements", "alerts"] as const),
];

/**
 * Whether a change follows on the change `n`: the next one, or word that all up to it are for others. When not, something was missed and only a snapshot helps. */
export const follows = (n: number, change: Change): boolean =>
  change.kind === "untold" ? change.n > n : change.n === n + 1;

/** The picture with these changes, in their order. */
export function withChanges(before: Picture, changes: readonly Change[]): Picture {
  const receivers = new Map(before.receivers);
  const alarms = new Map(before.alarms);
  let announcements = before.announcements;
  const stale = { ...before.stale };
  let { n, onAir } = before;
  const fetchAgain = (what: Stale) => {
    stale[what] = (stale[what] ?? 0) + 1;
  };
  for (const change of changes) {
    n = change.n;
    switch (change.kind) {
      case "receiver":
        receivers.set(change.receiver.id, change.receiver);
        break;
      case "receiver-removed":
        receivers.delete(change.id);
        break;
      case "alarm":
        alarms.set(change.alarm.id, change.alarm);
        break;
      case "alarm-cleared":
        alarms.delete(change.id);
        break;
      case "on-air":
        onAir = change.onAir;
        break;
      case "announcement":
        announcements = new Map(announcements).set(change.announcement.id, change.announcement);
        fetchAgain("announcements");
        break;
      case "announcement-removed":
        announcements = new Map(announcements).set(change.id, undefined);
        fetchAgain("announcements");
        break;
      case "untold":
        break;
      case "alert":
        fetchAgain("alerts");
        break;
      case "stale":
        fetchAgain(change.what);
        break;
    }
  }
  return { ...before, n, onAir, receivers, alarms, announcements, stale };
}
