/**
 * The loudspeakers in figures, for monitoring: how many are how, and the worst of what they say.
 *
 * @module
 */
import type { Condition, ConditionState } from "../../domain/condition.js";
import type { ReceiverRecord, ReceiverRecords } from "./receiver-records.js";
import type { Registry } from "./registry.js";

export interface ReceiverFigures {
  readonly states: Readonly<Record<ConditionState, number>>;
  /** Of all that are connected, since their programs' start. */
  readonly underruns: number;
  readonly lateChunks: number;
  /** Of one that is connected; nothing when none has said it. */
  readonly worstClockErrorUs: number | undefined;
  readonly leastDiskFreeBytes: number | undefined;
  readonly highestTemperatureC: number | undefined;
  readonly weakestSignalDbm: number | undefined;
}

export interface FigureParts {
  readonly receivers: ReceiverRecords;
  readonly registry: Pick<Registry, "get">;
  readonly conditionOf: (record: ReceiverRecord) => Condition;
}

export function createReceiverFigures({ receivers, registry, conditionOf }: FigureParts): () => ReceiverFigures {
  return () => {
    const states = { ok: 0, fault: 0, silenced: 0, disabled: 0, test: 0 };
    let [underruns, lateChunks] = [0, 0];
    const clock = extreme(Math.max);
    const disk = extreme(Math.min);
    const temperature = extreme(Math.max);
    const signal = extreme(Math.min);
    for (const record of receivers.all()) {
      states[conditionOf(record).state] += 1;
      const live = registry.get(record.id);
      if (!live?.connected) continue;
      underruns += live.state?.underruns ?? 0;
      lateChunks += live.state?.late ?? 0;
      clock.take(live.state?.clockErrorUs);
      disk.take(live.health?.diskFreeBytes);
      temperature.take(live.health?.temperatureC);
      signal.take(live.health?.signalDbm);
    }
    return {
      ...{ states, underruns, lateChunks },
      worstClockErrorUs: clock.found(),
      leastDiskFreeBytes: disk.found(),
      highestTemperatureC: temperature.found(),
      weakestSignalDbm: signal.found(),
    };
  };
}

function extreme(choose: (a: number, b: number) => number) {
  let found: number | undefined;
  return {
    take(value: number | undefined) {
      if (value !== undefined) found = found === undefined ? value : choose(found, value);
    },
    found: () => found,
  };
}
