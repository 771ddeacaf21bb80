/**
 * How the station is, for supervisors and for people: what keeps it from working, and figures for Prometheus.
 *
 * @module
 */
import { statfs } from "node:fs/promises";
import type { Words } from "../base/errors.js";
import type { Control } from "./control/control.js";
import type { Voices } from "./control/ports.js";
import type { Fanout } from "./fanout/index.js";

/** Below this share of free space the disk is a concern. */
const LOW_DISK = 0.1;

export interface HealthParts {
  readonly fanout: Pick<Fanout, "metrics">;
  readonly control: Pick<Control, "station" | "onAir">;
  readonly pipeline: { describe(): { readonly problem?: Words | undefined } };
  readonly voices: Pick<Voices, "list">;
  readonly folder: string;
}

/** Ready means that what is planned will sound. A missing voice or converter weakens the station but does not stop it. */
export async function readinessOf({ pipeline, voices, folder }: HealthParts) {
  const reasons: { readonly part: string; readonly words: Words }[] = [];
  const problem = pipeline.describe().problem;
  if (problem) reasons.push({ part: "ffmpeg", words: problem });
  if (!voices.list().some(({ works }) => works)) {
    reasons.push({
      part: "voice",
      words: {
        vi: "Không có giọng đọc nào hoạt động. Bản tin đã có âm thanh vẫn phát; bản mới hãy thu âm.",
        en: "No voice works. Announcements that have their sound still air; record new ones.",
      },
    });
  }
  const { bavail, blocks } = await statfs(folder);
  if (bavail / blocks < LOW_DISK) {
    reasons.push({
      part: "disk",
      words: {
        vi: `Ổ đĩa chỉ còn trống ${Math.round((100 * bavail) / blocks)} %. Hãy xóa bớt hoặc thay ổ lớn hơn.`,
        en: `Only ${Math.round((100 * bavail) / blocks)} % of the disk is free. Remove files or use a larger one.`,
      },
    });
  }
  return { ready: true, reasons };
}

/** Figures in the units that Prometheus asks for. */
export function metricsOf({ fanout, control }: HealthParts) {
  const { receivers } = control.station();
  const gauge = (name: string, help: string, value: number) => ({
    name,
    help,
    type: "gauge" as const,
    samples: [{ value }],
  });
  const memory = process.memoryUsage();
  const cpu = process.cpuUsage();
  return [
    gauge("loa_receivers", "Places for receivers.", receivers.total),
    gauge("loa_receivers_connected", "Receivers that are connected now.", receivers.connected),
    gauge("loa_receivers_sounding", "Receivers that say they sound now.", receivers.sounding),
    gauge("loa_on_air", "Soundings that are on air or held back.", control.onAir().length),
    gauge("process_resident_memory_bytes", "Resident memory.", memory.rss),
    {
      name: "process_cpu_seconds_total",
      help: "CPU time used.",
      type: "counter" as const,
      samples: [{ value: (cpu.user + cpu.system) / 1e6 }],
    },
    ...fanoutMetrics(fanout.metrics()),
  ];
}

function fanoutMetrics(counts: object) {
  return Object.entries(counts).flatMap(([name, value]) => {
    const samples =
      typeof value === "number"
        ? [{ value }]
        : Object.entries(value as object).flatMap(([reason, count]) =>
            typeof count === "number" ? [{ labels: { reason }, value: count }] : [],
          );
    const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return [{ name: `loa_fanout_${snake}`, help: `Fan-out: ${name}.`, type: "counter" as const, samples }];
  });
}
