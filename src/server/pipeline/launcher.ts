/**
 * What stands between us and ffmpeg: a two-line script that sets limits, closes ffmpeg off from the machine where the
 * system offers that, and then becomes ffmpeg.
 *
 * fluent-ffmpeg starts exactly one program and knows no wrapper, so the wrapper has to be a program. The script holds only
 * fixed, quoted words; file names of uploads never come near it. It takes its working folder as the one place to write.
 *
 * @module
 */
import { constants } from "node:fs";
import { access, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";

/**
 * How ffmpeg is held: `bubblewrap` sees one folder, no network, no other process; `prlimit` has limits on memory, time and
 * files only; `none` has the time limit and the low priority that every run has.
 */
export type Sandbox = "bubblewrap" | "prlimit" | "none";

/** Strongest first. */
export const SANDBOXES: readonly Sandbox[] = ["bubblewrap", "prlimit", "none"];

/** Address space, bytes: ffmpeg needs 15 to 70 MB resident, its libraries map far more. */
const MOST_MEMORY = 1_500_000_000;
/** Processor seconds for one run; two hours of speech take about 40. */
const MOST_CPU_SECONDS = 600;
/** Largest file it may write, bytes: two hours of 16-bit PCM are 691 MB. */
const MOST_FILE = 800_000_000;
const MOST_OPEN_FILES = 64;

/** Folders with a system ffmpeg's libraries. */
const SYSTEM_FOLDERS = ["/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/alternatives"];

/** Where to look, and where to write the script. */
export interface LauncherOptions {
  readonly ffmpeg: string;
  readonly folder: string;
  /** `PATH`-like list in which the sandbox programs are looked for. */
  readonly searchPath: string;
}

/** Writes the launcher and returns its path; `undefined` when this machine lacks the programs for that kind. */
export async function writeLauncher(sandbox: Sandbox, options: LauncherOptions): Promise<string | undefined> {
  const words = await wordsOf(sandbox, options);
  if (words === undefined) return undefined;
  const file = join(options.folder, `ffmpeg-${sandbox}`);
  await writeFile(file, `#!/bin/sh\nexec ${words.join(" ")} "$@"\n`, { mode: 0o700 });
  return file;
}

/** The first executable file called `name` in a `PATH`-like list. */
export async function findProgram(name: string, searchPath: string): Promise<string | undefined> {
  for (const folder of searchPath.split(delimiter)) {
    if (folder !== "" && (await isExecutable(join(folder, name)))) return join(folder, name);
  }
  return undefined;
}

/** Whether this process may start the file. */
export const isExecutable = (file: string): Promise<boolean> =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  );

/** The command before ffmpeg's own arguments, each word ready for the script. */
async function wordsOf(sandbox: Sandbox, { ffmpeg, searchPath }: LauncherOptions): Promise<string[] | undefined> {
  if (sandbox === "none") return [quoted(ffmpeg)];
  const prlimit = await findProgram("prlimit", searchPath);
  if (prlimit === undefined) return undefined;
  const limits = [
    quoted(prlimit),
    `--as=${MOST_MEMORY}`,
    `--cpu=${MOST_CPU_SECONDS}`,
    `--fsize=${MOST_FILE}`,
    `--nofile=${MOST_OPEN_FILES}`,
    "--core=0",
  ];
  if (sandbox === "prlimit") return [...limits, quoted(ffmpeg)];
  const bwrap = await findProgram("bwrap", searchPath);
  if (bwrap === undefined) return undefined;
  return [...limits, quoted(bwrap), ...bubble(ffmpeg), quoted(ffmpeg)];
}

/** The working folder is bound under its own name, so that ffmpeg's relative names mean the same inside. */
const bubble = (ffmpeg: string): string[] => [
  "--unshare-all",
  "--die-with-parent",
  "--new-session",
  "--clearenv",
  ...SYSTEM_FOLDERS.flatMap((folder) => ["--ro-bind-try", folder, folder]),
  ...["--ro-bind", quoted(ffmpeg), quoted(ffmpeg)],
  ...["--dev", "/dev"],
  ...["--bind", '"$PWD"', '"$PWD"', "--chdir", '"$PWD"', "--"],
];

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;
