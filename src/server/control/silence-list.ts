/**
 * Loudspeakers that nobody has heard for days.
 *
 * @module
 */
import { type Epoch, epoch } from "../../base/units.js";
import type { Condition } from "../../domain/condition.js";
import type { AsRunLog } from "./ports.js";
import type { ReceiverRecord, ReceiverRecords } from "./receiver-records.js";

const DAY_MS = 86_400_000;

export interface SilenceListParts {
  readonly receivers: ReceiverRecords;
  readonly asRun: Pick<AsRunLog, "lastSounds">;
  readonly now: () => Epoch;
  readonly conditionOf: (record: ReceiverRecord) => Condition;
}

export function createSilenceList({ receivers, asRun, now, conditionOf }: SilenceListParts) {
  return {
    /** Those that have not sounded for that many days by their own account, the longest silent first. */
    silentFor({ days }: { readonly days: number }) {
      const sounds = asRun.lastSounds();
      return receivers
        .all()
        .map((record) => ({ record, last: sounds.get(record.id) ?? 0 }))
        .filter(({ last }) => now() - last >= days * DAY_MS)
        .sort((a, b) => a.last - b.last)
        .map(({ record, last }) => {
          const { id, name, area, pole } = record;
          const sounded = { lastSound: new Date(epoch(last)).toISOString(), days: Math.floor((now() - last) / DAY_MS) };
          return {
            ...{ receiver: id, name, area },
            ...(pole === undefined ? {} : { pole }),
            ...(last === 0 ? {} : sounded),
            state: conditionOf(record).state,
          };
        });
    },
  };
}
