/**
 * `loa relay`: a loudspeaker.
 *
 * @module
 */
import { mkdirSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { backoff } from "../../base/backoff.js";
import { Fault, reasonOf } from "../../base/errors.js";
import { createLog } from "../../base/log.js";
import { systemWords } from "../../base/system-words.js";
import { type Ms, seconds } from "../../base/units.js";
import { reasonOrCode } from "../../domain/reason-words.js";
import {
  createLogFile,
  type Relay,
  type RelayOptions,
  runRelay,
  slotOf,
  startWatchdog,
  watchdogPeriod,
} from "../../relay/index.js";
import { VERSION } from "../../server/version.js";
import { type Command, exactly, type Given, type Io, misuse, textOf, textsOf } from "../command.js";
import { ended } from "../ended.js";

/** Where everything is kept unless said otherwise: what the shipped systemd unit gives the program. */
export const STATE = "loa-relay";

export const relay: Command = {
  usage: [
    "relay --server URL [--server URL2] [--pair MÃ] [--out auto|alsa[:dev]|pulse|command:LỆNH|wav:TỆP|null] [--state THƯ-MỤC] [--authority TỆP]",
  ],
  flags: [
    [
      "--server",
      {
        vi: "địa chỉ máy chủ, ví dụ https://loa.example.vn; ghi thêm một địa chỉ nữa của chính đài đó để dự phòng",
        en: "address of the server; a second address of the same station for when the first does not answer",
      },
    ],
    ["--pair", { vi: "mã ghép; chỉ cần lần đầu", en: "pairing code; needed the first time only" }],
    ["--out", { vi: "nơi phát ra, thường là auto", en: "where to sound, auto as a rule" }],
    ["--state", { vi: "thư mục lưu giữ, riêng cho mỗi loa", en: "folder for what is kept, one for each loudspeaker" }],
    [
      "--authority",
      {
        vi: "chứng chỉ nơi cấp của đài (PEM), khi đài tự cấp chứng chỉ",
        en: "the station's own certificate authority, PEM",
      },
    ],
    [
      "--button",
      {
        vi: "lệnh in một dòng mỗi lần bấm nút dừng, ví dụ gpiomon",
        en: "command that prints a line for each press of the stop button",
      },
    ],
    ["--mute-button", { vi: "lệnh như trên cho nút tắt tiếng", en: "the same for the mute button" }],
    ["--monitor", { vi: "lệnh in mức âm thật ở ngõ ra (dB)", en: "command that prints the level really heard, dB" }],
    [
      "--signal-command",
      {
        vi: "lệnh in độ mạnh sóng 4G (dBm), ví dụ mmcli -m any --signal-get",
        en: "command that prints the radio signal, dBm, such as mmcli -m any --signal-get",
      },
    ],
    ["--name", { vi: "tên thiết bị, thường là tên máy", en: "name of the device, the host's as a rule" }],
  ],
  options: {
    server: { type: "string", multiple: true },
    pair: { type: "string" },
    out: { type: "string" },
    state: { type: "string" },
    name: { type: "string" },
    button: { type: "string" },
    "mute-button": { type: "string" },
    monitor: { type: "string" },
    "signal-command": { type: "string" },
    authority: { type: "string" },
  },
  async run(given, io) {
    exactly(given, []);
    const server = textsOf(given, "server");
    if (server.length === 0) throw misuse({ vi: "Còn thiếu --server URL.", en: "--server URL is missing." });
    const { clock, random, env, signal } = io;
    const state = resolve(io.cwd, textOf(given, "state") ?? env.STATE_DIRECTORY ?? STATE);
    makeFolder(state);
    const keep = createLogFile(join(state, "relay.log"));
    const log = createLog(clock, (line) => {
      io.error(`${line}\n`);
      keep(line);
    });
    // From the first moment: waiting for a station is no hanging.
    const period = watchdogPeriod(env);
    const stopWatchdog = period === undefined ? () => {} : startWatchdog({ clock, log, period });
    try {
      const running = await start(io, {
        ...{ server, clock, random, path: env.PATH, software: `loa-phuong/${VERSION}`, version: VERSION },
        slot: slotOf(env),
        // A supervisor whose setting for it is empty says `--pair ""`.
        pair: textOf(given, "pair") || undefined,
        name: textOf(given, "name") ?? hostname(),
        out: textOf(given, "out") ?? "auto",
        button: textOf(given, "button") ?? (env.LOA_BUTTON || undefined),
        muteButton: textOf(given, "mute-button") ?? (env.LOA_MUTE_BUTTON || undefined),
        monitor: textOf(given, "monitor") ?? (env.LOA_MONITOR || undefined),
        signalCommand: textOf(given, "signal-command") ?? (env.LOA_SIGNAL_COMMAND || undefined),
        state,
        authority: readAuthority(given, io),
        onUnconfirmed: ({ receiver, words }) => io.out(unconfirmedText(receiver, words)),
        onTold: ({ vi }) => io.out(`${vi}\n`),
        onRefused: (why) => io.out(refusedText(why)),
        log,
      });
      if (typeof running === "number") return running;
      io.out(`Loa ${running.receiver} đang chạy. Nhấn Ctrl+C để dừng.\n`);
      void ended(signal).then(() => running.close());
      return await running.done;
    } finally {
      stopWatchdog();
    }
  },
};

function makeFolder(state: string): void {
  try {
    mkdirSync(state, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const why = systemWords(cause);
    throw new Fault(
      "unavailable",
      {
        vi: `Không tạo được thư mục lưu giữ ${state}: ${why.vi}. Hãy chọn thư mục khác bằng --state.`,
        en: `The state folder ${state} cannot be made: ${why.en}. Choose another with --state.`,
      },
      { reason: "disk", cause },
    );
  }
}

function readAuthority(given: Given, { cwd }: Io): string | undefined {
  const file = textOf(given, "authority");
  if (file === undefined) return undefined;
  try {
    return readFileSync(resolve(cwd, file), "utf8");
  } catch {
    throw misuse({ vi: `Không đọc được --authority ${file}.`, en: `--authority ${file} cannot be read.` });
  }
}

const refusedText = (why: string): string =>
  `Đài báo không nhận loa này: ${reasonOrCode("door", why).vi}. Loa vẫn phát chương trình đã lưu và thỉnh thoảng hỏi lại.\n` +
  "Nếu loa này phải dùng tiếp, hãy xin mã ghép mới; nếu không, hãy tháo nó.\n";

const unconfirmedText = (receiver: string, words: readonly string[]): string =>
  `Loa ${receiver} đang chờ đài xác nhận. Sáu từ của loa này:\n\n    ${words.join(" · ")}\n\n` +
  "Hãy so với sáu từ trên trang quản lý hoặc lệnh «loa device» ở đài. Giống hết thì bấm xác nhận; khác một từ thì đừng\n" +
  "xác nhận, hãy tạo mã mới và ghép lại. Loa tự hỏi lại cho đến khi được xác nhận.\n";

/** Reasons why a first pairing has to wait for the network or the station. */
const PASSING: readonly (string | undefined)[] = ["unreached", "busy", "untrusted-server"];
const RETRY = { base: seconds(2), cap: seconds(60) };

/**
 * Starts the loudspeaker; what is wrong with the options is wrong use, and a supervisor need not try on unpaired. Without a
 * network the first pairing is tried again and again, and each reason is told once.
 */
async function start(io: Io, options: RelayOptions): Promise<Relay | 0 | 77> {
  let told = "";
  for (let tries = 0; !io.signal.aborted; tries++) {
    try {
      return await runRelay(options);
    } catch (thrown) {
      if (!(thrown instanceof Fault)) throw thrown;
      if (thrown.code === "invalid") throw misuse(thrown.words);
      const { vi, en } = thrown.words;
      if (thrown.code === "forbidden") io.error(`${vi}\n${en}\n`);
      if (thrown.code === "forbidden") return 77;
      if (!PASSING.includes(thrown.reason)) throw thrown;
      if (told !== vi) io.error(`${vi} Loa tự thử lại.\n${en} It is tried again.\n`);
      if (told !== vi) options.log.warn("relay.not-paired-yet", { reason: thrown.reason, why: reasonOf(thrown.cause) });
      told = vi;
      await pause(io, backoff(tries, { ...RETRY, random: io.random }));
    }
  }
  return 0;
}

/** Waits, unless the program is to end. */
function pause({ clock, signal }: Io, length: Ms): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      cancel();
      signal.removeEventListener("abort", done);
      resolve();
    };
    const cancel = clock.after(length, done);
    signal.addEventListener("abort", done);
  });
}
