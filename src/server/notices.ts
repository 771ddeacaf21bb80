/**
 * Wires notices: from what the control tells to what leaves the house.
 *
 * @module
 */
import { randomBytes } from "node:crypto";
import { type Cancel, every } from "../base/clock.js";
import type { StationClock } from "../base/station-clock.js";
import { epoch, minutes, seconds } from "../base/units.js";
import { isWithinAreas } from "../domain/area.js";
import { zoneOf } from "../domain/zone.js";
import type { Station } from "./config.js";
import type { Control } from "./control/control.js";
import type { ReportVerbs } from "./control/reports.js";
import { marksIn } from "./meta.js";
import { morningDigest } from "./morning-digest.js";
import { createOutbox, type OutboxCounts } from "./notice/index.js";
import { createNoticeDesk } from "./notice-desk.js";
import { recipientsOf } from "./notice-recipients.js";
import type { OpenStation, Surroundings } from "./open-station.js";
import type { StationTrouble } from "./station-troubles.js";

export interface NoticesParts {
  readonly station: Station;
  readonly world: Surroundings;
  readonly open: OpenStation;
  readonly stationClock: StationClock;
  readonly control: Pick<Control, "overhear" | "talks" | "station" | "alarms" | "announcements" | "chimes">;
  readonly reports: Pick<ReportVerbs, "reports" | "nightDigest">;
  readonly troubles: () => readonly StationTrouble[];
  readonly lastBackupAt: () => number | undefined;
}

export interface Notices {
  onTrouble(trouble: StationTrouble): void;
  counts(): OutboxCounts;
  start(): void;
  close(): Promise<void>;
}

export function createNotices(parts: NoticesParts): Notices {
  const { station, open, stationClock, control } = parts;
  const { clock, random, log } = parts.world;
  const { settings, areas } = station;
  const zone = zoneOf(settings.zone);
  const timeOf = createTimeOf(settings.zone);
  const outbox = createOutbox({
    ...{
      recipients: recipientsOf(station, clock),
      records: { all: open.store.notices.all, commit: open.store.notices.commit },
    },
    ...{ station: settings.station.name, perHour: settings.notices.perHour, timeOf, clock, random, log },
    isBelow: (area, others) => isWithinAreas(areas, area, others),
    newId: () => randomBytes(12).toString("hex"),
  });
  const desk = createNoticeDesk({
    ...{ post: outbox.post, now: stationClock.date, zone, marks: marksIn(open.store.meta, log) },
    digestAt: settings.report.digestAt,
    nameOf: (receiver) => open.store.receivers.get(receiver)?.name ?? receiver,
    ...{ reports: parts.reports.reports, talks: control.talks },
    digest: async () =>
      morningDigest({
        ...{ night: await parts.reports.nightDigest(), troubles: parts.troubles(), timeOf },
        ...{ lastBackupAt: parts.lastBackupAt(), receivers: control.station().receivers },
        alarms: control.alarms().length,
        waitingApprovals: control.announcements().filter(({ stage }) => stage === "submitted").length,
        waitingChimes: control.chimes().flatMap(({ name, isApproved }) => (isApproved ? [] : [name])),
      }),
  });
  const cancels: Cancel[] = [];

  return {
    onTrouble: desk.onTrouble,
    counts: outbox.counts,
    start() {
      const look = () => desk.look().catch((thrown: unknown) => log.error("notices.bug", { thrown }));
      cancels.push(
        control.overhear(desk.onChange),
        every(clock, seconds(5), outbox.look),
        every(clock, minutes(1), () => void look()),
      );
    },
    async close() {
      for (const cancel of cancels) cancel();
      await outbox.close();
    },
  };
}

/** How an instant is written in messages. */
export function createTimeOf(zone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat("vi-VN", {
    ...{ timeZone: zone, hourCycle: "h23", hour: "2-digit", minute: "2-digit" },
    ...{ day: "2-digit", month: "2-digit", year: "numeric" },
  });
  return (at) => format.format(epoch(at));
}
