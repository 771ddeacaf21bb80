/**
 * How the station is, for supervisors and for people: what keeps it from working, and figures for Prometheus.
 *
 * @module
 */
import { statfs } from "node:fs/promises";
import type { Words } from "../base/errors.js";
import type { Control } from "./control/control.js";
import type { Voices } from "./control/ports.js";
import type { ReceiverFigures } from "./control/receiver-figures.js";
import type { Fanout, FanoutMetrics } from "./fanout/index.js";
import { STATION_TROUBLES } from "./station-troubles.js";
import type { Upkeep } from "./upkeep.js";

/** Below this share of free space the disk is a concern; below the other nothing more can be kept (R6). */
const LOW_DISK = 0.1;
const FULL_DISK = 0.005;
/** The heart of the station beats once a second; after this long without a beat nothing that is planned is carried out. */
const SILENT_HEART_MS = 10_000;

export interface MetricsParts {
  readonly fanout: Pick<Fanout, "metrics">;
  readonly control: Pick<Control, "station" | "onAir" | "receiverFigures" | "alarmCounts">;
  readonly upkeep: Pick<Upkeep, "troubles" | "certificateEndsAt" | "lastBackupAt" | "notices">;
}
export interface ReadinessParts {
  readonly control: Pick<Control, "sinceBeat">;
  readonly pipeline: { describe(): { readonly problem?: Words | undefined } };
  readonly voices: Pick<Voices, "list">;
  readonly folder: string;
  readonly upkeep: Pick<Upkeep, "troubles">;
}

/** Ready means that what is planned will sound. A missing voice or converter weakens the station but does not stop it. */
export async function readinessOf({ control, pipeline, voices, folder, upkeep }: ReadinessParts) {
  const reasons: { readonly part: string; readonly words: Words }[] = [];
  const beats = control.sinceBeat() <= SILENT_HEART_MS;
  if (!beats) reasons.push({ part: "heartbeat", words: NO_BEAT });
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
  reasons.push(...upkeep.troubles().map(({ kind, words }) => ({ part: kind, words })));
  return { ready: beats && bavail / blocks > FULL_DISK, reasons };
}

const NO_BEAT: Words = {
  vi: "Máy chủ không còn theo dõi giờ phát. Loa vẫn phát chương trình đã lưu; hãy khởi động lại máy chủ.",
  en: "The server no longer watches the hour. Loudspeakers still play their stored programme; restart the server.",
};

/** Figures in the units that Prometheus asks for. */
export function metricsOf({ fanout, control, upkeep }: MetricsParts) {
  const { receivers } = control.station();
  const memory = process.memoryUsage();
  const cpu = process.cpuUsage();
  return [
    gauge("loa_receivers", "Places for receivers.", receivers.total),
    gauge("loa_receivers_connected", "Receivers that are connected now.", receivers.connected),
    gauge("loa_receivers_sounding", "Receivers that say they sound now.", receivers.sounding),
    gauge("loa_on_air", "Soundings that are on air or held back.", control.onAir().length),
    ...receiverMetrics(control.receiverFigures()),
    labelled("loa_alarms", "Open alarms, by trouble.", "trouble", control.alarmCounts()),
    ...upkeepMetrics(upkeep),
    gauge("process_resident_memory_bytes", "Resident memory.", memory.rss),
    counter("process_cpu_seconds_total", "CPU time used.", (cpu.user + cpu.system) / 1e6),
    ...fanoutMetrics(fanout.metrics()),
  ];
}

/** Totals end in `_total`, as Prometheus wants; what is so now and may fall again is a gauge. */
function fanoutMetrics({ pending, streams, sentBytes, writes, skipped, received, accepted, closed }: FanoutMetrics) {
  return [
    gauge("loa_fanout_pending", "Sockets that have not said hello yet.", pending),
    gauge("loa_fanout_streams", "Streams open now.", streams),
    counter("loa_fanout_sent_bytes_total", "Bytes of frames sent, before TLS.", sentBytes),
    counter("loa_fanout_writes_total", "Writes of frames.", writes),
    counter("loa_fanout_skipped_total", "Pieces of streams left out because a socket was behind.", skipped),
    counter("loa_fanout_received_total", "Messages received.", received),
    counter("loa_fanout_accepted_total", "Connections let in.", accepted),
    {
      ...counter("loa_fanout_closed_total", "Connections that ended, by reason.", 0),
      samples: Object.entries(closed).map(([reason, value]) => ({ labels: { reason }, value })),
    },
  ];
}

