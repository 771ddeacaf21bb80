/**
 * What a panel shows, and how it learns of what changes.
 *
 * @module
 */
import type { AnnouncementId, ReceiverId } from "../../domain/ids.js";
import type { AlertView } from "./alert-views.js";
import type { AlarmView } from "./care-views.js";
import type * as view from "./views.js";

/** Everything that a panel shows, at change number `n`. */
export interface Snapshot {
  readonly n: number;
  readonly station: view.StationView;
  readonly receivers: readonly view.ReceiverView[];
  readonly onAir: readonly view.OnAirView[];
  readonly alarms: readonly AlarmView[];
}

/** What changed, in words a panel can apply: a whole new value, or that a list should be fetched again. */
export type ChangeBody =
  | { readonly kind: "receiver"; readonly receiver: view.ReceiverView }
  | { readonly kind: "receiver-removed"; readonly id: ReceiverId }
  | { readonly kind: "alarm"; readonly alarm: AlarmView }
  | { readonly kind: "alarm-cleared"; readonly id: string }
  | { readonly kind: "announcement"; readonly announcement: view.AnnouncementView }
  | { readonly kind: "announcement-removed"; readonly id: AnnouncementId }
  | { readonly kind: "on-air"; readonly onAir: readonly view.OnAirView[] }
  | { readonly kind: "alert"; readonly alert: AlertView }
  | {
      readonly kind: "stale";
      readonly what:
        | "announcements"
        | "playlists"
        | "schedules"
        | "declarations"
        | "raises"
        | "rundown"
        | "areas"
        | "log"
        | "rollouts"
        | "packs"
        | "talks"
        | "chimes"
        | "reports"
        | "complaints";
    };
/** `n` rises by one with each change since the server started. */
export type Change = ChangeBody & { readonly n: number };

/** For the panel's socket. Both are synchronous, so that no change falls between a snapshot and the first change. */
export interface WatchVerbs {
  snapshot(): Snapshot;
  /** Calls `listener` with each change until the returned function is called. The listener must not throw or wait. */
  subscribe(listener: (change: Change) => void): () => void;
}
