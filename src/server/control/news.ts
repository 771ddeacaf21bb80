/**
 * Tells panels what changed, gathered: a receiver that reports ten times a second is told twice a second.
 *
 * @module
 */
import { type Clock, every } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import { type Ms, seconds } from "../../base/units.js";
import type { AnnouncementId, ReceiverId } from "../../domain/ids.js";
import { createWatch } from "./watch.js";

/** State changes of receivers are told at most this often. */
const EVERY: Ms = seconds(0.5);

/** What panels are told: a whole new value, or that a list should be fetched again. */
export type News<Receiver, Alarm, Announcement, OnAir> =
  | { readonly kind: "receiver"; readonly receiver: Receiver }
  | { readonly kind: "receiver-removed"; readonly id: ReceiverId }
  | { readonly kind: "alarm"; readonly alarm: Alarm }
  | { readonly kind: "alarm-cleared"; readonly id: string }
  | { readonly kind: "announcement"; readonly announcement: Announcement }
  | { readonly kind: "announcement-removed"; readonly id: AnnouncementId }
  | { readonly kind: "on-air"; readonly onAir: OnAir }
  | { readonly kind: "stale"; readonly what: "playlists" | "schedules" | "declarations" | "rundown" | "rollouts" };

export interface NewsParts<Receiver, OnAir> {
  readonly clock: Clock;
  readonly log: Log;
  readonly receiver: (id: ReceiverId) => Receiver | undefined;
  readonly onAir: () => OnAir;
}

export function createNews<Receiver, Alarm, Announcement, OnAir>({
  clock,
  log,
  receiver,
  onAir,
}: NewsParts<Receiver, OnAir>) {
  const watch = createWatch<News<Receiver, Alarm, Announcement, OnAir>>(log);
  const changed = new Set<ReceiverId>();
  let airChanged = false;
  const stop = every(clock, EVERY, () => {
    const ids = [...changed];
    changed.clear();
    const air = airChanged;
    airChanged = false;
    // With nobody listening, ten thousand views a few times a minute would be made for nothing.
    if (!watch.isWatched()) return;
    for (const id of ids) {
      const view = receiver(id);
      if (view !== undefined) watch.publish({ kind: "receiver", receiver: view });
    }
    if (air) watch.publish({ kind: "on-air", onAir: onAir() });
  });

  return {
    ...watch,
    receiverChanged(id: ReceiverId) {
      changed.add(id);
    },
    airChanged() {
      airChanged = true;
    },
    close: stop,
  };
}
