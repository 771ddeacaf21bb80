/**
 * Who came, went and refused: gathered and written in one go, for ten thousand may come back at once. While the log takes nothing, as
 * on a full disk, the lines wait with the hour at which they happened; what is more than can wait is counted, and the log is told.
 *
 * @module
 */
import type { Log } from "../../base/log.js";
import type { Epoch } from "../../base/units.js";
import type { EventLine } from "../../domain/log-line.js";
import type { AsRunLog } from "./ports.js";

/** Lines that wait at most: two each of ten thousand loudspeakers, about 6 MB. */
const MOST_WAITING = 20_000;

export interface ComingsParts {
  readonly asRun: Pick<AsRunLog, "events">;
  readonly now: () => Epoch;
  readonly log: Log;
}

export interface Comings {
  note(line: EventLine): void;
  /** Writes what was noted since the last call. Never throws: the beat has more to do than this. */
  flush(): void;
}

export function createComings({ asRun, now, log }: ComingsParts): Comings {
  let waiting: EventLine[] = [];
  let lost: { count: number; readonly from: number; until: number } | undefined;

  return {
    note(line) {
      const at = Math.round(now());
      if (waiting.length < MOST_WAITING) {
        waiting.push({ ...line, at });
        return;
      }
      lost ??= { count: 0, from: at, until: at };
      lost.count += 1;
      lost.until = at;
    },
    flush() {
      if (waiting.length === 0) return;
      try {
        asRun.events([...waiting, ...(lost ? [{ kind: "log.lines-lost" as const, why: "disk", detail: lost }] : [])]);
        waiting = [];
        lost = undefined;
      } catch (thrown) {
        log.error("comings.not-kept", { waiting: waiting.length, lost: lost?.count ?? 0, thrown });
      }
    },
  };
}
