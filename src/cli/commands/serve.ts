/**
 * `loa serve`: a station's server, with the virtual loudspeakers that its settings name.
 *
 * @module
 */
import { resolve } from "node:path";
import { createLog, type Log } from "../../base/log.js";
import { MEGABYTE } from "../../base/units.js";
import { playlistId } from "../../domain/ids.js";
import { startWatchdog, watchdogPeriod } from "../../relay/index.js";
import { setUpPath } from "../../server/api/account-views.js";
import { type RunningServer, startServer } from "../../server/app.js";
import { ConfigProblem, loadStation, type Station, type Surroundings, stationFolder } from "../../server/config.js";
import { openProgramLog, type ProgramLog } from "../../server/program-log.js";
import { VERSION } from "../../server/version.js";
import { type Command, type Io, misuse, textOf } from "../command.js";
import { consoleOf } from "../console.js";
import { ended } from "../ended.js";
import { startNarrator } from "../narrator.js";
import { planTrialItem } from "../trial-item.js";
import { startVirtualReceivers } from "../virtual-receivers.js";

/** The heart beats once a second; a station without a beat for so long carries out nothing that is planned. */
const LONGEST_BEAT_MS = 20_000;

export const serve: Command = {
  usage: ["serve [ĐÀI] [--host ĐỊA-CHỈ] [--port CỔNG] [--zone MÚI-GIỜ] [--log-level MỨC]"],
  flags: [
    ["ĐÀI", { vi: "thư mục đài; LOA_STATION hoặc thư mục hiện tại khi bỏ trống", en: "the station's folder" }],
    ["--host", { vi: "địa chỉ lắng nghe, thường là 127.0.0.1", en: "address to listen on, 127.0.0.1 as a rule" }],
    ["--port", { vi: "cổng, thường là 8080; 0 là cổng trống bất kỳ", en: "port, 8080 as a rule; 0 is any free one" }],
    ["--zone", { vi: "múi giờ, thường là Asia/Ho_Chi_Minh", en: "time zone" }],
    ["--log-level", { vi: "debug, info, warn hoặc error", en: "debug, info, warn or error" }],
  ],
  options: {
    host: { type: "string" },
    port: { type: "string" },
    zone: { type: "string" },
    "log-level": { type: "string" },
  },
  async run(given, io) {
    const [named, extra] = given.positionals;
    if (extra !== undefined) throw misuse({ vi: `Thừa «${extra}».`, en: `"${extra}" is too much.` });
    const [host, port, zone] = ["host", "port", "zone"].map((flag) => textOf(given, flag));
    const flags = { host, port, zone, logLevel: textOf(given, "log-level") };
    const folder = stationFolder(named, io.env);
    // Whoever changed settings in the panel may have the station read them at once.
    while (await serveStation(load(folder, { env: io.env, flags }), io)) io.out("Khởi động lại với cài đặt mới…\n");
    return 0;
  },
};

/** @throws Fault for exit code 2 when a flag is wrong, for 78 when only the files are */
function load(folder: string, surroundings: Surroundings): Station {
  try {
    return loadStation(folder, surroundings);
  } catch (thrown) {
    const isFlag = thrown instanceof ConfigProblem && thrown.findings.some(({ file }) => file.startsWith("--"));
    throw isFlag ? misuse(thrown.words) : thrown;
  }
}

/** Serves until the program is asked to end, or the station to start anew. Resolves to whether it should. */
async function serveStation(station: Station, io: Io): Promise<boolean> {
  const { clock, random, signal, out } = io;
  const { settings } = station;
  const file = programLogOf(station, io);
  const write = consoleOf({
    file,
    name: settings.log.file,
    zone: settings.zone,
    now: () => clock.date(),
    error: io.error,
  });
  const log = createLog(clock, write, settings.log.level);
  // What virtual loudspeakers do is told in words; their own lines matter only when something is wrong.
  const quiet = createLog(clock, write, "warn");
  out(`Loa Phường ${VERSION}: ${settings.station.name} (${settings.zone}). Đang khởi động…\n`);
  for (const { vi } of station.warnings) out(`Lưu ý: ${vi}\n`);
  const anew = new AbortController();
  const server = await startServer(station, { clock, random, log, restart: () => anew.abort() });
  const { control, url, restored } = server;
  if (restored) out(`${restored.words.vi}\n`);
  const period = watchdogPeriod(io.env);
  const isWell = () => control.sinceBeat() < LONGEST_BEAT_MS;
  const stopWatchdog = period === undefined ? () => {} : startWatchdog({ clock, log, period, isWell });
  const stopTelling = startNarrator({ control, zone: settings.zone, now: () => clock.date(), out });
  try {
    out(entrance(server));
    const stopVirtual = await startVirtualReceivers({ station, url, control, clock, random, log: quiet });
    const cancelTrial = startTrial(station, server, io, log);
    try {
      for (const { name, id } of settings.virtual) out(`Loa ảo «${name}» ghi âm vào ${station.paths.out}/${id}.wav\n`);
      out("Đang chạy. Nhấn Ctrl+C để dừng.\n");
      await ended(AbortSignal.any([signal, anew.signal]));
      out("Đang dừng…\n");
    } finally {
      cancelTrial();
      await stopVirtual();
    }
  } finally {
    stopWatchdog();
    stopTelling();
    await server.stop();
    await file?.close();
  }
  return anew.signal.aborted && !signal.aborted;
}

/** Where to go: to make the first account, by a link that holds once and for a day, or to log in. */
function entrance({ accounts, url }: RunningServer): string {
  if (accounts.hasAccounts()) return `Đăng nhập ở: ${url}/\n`;
  return `Mở đường dẫn này để tạo tài khoản đầu tiên (dùng một lần, trong 24 giờ; đừng đưa cho người khác):\n  ${url}${setUpPath(accounts.newSetUpLink().secret)}\n`;
}

function programLogOf({ folder, settings: { log } }: Station, { clock, error }: Io): ProgramLog | undefined {
  if (log.file === "") return undefined;
  return openProgramLog({
    path: resolve(folder, log.file),
    mostBytes: log.fileMb * MEGABYTE,
    files: log.files,
    clock,
    elsewhere: (lines) => error(`${lines.join("\n")}\n`),
  });
}

/** Lets the virtual loudspeakers sound shortly after the start, when the settings ask for it. */
function startTrial({ settings }: Station, { control }: RunningServer, { clock, out }: Io, log: Log): () => void {
  if (!settings.trial || settings.virtual.length === 0) return () => {};
  const time = new Intl.DateTimeFormat("vi-VN", { timeZone: settings.zone, timeStyle: "medium", hourCycle: "h23" });
  return planTrialItem({
    playlist: playlistId(settings.trial.playlist),
    virtual: settings.virtual,
    zone: settings.zone,
    control,
    clock,
    now: () => clock.date(),
    log,
    onPlanned: (at, title) => out(`Lúc ${time.format(at)} (${settings.zone}) sẽ phát «${title}» ở các loa ảo.\n`),
  });
}
