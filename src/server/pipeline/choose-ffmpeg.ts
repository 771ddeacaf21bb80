/**
 * Which ffmpeg does the work: the one that was configured, else the system's (which gets security fixes), else the one that came
 * with this program. Each must first make a real clip, in the strongest sandbox in which it can.
 *
 * @module
 */
import { chmod } from "node:fs/promises";
import { reasonOf } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import { findProgram, isExecutable, SANDBOXES, type Sandbox, writeLauncher } from "./launcher.js";

/** The program in use, for the panel and `loa doctor`. */
export interface Ffmpeg {
  readonly path: string;
  readonly version: string;
  readonly source: "configured" | "system" | "bundled";
  readonly sandbox: Sandbox;
  /** What to start instead of `path`. */
  readonly launcher: string;
}

export interface ChooseOptions {
  /** Where launchers are written. */
  readonly folder: string;
  /** The only one tried, when given. */
  readonly configured: string | undefined;
  /** `PATH`-like list for the system's ffmpeg and the sandbox programs. */
  readonly searchPath: string;
  /** Makes a clip with a launcher; returns the program's version, rejects when it cannot. */
  readonly tryOut: (launcher: string) => Promise<string>;
  readonly log: Log;
}

/** The first ffmpeg that works; `undefined` when none does. */
export async function chooseFfmpeg(options: ChooseOptions): Promise<Ffmpeg | undefined> {
  for (const { source, path } of await candidates(options)) {
    for (const sandbox of SANDBOXES) {
      const works = await tryOne(path, sandbox, options);
      if (works !== undefined) return { path, source, sandbox, ...works };
    }
  }
  return undefined;
}

async function tryOne(ffmpeg: string, sandbox: Sandbox, { folder, searchPath, tryOut, log }: ChooseOptions) {
  const launcher = await writeLauncher(sandbox, { ffmpeg, folder, searchPath });
  if (launcher === undefined) return undefined;
  try {
    return { launcher, version: await tryOut(launcher) };
  } catch (thrown) {
    log.warn("ffmpeg.failed-self-test", { ffmpeg, sandbox, reason: reasonOf(thrown) });
    return undefined;
  }
}

type Candidate = Pick<Ffmpeg, "path" | "source">;

async function candidates({ configured, searchPath, log }: ChooseOptions): Promise<Candidate[]> {
  const found: Candidate[] = [];
  if (configured !== undefined) return [{ source: "configured", path: configured }];
  const system = await findProgram("ffmpeg", searchPath);
  if (system !== undefined) found.push({ source: "system", path: system });
  const bundled = await bundledPath(log);
  if (bundled !== undefined) found.push({ source: "bundled", path: bundled });
  return found;
}

/** The package throws a bare text on machines it has no program for. */
async function bundledPath(log: Log): Promise<string | undefined> {
  try {
    const { path } = (await import("@ffmpeg-installer/ffmpeg")).default;
    // Some unpackers drop the executable bit, and no install script has the chance to put it back.
    if (!(await isExecutable(path))) await chmod(path, 0o755);
    return path;
  } catch (thrown) {
    log.warn("ffmpeg.not-bundled", { reason: reasonOf(thrown) });
    return undefined;
  }
}