function upkeepMetrics({ troubles, certificateEndsAt, lastBackupAt, notices }: MetricsParts["upkeep"]) {
  const { waiting, sent, failed, dropped } = notices();
  const open = new Set(troubles().map(({ kind }) => kind));
  const counts = Object.fromEntries(STATION_TROUBLES.map((kind) => [kind, open.has(kind) ? 1 : 0]));
  return [
    labelled("loa_station_troubles", "Troubles of the station itself that are open, by kind.", "kind", counts),
    ...known(
      "loa_certificate_ends_seconds",
      "When the server's certificate ends, Unix time.",
      certificateEndsAt(),
      1e-3,
    ),
    gauge("loa_notices_waiting", "Notices that wait to be sent.", waiting),
    counter("loa_notices_sent_total", "Messages with notices that were taken.", sent),
    counter("loa_notices_failed_total", "Tries to send that failed; they are repeated.", failed),
    counter("loa_notices_dropped_total", "Notices given up because they were too many or too old.", dropped),
    ...known("loa_backup_last_seconds", "When the last good backup was made, Unix time.", lastBackupAt(), 1e-3),
  ];
}

/** Single receivers are in the API: ten thousand series each would be more than anybody looks at. */
function receiverMetrics(figures: ReceiverFigures) {
  const { states, underruns, lateChunks, sinks, receivedBytes, sentBytes, versions } = figures;
  return [
    labelled("loa_receivers_state", "Receivers, by how they are.", "state", states),
    gauge("loa_receivers_underruns", "Times that outputs ran dry, of those that are connected.", underruns),
    gauge(
      "loa_receivers_late_chunks",
      "Pieces of streams that came too late, of those that are connected.",
      lateChunks,
    ),
    ...known(
      "loa_receivers_clock_error_seconds_max",
      "Greatest clock error of a receiver.",
      figures.worstClockErrorUs,
      1e-6,
    ),
    ...known("loa_receivers_disk_free_bytes_min", "Least free disk of a receiver.", figures.leastDiskFreeBytes),
    ...known("loa_receivers_temperature_celsius_max", "Hottest receiver.", figures.highestTemperatureC),
    ...known("loa_receivers_signal_dbm_min", "Weakest signal of a receiver.", figures.weakestSignalDbm),
    ...known("loa_receivers_load_max", "Highest load of a receiver, for each core.", figures.highestLoad),
    ...known("loa_receivers_uptime_seconds_min", "Receiver that was started last.", figures.shortestUptimeS),
    ...known("loa_receivers_volume_ratio_min", "Lowest volume of a receiver, of 1.", figures.leastVolume, 1e-2),
    ...known(
      "loa_receivers_buffer_seconds_min",
      "Least sound held by a receiver that is fed.",
      figures.leastBufferMs,
      1e-3,
    ),
    labelled("loa_receivers_sink", "Outputs of receivers, by how they are.", "state", sinks),
    labelled("loa_receivers_version", "Receivers, by the version of their program.", "version", versions),
    gauge("loa_receivers_received_bytes", "Network data received by those that are connected.", receivedBytes),
    gauge("loa_receivers_sent_bytes", "Network data sent by those that are connected.", sentBytes),
  ];
}

const known = (name: string, help: string, value: number | undefined, scale = 1) =>
  value === undefined ? [] : [gauge(name, help, value * scale)];

const labelled = (name: string, help: string, label: string, values: Readonly<Record<string, number>>) => ({
  ...gauge(name, help, 0),
  samples: Object.entries(values).map(([key, value]) => ({ labels: { [label]: key }, value })),
});

const family = (type: "counter" | "gauge") => (name: string, help: string, value: number) => ({
  ...{ name, help, type },
  samples: [{ value }] as readonly { readonly labels?: Readonly<Record<string, string>>; readonly value: number }[],
});
const gauge = family("gauge");
const counter = family("counter");
