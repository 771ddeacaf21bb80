/**
 * What `--out` may name, and the command lines of the players that come with Linux.
 *
 * @module
 */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import type { Clock } from "../../base/clock.js";
import { Fault, unreachable } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import { createPlayerSink } from "./player-sink.js";
import { createNullSink, type Sink } from "./sink.js";
import { createWavSink } from "./wav-sink.js";

/** Where the sound goes. */
export type Out =
  | { readonly kind: "auto" | "pulse" | "null" }
  | { readonly kind: "alsa"; readonly device: string }
  | { readonly kind: "wav"; readonly file: string }
  | { readonly kind: "command"; readonly command: readonly [string, ...string[]] }
  /** Somebody brought it along. */
  | { readonly kind: "own"; readonly sink: Sink };

/**
 * Reads `auto|alsa[:dev]|pulse|command:CMD|wav:FILE|null`. A command is split at blanks; no shell reads it.
 *
 * @throws Fault "invalid", which names what is allowed
 */
export function parseOut(text: string | Sink): Out {
  if (typeof text !== "string") return { kind: "own", sink: text };
  const colon = text.indexOf(":");
  const kind = colon < 0 ? text : text.slice(0, colon);
  const rest = colon < 0 ? "" : text.slice(colon + 1);
  if ((kind === "auto" || kind === "pulse" || kind === "null") && colon < 0) return { kind };
  if (kind === "alsa") return { kind, device: rest === "" ? "default" : rest };
  if (kind === "wav" && rest !== "") return { kind, file: rest };
  const [file, ...argv] = rest.split(" ").filter((word) => word !== "");
  if (kind === "command" && file !== undefined) return { kind, command: [file, ...argv] };
  throw new Fault(
    "invalid",
    {
      vi: `--out ${text}: không hiểu; hãy dùng auto, alsa, alsa:THIẾT-BỊ, pulse, command:LỆNH, wav:TỆP hoặc null`,
      en: `--out ${text} is not known; use auto, alsa, alsa:DEVICE, pulse, command:CMD, wav:FILE or null`,
    },
    { reason: "out" },
  );
}

const aplay = (device: string): [string, ...string[]] => [
  "aplay",
  ...["-q", "-t", "raw", "-f", "S16_LE", "-r", "48000", "-c", "1"],
  ...["--buffer-time=120000", "--period-time=20000", "-D", device, "-"],
];
const PACAT: readonly [string, ...string[]] = [
  "pacat",
  ...["--playback", "--raw", "--format=s16le", "--rate=48000", "--channels=1", "--latency-msec=100"],
];
const PW_CAT: readonly [string, ...string[]] = [
  "pw-cat",
  ...["-p", "--raw", "--format", "s16", "--rate", "48000", "--channels", "1", "--latency", "100ms", "-"],
];

export interface SinkOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  /** The search path for programs. */
  readonly path: string;
}

/** Opens an output. @throws Fault "unavailable" when the program for it is not installed */
export function openSink(out: Out, { path, ...rest }: SinkOptions): Sink {
  const found = (name: string) => path.split(delimiter).some((folder) => isProgram(join(folder, name)));
  const player = (command: readonly [string, ...string[]]) => {
    rest.log.info("relay.output", { command: command.join(" ") });
    return createPlayerSink({ ...rest, command });
  };
  switch (out.kind) {
    case "null":
      return createNullSink();
    case "own":
      return out.sink;
    case "wav":
      return createWavSink(out.file, rest.log);
    case "command":
      return player(out.command);
    case "alsa":
      return player(require(aplay(out.device), found));
    case "pulse":
      return player(require(found("pacat") ? PACAT : PW_CAT, found));
    case "auto": {
      const choice = [PACAT, PW_CAT, aplay("default")].find(([name]) => found(name));
      return player(require(choice ?? aplay("default"), found));
    }
    default:
      return unreachable(out);
  }
}

function require(command: readonly [string, ...string[]], found: (name: string) => boolean) {
  if (found(command[0])) return command;
  throw new Fault(
    "unavailable",
    {
      vi: `không có chương trình phát ${command[0]} trên máy này; hãy cài nó hoặc chọn đầu ra khác bằng --out`,
      en: `the player ${command[0]} is not on this machine; install it or choose another output with --out`,
    },
    { reason: "player" },
  );
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    // Not there, or not to be run: both mean no.
    return false;
  }
}
