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
  /** How their outputs are. */
  readonly sinks: Readonly<Record<Sink, number>>;
  /** Network traffic of them all since their programs' start. */
  readonly receivedBytes: number;
  readonly sentBytes: number;
  /** How many run each version of the program: the commonest, and «other» for the rest. */
  readonly versions: Readonly<Record<string, number>>;
  /** Of one that is connected; nothing when none has said it. */
  readonly worstClockErrorUs: number | undefined;
  readonly leastDiskFreeBytes: number | undefined;
  readonly highestTemperatureC: number | undefined;
  readonly weakestSignalDbm: number | undefined;
  readonly highestLoad: number | undefined;
  readonly shortestUptimeS: number | undefined;
  readonly leastVolume: number | undefined;
  /** Of one that is being fed over the wire. */
  readonly leastBufferMs: number | undefined;
}

type Sink = "ok" | "restarting" | "failed";

/** Versions that are told apart: a station runs one, and two or three while it updates. */
const MOST_VERSIONS = 8;

export interface FigureParts {
  readonly receivers: ReceiverRecords;
  readonly registry: Pick<Registry, "get">;
  readonly conditionOf: (record: ReceiverRecord) => Condition;
}

export function createReceiverFigures({ receivers, registry, conditionOf }: FigureParts): () => ReceiverFigures {
  return () => {
    const states = { ok: 0, fault: 0, silenced: 0, disabled: 0, test: 0 };
    let [underruns, lateChunks, receivedBytes, sentBytes] = [0, 0, 0, 0];
    const sinks = { ok: 0, restarting: 0, failed: 0 };
    const versions = new Map<string, number>();
    const clock = extreme(Math.max);
    const disk = extreme(Math.min);
    const temperature = extreme(Math.max);
    const signal = extreme(Math.min);
    const load = extreme(Math.max);
    const uptime = extreme(Math.min);
    const volume = extreme(Math.min);
    const buffer = extreme(Math.min);
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
      load.take(live.health?.load);
      uptime.take(live.health?.uptimeS);
      volume.take(live.state?.volume);
      if (live.state !== undefined) sinks[live.state.sink] += 1;
      if (live.state !== undefined && live.state.bufferMs > 0) buffer.take(live.state.bufferMs);
      receivedBytes += live.health?.receivedBytes ?? 0;
      sentBytes += live.health?.sentBytes ?? 0;
      const version = live.health?.version;
      if (version !== undefined) versions.set(version, (versions.get(version) ?? 0) + 1);
    }
    return {
      ...{ states, underruns, lateChunks, sinks, receivedBytes, sentBytes, versions: commonest(versions) },
      worstClockErrorUs: clock.found(),
      leastDiskFreeBytes: disk.found(),
      highestTemperatureC: temperature.found(),
      weakestSignalDbm: signal.found(),
      ...{ highestLoad: load.found(), shortestUptimeS: uptime.found() },
      ...{ leastVolume: volume.found(), leastBufferMs: buffer.found() },
    };
  };
}

/** A loudspeaker says its version in any words: what is told apart is bounded. */
function commonest(versions: ReadonlyMap<string, number>): Record<string, number> {
  const sorted = [...versions].sort(([one, first], [other, second]) => second - first || one.localeCompare(other));
  const rest = sorted.slice(MOST_VERSIONS).reduce((sum, [, count]) => sum + count, 0);
  return { ...Object.fromEntries(sorted.slice(0, MOST_VERSIONS)), ...(rest === 0 ? {} : { other: rest }) };
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
