/**
 * When the station backs itself up: once a day at its hour, and as soon as it can after a day that was missed.
 *
 * @module
 */
import type { Clock } from "../base/clock.js";
import { reasonOf, type Words } from "../base/errors.js";
import type { Log } from "../base/log.js";
import { type Epoch, hours, type Instant, minutes, until } from "../base/units.js";
import { lastDaily } from "../domain/daily-hour.js";
import type { LocalTime } from "../domain/local-time.js";
import { zoneOf } from "../domain/zone.js";
import { type AutomaticBackup, listBackups } from "./backup/automatic.js";
import type { BackupApart } from "./backup/backup-apart.js";
import type { StationTroubles } from "./station-troubles.js";
import type { AsRunLog } from "./store/index.js";

/** A start has other things to do. */
const AFTER_START = minutes(10);
/** A new station has little that would be worth a backup. */
const AFTER_FIRST_START = hours(1);
const RETRY = hours(1);

export interface DailyBackupParts {
  readonly task: AutomaticBackup;
  /** On the wall of the station. */
  readonly at: LocalTime;
  readonly zone: string;
  readonly clock: Clock;
  readonly now: () => Epoch;
  readonly troubles: Pick<StationTroubles, "raise" | "clear">;
  readonly asRun: Pick<AsRunLog, "event">;
  readonly log: Log;
  /** Begins one. */
  readonly backUp: (task: AutomaticBackup) => BackupApart;
  /** Whether another is being made. */
  readonly isBusy: () => boolean;
}

export interface DailyBackup {
  /** Begins one when it is due. Call it every minute or so; it never throws. */
  look(): Promise<void>;
  /** When the last good one was made, civil milliseconds. */
  lastMadeAt(): number | undefined;
}

export function createDailyBackup(parts: DailyBackupParts): DailyBackup {
  const { task, at, clock, now, troubles, asRun, log } = parts;
  const zone = zoneOf(parts.zone);
  const startedAt = clock.now();
  /** Not known before the folder has been looked into. */
  let lastMade: { readonly at: number | undefined } | undefined;
  let failedAt: Instant | undefined;

  const isDue = (): boolean => {
    const made = lastMade?.at;
    if (failedAt !== undefined && until(failedAt, clock.now()) < RETRY) return false;
    if (until(startedAt, clock.now()) < (made === undefined ? AFTER_FIRST_START : AFTER_START)) return false;
    return made === undefined || made < lastDaily(zone, at, now());
  };
  const failed = (words: Words) => {
    failedAt = clock.now();
    troubles.raise("backup-failed", {
      vi: `Không sao lưu được đài vào ${task.folder}: ${words.vi} Đài thử lại sau một giờ.`,
      en: `The station could not be backed up into ${task.folder}: ${words.en} It tries again in an hour.`,
    });
  };
  const make = async () => {
    const { outcome: ended } = parts.backUp(task);
    const outcome = await ended;
    if (outcome.kind === "failed") return failed(outcome.words);
    failedAt = undefined;
    lastMade = { at: now() };
    troubles.clear("backup-failed");
    asRun.event({ kind: "backup.made", detail: { files: outcome.files, bytes: outcome.bytes } });
    log.info("backup.made", { files: outcome.files, bytes: outcome.bytes });
  };

  return {
    lastMadeAt: () => lastMade?.at,
    async look() {
      if (parts.isBusy()) return;
      try {
        if (lastMade === undefined) {
          const [newest] = await listBackups(task.folder);
          lastMade = { at: newest && Date.parse(newest.madeAt) };
        }
        // Somebody may have begun one by hand while the folder was looked into.
        if (isDue() && !parts.isBusy()) await make();
      } catch (thrown) {
        log.error("backup.failed", { thrown });
        failed({ vi: `${reasonOf(thrown)}.`, en: `${reasonOf(thrown)}.` });
      }
    },
  };
}
