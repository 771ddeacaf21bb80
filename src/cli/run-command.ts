/**
 * Finds the command, tells its arguments apart, runs it, and turns what goes wrong into words and an exit code.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { Fault, type Words } from "../base/errors.js";
import { nearest } from "../base/nearest.js";
import { isSystemError, systemWords } from "../base/system-words.js";
import { type Command, type ExitCode, type Given, type Io, misuse } from "./command.js";
import { COMMANDS, type Entry } from "./commands.js";
import { helpOf, overview } from "./help.js";

/** @param argv what stands after `loa` */
export async function runCommand(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await dispatch(argv, io);
  } catch (thrown) {
    return explain(thrown, io);
  }
}

async function dispatch([name, ...rest]: readonly string[], io: Io): Promise<ExitCode> {
  if (name === undefined) {
    io.error(overview());
    return 2;
  }
  if (name === "version" || name === "--version") {
    const { VERSION } = await import("../server/version.js");
    io.out(`${VERSION}\n`);
    return 0;
  }
  if (name === "help" || name === "--help" || name === "-h") {
    const about = rest[0];
    io.out(about === undefined ? overview() : await helpFor(about));
    return 0;
  }
  const command = await entryOf(name).load();
  if (rest.includes("--help") || rest.includes("-h")) {
    io.out(await helpFor(name));
    return 0;
  }
  return command.run(given(name, command, rest), io);
}

const helpFor = async (name: string) => {
  const entry = entryOf(name);
  return helpOf(name, entry, await entry.load());
};

function entryOf(name: string): Entry {
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (entry !== undefined) return entry;
  const meant = nearest(name, [...Object.keys(COMMANDS), "help", "version"]);
  throw misuse({
    vi: `Không có lệnh «${name}».${meant ? ` Có phải loa ${meant}?` : ""} Hãy xem: loa help`,
    en: `There is no command "${name}".${meant ? ` Did you mean loa ${meant}?` : ""} See: loa help`,
  });
}

function given(name: string, { options = {} }: Command, argv: readonly string[]): Given {
  const args = [...argv];
  const { tokens } = parseArgs({ args, options, strict: false, allowPositionals: true, tokens: true });
  for (const token of tokens)
    if (token.kind === "option" && !Object.hasOwn(options, token.name)) {
      const meant = nearest(token.name, Object.keys(options));
      throw misuse({
        vi: `loa ${name} không có ${token.rawName}.${meant ? ` Có phải --${meant}?` : ""} Hãy xem: loa help ${name}`,
        en: `loa ${name} has no ${token.rawName}.${meant ? ` Did you mean --${meant}?` : ""} See: loa help ${name}`,
      });
    }
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Its flags are known by now, so one lacks its value, or has one that it does not take.
    throw misuse({
      vi: `Một cờ của loa ${name} thiếu giá trị hoặc có giá trị thừa. Hãy xem: loa help ${name}`,
      en: `A flag of loa ${name} lacks its value or has one it does not take: ${error.message}`,
    });
  }
}

function explain(thrown: unknown, io: Io): ExitCode {
  if (isSystemError(thrown)) {
    const { vi, en } = systemWords(thrown);
    const place = typeof thrown.path === "string" ? `${thrown.path}: ` : "";
    io.error(sentences({ vi: `${place}${vi}.`, en: `${place}${en}.` }));
    return 1;
  }
  if (!(thrown instanceof Fault)) {
    io.error(`Lỗi của chương trình / a fault of the program:\n${thrown instanceof Error ? thrown.stack : thrown}\n`);
    return 1;
  }
  io.error(sentences(thrown.words));
  if (thrown.reason === "usage") return 2;
  return thrown.reason === "config" ? 78 : 1;
}

const sentences = ({ vi, en }: Words) => `${vi}\n${en}\n`;
