/**
 * The help of `loa`: Vietnamese first, English after it.
 *
 * @module
 */
import { type Command, EXIT_CODES } from "./command.js";
import { COMMANDS, type Entry } from "./commands.js";

/** All commands. */
export function overview(): string {
  const widest = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const lines = Object.entries(COMMANDS).map(
    ([name, { summary }]) => `  ${name.padEnd(widest)}  ${summary.vi} / ${summary.en}`,
  );
  return `Loa Phường: truyền thanh cơ sở / ward public-address broadcasting

Cách dùng / usage: loa LỆNH [...]

${lines.join("\n")}

loa help LỆNH nói rõ hơn về một lệnh / says more about a command.
loa version in phiên bản / prints the version.
Mã kết thúc / exit codes:
${EXIT_CODES.map(([code, { vi, en }]) => `  ${String(code).padEnd(widest)}  ${vi} / ${en}`).join("\n")}
`;
}

/** One command. */
export function helpOf(name: string, { summary }: Entry, { usage, flags = [] }: Command): string {
  const widest = Math.max(0, ...flags.map(([flag]) => flag.length));
  const lines = flags.map(([flag, words]) => `  ${flag.padEnd(widest)}  ${words.vi} / ${words.en}`);
  return `loa ${name}: ${summary.vi} / ${summary.en}

${usage.map((form) => `  loa ${form}`).join("\n")}
${lines.length > 0 ? `\n${lines.join("\n")}\n` : ""}`;
}
