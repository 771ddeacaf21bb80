/**
 * Backups as people see them: which there are, one that is being made now and how far it is, and making or giving up one by hand.
 *
 * @module
 */
import type { Clock } from "../base/clock.js";
import { Fault } from "../base/errors.js";
import type { Log } from "../base/log.js";
import type { Epoch } from "../base/units.js";
import type { Person } from "../domain/person.js";
import { type AutomaticBackup, type KeptBackup, listBackups, type Occasion } from "./backup/automatic.js";
import { type BackupApart, backUpApart } from "./backup/backup-apart.js";
import type { AsRunLog } from "./store/index.js";

/** Shown at most, the newest first. */
const SHOWN = 20;

export interface BackupDeskParts {
  /** A backup for that occasion. */
  readonly taskFor: (occasion: Occasion) => AutomaticBackup;
  readonly clock: Clock;
  readonly now: () => Epoch;
  readonly asRun: Pick<AsRunLog, "event">;
  readonly log: Log;
  /** In the place of the backup program, for tests. */
  readonly backUp?: typeof backUpApart;
}

interface Running extends Pick<BackupApart, "end"> {
  readonly occasion: Occasion;
  readonly since: Epoch;
  readonly by: string | undefined;
  share: number;
  /** Called off by a person: that it failed needs nobody's attention. */
  isGivenUp: boolean;
}

export type BackupDesk = ReturnType<typeof createBackupDesk>;

export function createBackupDesk({ taskFor, clock, now, asRun, log, backUp = backUpApart }: BackupDeskParts) {
  let running: Running | undefined;
  let failed: { readonly at: Epoch; readonly vi: string; readonly en: string } | undefined;

  let kept: readonly KeptBackup[] = [];

  /** The one that runs, until it is over. */
  const start = (task: AutomaticBackup, by?: Person) => {
    const apart = backUp(task, clock, (share) => {
      mine.share = share;
    });
    const mine: Running = {
      end: apart.end,
      occasion: task.occasion,
      since: now(),
      by: by?.name,
      share: 0,
      isGivenUp: false,
    };
    running = mine;
    void apart.outcome.then(() => {
      if (running === mine) running = undefined;
    });
    return { apart, mine };
  };
  const settle = async ({ apart, mine }: ReturnType<typeof start>, by: Person) => {
    const found = await apart.outcome;
    failed = found.kind === "failed" && !mine.isGivenUp ? { at: now(), ...found.words } : undefined;
    if (found.kind === "failed") {
      if (failed) asRun.event({ kind: "backup.failed", by, detail: { words: found.words } });
      return;
    }
    asRun.event({ kind: "backup.made", by, detail: { files: found.files, bytes: found.bytes } });
  };

  return {
    /** For the daily one: while another is being made it waits for the next look. */
    isBusy: () => running !== undefined,
    begin: (task: AutomaticBackup): BackupApart => start(task).apart,
    close: () => running?.end(),
    verbs: {
      async backups() {
        const { folder } = taskFor("by-hand");
        // A finished one never changes, and somebody who waits for the next asks every second.
        kept = await listBackups(folder, kept);
        return {
          folder,
          kept: kept
            .slice(0, SHOWN)
            .map(({ name, occasion, madeAt, files, bytes }) => ({ name, occasion, madeAt, files, bytes })),
          ...(running ? { running: shown(running) } : {}),
          ...(failed ? { failed: { at: iso(failed.at), words: { vi: failed.vi, en: failed.en } } } : {}),
        };
      },
      /** Begins one; it goes on when nobody looks. @throws Fault "conflict", reason `backup-runs`, while another is being made */
      startBackup(by: Person): void {
        if (running) throw isRunning();
        failed = undefined;
        asRun.event({ kind: "backup.begun", by });
        settle(start(taskFor("by-hand"), by), by).catch((thrown: unknown) => log.error("backup.failed", { thrown }));
      },
      /** Gives one up that somebody began by hand; those before it stay. Nothing happens when it is over already. */
      cancelBackup(by: Person): void {
        if (running?.occasion !== "by-hand" || running.isGivenUp) return;
        running.isGivenUp = true;
        running.end();
        asRun.event({ kind: "backup.cancelled", by });
      },
    },
  };
}

const iso = (at: number): string => new Date(at).toISOString();
const shown = ({ occasion, since, by, share }: Running) => ({
  ...{ occasion, since: iso(since), share },
  ...(by === undefined ? {} : { by }),
});

const isRunning = () =>
  new Fault(
    "conflict",
    {
      vi: "Đài đang sao lưu rồi. Hãy chờ xong rồi sao lưu tiếp; các bản trước vẫn còn.",
      en: "A backup is being made. Wait for it before making another; those before are kept.",
    },
    { reason: "backup-runs" },
  );
