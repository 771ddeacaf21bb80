/**
 * Tells panels what changed, gathered: a receiver that reports ten times a second is told twice a second.
 *
 * What is on air changes by what receivers say, by what people order and by the course of time alone. So it is looked at, and
 * told when it is another than before: nobody has to remember to say so.
 *
 * @module
 */
import { type Clock, every } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import { type Ms, seconds } from "../../base/units.js";
import type { AnnouncementId, ReceiverId } from "../../domain/ids.js";
import { createWatch } from "./watch.js";

/** Changes of receivers, and of what is on air, are told at most this often. */
const EVERY: Ms = seconds(0.5);

/** What panels are told: a whole new value, or that a list should be fetched again. */
export type News<Receiver, Alarm, Announcement, OnAir, Alert> =
  | { readonly kind: "receiver"; readonly receiver: Receiver }
  | { readonly kind: "receiver-removed"; readonly id: ReceiverId }
  | { readonly kind: "alarm"; readonly alarm: Alarm }
  | { readonly kind: "alarm-cleared"; readonly id: string }
  | { readonly kind: "announcement"; readonly announcement: Announcement }
  | { readonly kind: "announcement-removed"; readonly id: AnnouncementId }
  | { readonly kind: "on-air"; readonly onAir: OnAir }
  | { readonly kind: "alert"; readonly alert: Alert }
  | {
      readonly kind: "stale";
      readonly what:
        | "playlists"
        | "schedules"
        | "declarations"
        | "raises"
        | "rundown"
        | "rollouts"
        | "packs"
        | "chimes"
        | "talks"
        | "reports"
        | "complaints";
    };

export interface NewsParts<Receiver, OnAir> {
  readonly clock: Clock;
  readonly log: Log;
  readonly receiver: (id: ReceiverId) => Receiver | undefined;
  readonly onAir: () => OnAir;
}

export function createNews<Receiver, Alarm, Announcement, OnAir, Alert>({
  clock,
  log,
  receiver,
  onAir,
}: NewsParts<Receiver, OnAir>) {
  const watch = createWatch<News<Receiver, Alarm, Announcement, OnAir, Alert>>(log);
  const changed = new Set<ReceiverId>();
  /** What is on air as it was told last; nothing while nobody listens. */
  let airTold: string | undefined;
  const lookAtAir = () => {
    const present = onAir();
    const text = JSON.stringify(present);
    if (text === airTold) return;
    airTold = text;
    watch.publish({ kind: "on-air", onAir: present });
  };
  const stop = every(clock, EVERY, () => {
    const ids = [...changed];
    changed.clear();
    // With nobody listening, ten thousand views a few times a minute would be made for nothing.
    if (!watch.isWatched()) {
      airTold = undefined;
      return;
    }
    for (const id of ids) {
      const view = receiver(id);
      if (view !== undefined) watch.publish({ kind: "receiver", receiver: view });
    }
    lookAtAir();
  });

  return {
    ...watch,
    receiverChanged(id: ReceiverId) {
      changed.add(id);
    },
    close: stop,
  };
}
