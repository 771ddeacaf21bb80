/**
 * What a person at the console reads of the program's own log: a sentence for each warning and each fault, and nothing of the
 * rest, which stands as JSON in the log's file.
 *
 * @module
 */
import type { Level, WriteLine } from "../base/log.js";
import { type Epoch, minutes } from "../base/units.js";
import type { ProgramLog } from "../server/program-log.js";
import { CONSOLE_WORDS } from "./console-words.js";

export interface ConsoleParts {
  /** Without one the console gets every line as it is: there is no other place for them. */
  readonly file: Pick<ProgramLog, "write"> | undefined;
  /** How the file is called in the settings. */
  readonly name: string;
  /** IANA zone in which times are told. */
  readonly zone: string;
  readonly now: () => Epoch;
  /** The error output, with line ends. */
  readonly error: (text: string) => void;
}

/** The same again says nothing new to whoever watches; every one of them stands in the file. */
const AGAIN_AFTER = minutes(5);

const TOLD: Readonly<Partial<Record<Level, string>>> = { warn: "Lưu ý", error: "LỖI" };

/** Where the lines of a log that somebody watches go. */
export function consoleOf({ file, name, zone, now, error }: ConsoleParts): WriteLine {
  if (file === undefined) return (line) => error(`${line}\n`);
  const time = new Intl.DateTimeFormat("vi-VN", { timeZone: zone, timeStyle: "medium", hourCycle: "h23" });
  /** When each event was said last, civil milliseconds. */
  const said = new Map<string, number>();
  return (line, level, event) => {
    file.write(line);
    const told = TOLD[level];
    if (told === undefined || Math.abs(now() - (said.get(event) ?? 0)) < AGAIN_AFTER) return;
    said.set(event, now());
    const words = CONSOLE_WORDS[event];
    const what = words === undefined ? event : `${words} (${event})`;
    error(`${time.format(now())}  ${told}: ${what}. Chi tiết trong ${name}\n`);
  };
}
