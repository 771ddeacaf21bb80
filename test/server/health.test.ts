import { expect } from "chai";
import { encodeMetrics } from "../../src/server/api/metrics.js";
import { createCounts } from "../../src/server/fanout/counts.js";
import { metricsOf } from "../../src/server/health.js";

describe("the station's figures", () => {
  const station = () => ({
    ...{ name: "Đài thử", zone: "Asia/Ho_Chi_Minh", version: "0", startedAt: "", now: "", singleOfficer: false },
    receivers: { total: 3, connected: 2, sounding: 1 },
  });
  const counts = { ...createCounts(), connected: 2, pending: 1, streams: 4, sentBytes: 5 };
  const states = { ok: 1, fault: 2, silenced: 0, disabled: 0, test: 0 };
  const receiverFigures = () => ({
    ...{ states, underruns: 3, lateChunks: 4, worstClockErrorUs: 2500, leastDiskFreeBytes: undefined },
    ...{ highestTemperatureC: 51.5, weakestSignalDbm: -101, highestLoad: 1.5, shortestUptimeS: 60, leastVolume: 40 },
    ...{ sinks: { ok: 1, restarting: 0, failed: 1 }, versions: { 'v"1': 2 }, receivedBytes: 7, sentBytes: 8 },
    leastBufferMs: 1_500,
  });
  const control = { station, onAir: () => [], receiverFigures, alarmCounts: () => ({ "link-lost": 2 }) };
  const upkeep = {
    troubles: () => [{ kind: "certificate-ending" as const, since: 0, words: { vi: "", en: "" } }],
    certificateEndsAt: () => 1_800_000_000_000,
    lastBackupAt: () => 1_700_000_000_000,
    notices: () => ({ waiting: 2, sent: 3, failed: 4, dropped: 5 }),
  };
  const text = () => encodeMetrics(metricsOf({ fanout: { metrics: () => counts }, control, upkeep }));
  const typeOf = (name: string) => new RegExp(`^# TYPE ${name} (\\w+)$`, "m").exec(text())?.[1];

  it("are gauges where they may fall, and counters with their ending where they only rise", () => {
    expect(typeOf("loa_receivers_connected")).to.equal("gauge");
    expect(typeOf("loa_fanout_pending")).to.equal("gauge");
    expect(typeOf("loa_fanout_streams")).to.equal("gauge");
    expect(typeOf("loa_fanout_sent_bytes_total")).to.equal("counter");
    for (const [, name] of text().matchAll(/^# TYPE (\S+) counter$/gm)) expect(name).to.match(/_total$/);
  });

  it("tell why connections ended", () => {
    counts.closed["too-slow"] = 7;
    expect(text()).to.contain('loa_fanout_closed_total{reason="too-slow"} 7\n').and.to.contain('{reason="lost"} 0\n');
  });

  it("tell how the loudspeakers are, and leave out what none of them has said", () => {
    expect(text()).to.contain('loa_receivers_state{state="fault"} 2\n');
    expect(text()).to.contain('loa_alarms{trouble="link-lost"} 2\n');
    expect(text()).to.contain("loa_receivers_clock_error_seconds_max 0.0025\n");
    expect(text()).to.not.contain("disk_free");
    expect(text()).to.contain('loa_receivers_sink{state="failed"} 1\n').and.to.contain("loa_receivers_load_max 1.5\n");
    expect(text()).to.contain("loa_receivers_volume_ratio_min 0.4\n").and.to.contain("_buffer_seconds_min 1.5\n");
    expect(text())
      .to.contain("loa_receivers_uptime_seconds_min 60\n")
      .and.to.contain("loa_receivers_received_bytes 7\n");
    expect(text()).to.contain('loa_receivers_version{version="v\\"1"} 2\n');
  });

  it("tell what is wrong with the station itself, and when its certificate ends", () => {
    expect(text()).to.contain('loa_station_troubles{kind="certificate-ending"} 1\n');
    expect(text()).to.contain('loa_station_troubles{kind="backup-failed"} 0\n');
    expect(text()).to.contain("loa_certificate_ends_seconds 1800000000\n");
    expect(text()).to.contain("loa_backup_last_seconds 1700000000\n");
    expect(text()).to.contain("loa_notices_dropped_total 5\n");
  });
});
