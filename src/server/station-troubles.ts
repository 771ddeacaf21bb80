/**
 * Troubles of the station itself, such as a backup that failed: open from when they are seen until they are over, told once,
 * and listed with what keeps the station from being ready.
 *
 * @module
 */

import type { Words } from "../base/errors.js";
import type { Log } from "../base/log.js";
import type { Epoch } from "../base/units.js";
import type { LineKind } from "../domain/line-words.js";
import type { AsRunLog } from "./store/index.js";

/**
 * `backup-failed` no good copy was made; `certificate-ending` loudspeakers are about to lose the station; `log-damaged` the log was
 * made anew when the station opened, until it opens again.
 */
export const STATION_TROUBLES = ["backup-failed", "certificate-ending", "log-damaged"] as const;
export type StationTroubleKind = (typeof STATION_TROUBLES)[number];

export interface StationTrouble {
  readonly kind: StationTroubleKind;
  /** Civil milliseconds. */
  readonly since: number;
  readonly words: Words;
}

export interface StationTroubles {
  /** @param degree told anew when it differs from that of the trouble that is open */
  raise(kind: StationTroubleKind, words: Words, degree?: string): void;
  clear(kind: StationTroubleKind): void;
  open(): readonly StationTrouble[];
}

export interface StationTroublesParts {
  readonly asRun: Pick<AsRunLog, "event">;
  readonly now: () => Epoch;
  readonly log: Log;
  /** Somebody should hear of it. Must not throw or wait. */
  readonly onRaised: (trouble: StationTrouble) => void;
}

export function createStationTroubles({ asRun, now, log, onRaised }: StationTroublesParts): StationTroubles {
  const open = new Map<StationTroubleKind, StationTrouble & { readonly degree: string }>();
  const note = (kind: LineKind, why: StationTroubleKind, words?: Words) => {
    try {
      asRun.event({ kind, why, ...(words === undefined ? {} : { detail: { words } }) });
    } catch (thrown) {
      // A full disk is often what the trouble comes from; it is told all the same.
      log.error("trouble.not-noted", { why, thrown });
    }
  };
  return {
    raise(kind, words, degree = "") {
      const present = open.get(kind);
      if (present?.degree === degree) {
        open.set(kind, { ...present, words });
        return;
      }
      const trouble = { kind, since: present?.since ?? now(), words, degree };
      open.set(kind, trouble);
      log.error("station.trouble", { why: kind, text: words.en });
      note("station.trouble", kind, words);
      onRaised(trouble);
    },
    clear(kind) {
      if (!open.delete(kind)) return;
      log.info("station.trouble-over", { why: kind });
      note("station.trouble-over", kind);
    },
    open: () => [...open.values()].map(({ degree: _told, ...trouble }) => trouble),
  };
}
