/**
 * `loa doctor --bundle`: one file for whoever helps from far away. What goes in is named, one by one, so that neither a secret nor
 * anything about a person gets in with what somebody adds later.
 *
 * @module
 */
import { readdir, readFile, stat, statfs } from "node:fs/promises";
import { arch, cpus, freemem, loadavg, platform, release, totalmem, uptime } from "node:os";
import { join, resolve } from "node:path";
import { listBackups } from "../server/backup/automatic.js";
import { ConfigProblem } from "../server/config/problem.js";
import { loadStation, type Settings, type Station, type Surroundings } from "../server/config.js";
import { automaticBackup } from "../server/own-backups.js";
import { pendingMigrations } from "../server/store/pending-migrations.js";
import { VERSION } from "../server/version.js";
import { scrubbedLine } from "./bundle-scrub.js";
import type { Diagnosis } from "./doctor.js";

/** Lines of the log that a helper reads. */
const LINES = 300;
/** Of each file of the log only so much of the end is looked at, bytes. */
const TAIL = 2_000_000;

/** The bundle as data for JSON. Never throws: what cannot be read is said to be so. */
export async function makeBundle(
  folder: string,
  { diagnoses, surroundings, now }: { diagnoses: readonly Diagnosis[]; surroundings: Surroundings; now: number },
): Promise<object> {
  const station = await tried(async () => loadStation(folder, surroundings));
  const has = <T>(look: (station: Station) => Promise<T>) =>
    isStation(station) ? tried(() => look(station)) : Promise.resolve(undefined);
  return {
    format: 1,
    madeAt: new Date(now).toISOString(),
    program: { version: VERSION, node: process.versions.node, platform: platform(), release: release(), arch: arch() },
    machine: {
      ...{ processors: cpus().length, memoryBytes: totalmem(), freeMemoryBytes: freemem() },
      ...{ load: loadavg(), uptimeSeconds: Math.round(uptime()) },
    },
    found: diagnoses.map(({ part, state }) => ({ part, state })),
    configuration: isStation(station) ? settingsShown(station.settings) : station,
    areas: isStation(station) ? station.areas.size : undefined,
    disk: await tried(() => diskOf(folder)),
    state: await tried(() => stateFiles(folder)),
    sound: await tried(async () => ({
      clips: await folderSize(join(folder, "audio/clips")),
      library: await folderSize(join(folder, "audio/library")),
    })),
    migrations: await tried(() => pendingMigrations(folder)),
    backups: await has(async (one) => {
      const kept = await listBackups(automaticBackup(one, "by-hand").folder);
      return kept.map(({ occasion, madeAt, files, bytes }) => ({ occasion, madeAt, files, bytes }));
    }),
    log: await has(({ settings }) => lastLines(resolve(folder, settings.log.file), settings.log.files)),
  };
}

const isStation = (found: unknown): found is Station => typeof found === "object" && found !== null && "paths" in found;

/** What it found, or the code of why it could not be looked at. The places of wrong settings are told, their text is not. */
async function tried<T>(look: () => Promise<T>): Promise<T | { readonly failed: unknown }> {
  try {
    return await look();
  } catch (thrown) {
    if (thrown instanceof ConfigProblem)
      return { failed: thrown.findings.map(({ file, line, path }) => ({ file, line, path })) };
    const { code, reason, name } = thrown as { code?: unknown; reason?: unknown; name?: unknown };
    return { failed: [name, code, reason].filter((part) => typeof part === "string").join(" ") };
  }
}

/** The settings that are figures, switches and choices; of the others only whether they are there. */
function settingsShown(settings: Settings): object {
  const { zone, listen, audio, voices, language, limits, backup, notices, log, trust, virtual } = settings;
  return {
    zone,
    listen: {
      isLoopback: /^(?:127\.|localhost$|::1$)/.test(listen.host),
      port: listen.port,
      names: listen.names.length,
    },
    tls: { certificate: listen.tls !== undefined, authority: trust.authority !== undefined },
    audio: { bitrate: audio.bitrate, ownFfmpeg: audio.ffmpeg !== undefined },
    voices: voices.order,
    language: { thousand: language.thousand, zero: language.zero, region: language.region },
    limits,
    backup: { daily: backup.daily, at: backup.at, keep: backup.keep, isInside: !backup.folder.startsWith("/") },
    notices: {
      ...{ smtp: notices.smtp?.security, perHour: notices.perHour },
      recipients: notices.recipients.map(({ email, kinds }) => ({ by: email ? "email" : "webhook", kinds })),
    },
    log: { level: log.level, toFile: log.file !== "", fileMb: log.fileMb, files: log.files },
    virtual: virtual.length,
  };
}

async function diskOf(folder: string) {
  const { bavail, blocks, bsize, ffree } = await statfs(folder);
  return { freeBytes: bavail * bsize, bytes: blocks * bsize, freeFiles: ffree };
}

/** How much there is of each kind; never what. */
async function stateFiles(folder: string) {
  const names = (await readdir(join(folder, "config/state"))).filter((name) => /^[a-z-]+\.json$/.test(name));
  const files = names.map(async (name) => {
    const text = await readFile(join(folder, "config/state", name), "utf8");
    const version = /"version":(\d+)/.exec(text)?.[1];
    return { name, bytes: text.length, items: text.split("\n").length - 4, version: version && Number(version) };
  });
  const log = await stat(join(folder, "config/log.db")).catch(() => undefined);
  return { files: await Promise.all(files), logBytes: log?.size };
}

async function folderSize(path: string) {
  const names = await readdir(path).catch(() => []);
  const sizes = await Promise.all(names.map((name) => stat(join(path, name)).then(({ size }) => size)));
  return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

/** The last warnings and errors, without what they say about anybody. */
async function lastLines(path: string, files: number): Promise<readonly object[]> {
  const found: object[] = [];
  for (let number = 0; number < files && found.length < LINES; number++) {
    const text = await readFile(number === 0 ? path : `${path}.${number}`, "utf8").catch(() => "");
    const lines = text.slice(-TAIL).split("\n").map(scrubbedLine);
    found.unshift(...lines.filter((line) => line !== undefined).slice(-(LINES - found.length)));
  }
  return found;
}
