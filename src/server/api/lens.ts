/**
 * What somebody with a limited sight is shown of each kind of thing: the one place where that is decided, for the doors of the API
 * and for panels.
 *
 * @module
 */
import { Fault } from "../../base/errors.js";
import type { AreaId, ReceiverId } from "../../domain/ids.js";
import type { Playlist } from "../../domain/playlist.js";
import type { Rundown } from "../../domain/rundown.js";
import type { Targets } from "../../domain/schedule.js";
import { isInSight, isReached, type Reach, type Sight } from "../../domain/sight.js";
import type { AlertView } from "./alert-views.js";
import type { ControlVerbs } from "./control-verbs.js";
import { there } from "./touched.js";
import type { AnnouncementView, OnAirView, ReceiverView, StationView, TicketView } from "./views.js";
import type { WhereaboutsOf } from "./whereabouts.js";

export type Lens = ReturnType<typeof createLens>;

/** @param where how far things reach; it is looked up from the things themselves */
export function createLens(sight: Sight, where: WhereaboutsOf, control: Pick<ControlVerbs, "standing">) {
  const inSight = (area: AreaId | undefined) => isInSight(sight, area);
  const reached = (reach: Reach) => isReached(sight, reach);
  const receiver = (id: ReceiverId) => inSight(control.standing(id)?.area);
  const seen = (ids: readonly ReceiverId[]) => ids.filter(receiver);
  const announcement = ({ id, targets }: Pick<AnnouncementView, "id" | "targets">) =>
    reached(where.announcement(id, targets).areas);

  return {
    sight,
    /** Whether something stands there. */
    inSight,
    /** Whether something that is aimed at these areas is heard where they see. */
    reached,
    /** The same of something with targets; what has none is for everybody. */
    targeted: (targets: Targets | undefined) => targets === undefined || reached(where.targets(targets)),
    receiver,
    seen,
    announcement,
    /** A playlist that sounds nowhere yet shows no more than the announcements in it do. */
    playlist({ id, items }: Playlist, find: (id: AnnouncementView["id"]) => AnnouncementView | undefined) {
      const reach = where.playlist(id);
      if (reach !== "anywhere") return reached(reach);
      return items.every((item) => {
        const found = item.kind === "announcement" ? find(item.announcement) : undefined;
        return found === undefined || announcement(found);
      });
    },
    /** Those entries that sound in sight, at the loudspeakers there. */
    onAir: (all: readonly OnAirView[]): readonly OnAirView[] =>
      all.flatMap((one) => {
        const ordered = seen(one.ordered);
        if (ordered.length === 0) return [];
        const failed = one.failed.filter((miss) => receiver(miss.receiver));
        return [{ ...one, ordered, confirmed: seen(one.confirmed), sounding: seen(one.sounding), failed }];
      }),
    tickets: (all: readonly TicketView[]): readonly TicketView[] =>
      all.flatMap((one) => {
        const results = one.results.filter((result) => receiver(result.receiver));
        return results.length === 0 ? [] : [{ ...one, results }];
      }),
    /** The lines at loudspeakers in sight; one that has none is shown where its schedule is. */
    rundown: (rundown: Rundown, isShown: (schedule: Rundown["lines"][number]["schedule"]) => boolean): Rundown => ({
      ...rundown,
      lines: rundown.lines.flatMap((line) => {
        if (line.receivers.length === 0) return isShown(line.schedule) ? [line] : [];
        const receivers = seen(line.receivers);
        return receivers.length === 0 ? [] : [{ ...line, receivers }];
      }),
    }),
    /** An alert with the loudspeakers in sight; `undefined` when it reaches none. */
    alert(alert: AlertView): AlertView | undefined {
      const receivers = seen(alert.receivers);
      if (receivers.length === 0) return undefined;
      const elsewhere = alert.receivers.length - receivers.length;
      return {
        ...alert,
        receivers,
        ...(elsewhere === 0 ? {} : { elsewhere }),
        ...(alert.silenced ? { silenced: seen(alert.silenced) } : {}),
      };
    },
    /** The station with the count of the loudspeakers in sight. */
    station: (station: StationView, receivers: readonly ReceiverView[]): StationView => ({
      ...station,
      receivers: {
        total: receivers.length,
        connected: receivers.filter(({ connected }) => connected).length,
        sounding: receivers.filter(({ reported }) => reported?.now.some(({ state }) => state === "sounding")).length,
      },
    }),
  };
}

/** What is not theirs to see is not there; that it is there elsewhere is not said either. */
export const notHere = (): Fault =>
  new Fault(
    "not-found",
    {
      vi: "Không có trong địa bàn của bạn. Nếu cần xem, hãy nhờ người có quyền ở địa bàn đó, hoặc người quản lý tài khoản.",
      en: "It is not there in the places that are yours. Ask somebody with a right there, or whoever manages accounts.",
    },
    { reason: "out-of-sight" },
  );

/** What is there and shown; the same refusal for what is not there and for what is not theirs to see. */
export function onlyIf<T>(find: () => T, isShown: (found: T) => boolean): T {
  const found = there(find);
  if (found === undefined || !isShown(found)) throw notHere();
  return found;
}
