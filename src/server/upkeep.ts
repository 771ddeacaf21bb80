/**
 * What keeps a station going for years, beside the air and never in its way: certificates, backups, notices, and forgetting
 * what must not be kept.
 *
 * @module
 */
import type { Server } from "node:http";
import { dirname } from "node:path";
import { type Cancel, every } from "../base/clock.js";
import type { StationClock } from "../base/station-clock.js";
import { minutes } from "../base/units.js";
import { mendedWords } from "../domain/log-flaw.js";
import { type BackupDesk, createBackupDesk } from "./backup-desk.js";
import { type CertificateCare, createCertificateCare } from "./certificate-care.js";
import type { Station } from "./config.js";
import { createDailyBackup } from "./daily-backup.js";
import { createForgetting } from "./forgetting.js";
import { marksIn } from "./meta.js";
import type { OutboxCounts } from "./notice/index.js";
import { createNotices, type NoticesParts } from "./notices.js";
import type { OpenStation, Surroundings } from "./open-station.js";
import { automaticBackup } from "./own-backups.js";
import { createStationTroubles, type StationTrouble } from "./station-troubles.js";

export interface UpkeepParts {
  readonly station: Station;
  readonly world: Surroundings;
  readonly open: OpenStation;
  readonly stationClock: StationClock;
  readonly control: NoticesParts["control"];
  readonly reports: NoticesParts["reports"];
}

export interface Upkeep {
  /** What is wrong with the station itself. */
  troubles(): readonly StationTrouble[];
  /** When the certificate in use ends, civil milliseconds; `undefined` without TLS. */
  certificateEndsAt(): number | undefined;
  /** When the last good backup was made, civil milliseconds; `undefined` before it is known, and when there is none. */
  lastBackupAt(): number | undefined;
  /** What waits to be told, and what became of the rest. */
  notices(): OutboxCounts;
  /** Backups by hand. */
  readonly backups: BackupDesk["verbs"];
  /** From then on it works by itself. */
  start(http: Server): void;
  close(): Promise<void>;
}

export function createUpkeep(parts: UpkeepParts): Upkeep {
  const { station, world, open, stationClock } = parts;
  const { clock, log } = world;
  const now = stationClock.date;
  const troubles = createStationTroubles({
    asRun: open.asRun,
    now,
    log,
    onRaised: (trouble) => notices.onTrouble(trouble),
  });
  const cancels: Cancel[] = [];
  let certificates: CertificateCare | undefined;
  const { backup, zone } = station.settings;
  const backups = createBackupDesk({
    ...{ taskFor: (occasion) => automaticBackup(station, occasion), clock, now, asRun: open.asRun, log },
  });
  const daily = createDailyBackup({
    ...{ task: automaticBackup(station, "daily"), at: backup.at, zone, clock, now, troubles, asRun: open.asRun, log },
    ...{ backUp: backups.begin, isBusy: backups.isBusy },
  });
  const forgetting = createForgetting({
    ...{ days: station.settings.privacy, zone, now, log, asRun: open.asRun, complaints: open.store.complaints },
    ...{ talks: open.store.talks, recordings: open.talks },
    ...{ asideFolders: [station.paths.state, dirname(station.paths.log)], marks: marksIn(open.store.meta, log) },
  });
  const notices = createNotices({ ...parts, troubles: troubles.open, lastBackupAt: daily.lastMadeAt });

  return {
    notices: notices.counts,
    backups: backups.verbs,
    troubles: troubles.open,
    certificateEndsAt: () => certificates?.endsAt(),
    lastBackupAt: daily.lastMadeAt,
    start(http) {
      const { mended } = open.asRun;
      if (mended !== undefined) troubles.raise("log-damaged", mendedWords(mended));
      certificates = createCertificateCare({ station, http, troubles, now: () => clock.date(), log });
      const look = () => {
        void certificates?.look();
        if (backup.daily) void daily.look();
        void forgetting.look();
      };
      look();
      notices.start();
      cancels.push(every(clock, minutes(1), look));
    },
    async close() {
      for (const cancel of cancels) cancel();
      backups.close();
      await notices.close();
    },
  };
}
