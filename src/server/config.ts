/**
 * A station as its files describe it. People write these files; the program only reads them, and refuses all that is wrong
 * at once, before anything is opened.
 *
 * @module
 */
import { join, resolve } from "node:path";
import { z } from "zod";
import { systemClock } from "../base/clock.js";
import type { Words } from "../base/errors.js";
import { type AlertLevel, alertLevelSchema } from "../domain/alert-level.js";
import { type AreaTree, areaSchema } from "../domain/area.js";
import { type Holiday, holidaySchema } from "../domain/holiday.js";
import { type LexiconEntry, lexiconFileSchema } from "../domain/lexicon.js";
import { type Playlist, playlistSchema } from "../domain/playlist.js";
import { type Policy, policySchema } from "../domain/policy.js";
import type { Template } from "../domain/template.js";
import {
  checkAreas,
  checkFirstStart,
  checkHolidays,
  checkLevels,
  checkPolicies,
  checkReadings,
  checkVirtualAreas,
} from "./config/cross-checks.js";
import { type FirstStart, firstStartSchema } from "./config/first-start.js";
import { ConfigProblem } from "./config/problem.js";
import { type Findings, parseText, type ReadFile, readStationFile } from "./config/read-file.js";
import type { Settings } from "./config/settings.js";
import { readSettings, type Surroundings } from "./config/station-json.js";
import { readTemplates } from "./config/templates.js";
import { readTls, type StationTls } from "./config/tls.js";

export type { FirstStart } from "./config/first-start.js";
export type { Flags } from "./config/overrides.js";
export { ConfigProblem, type Finding, lineOf } from "./config/problem.js";
export { type Settings, settingsSchema, type VirtualReceiver } from "./config/settings.js";
export type { Surroundings } from "./config/station-json.js";
export type { StationTls } from "./config/tls.js";

/** Where the parts of a station lie; absolute. */
export interface StationPaths {
  readonly config: string;
  readonly state: string;
  readonly log: string;
  readonly token: string;
  /** Private order keys: for the signer program alone. */
  readonly keys: string;
  /** Programs for loudspeakers that go out, or did. */
  readonly packages: string;
  readonly playlists: string;
  readonly library: string;
  readonly clips: string;
  readonly cache: string;
  readonly out: string;
}

export interface Station {
  /** Absolute. */
  readonly folder: string;
  readonly paths: StationPaths;
  readonly settings: Settings;
  readonly areas: AreaTree;
  readonly policies: readonly Policy[];
  readonly holidays: readonly Holiday[];
  readonly levels: readonly AlertLevel[];
  /** The readings of `lexicon.json`; they win over those that the program comes with. */
  readonly lexicon: readonly LexiconEntry[];
  readonly templates: readonly Template[];
  readonly firstStart: FirstStart | undefined;
  readonly tls: StationTls;
  /** What is allowed but should be known, such as being reachable from outside. */
  readonly warnings: readonly Words[];
}

/** Which folder is meant: the one named on the command line, else `LOA_STATION`, else the working directory. */
export const stationFolder = (named: string | undefined, env: Surroundings["env"]): string =>
  resolve(named ?? (env.LOA_STATION || "."));

/** @throws ConfigProblem listing everything that is wrong, for exit code 78 */
export function loadStation(folder: string, surroundings: Surroundings): Station {
  const findings: Findings = [];
  const root = resolve(folder);
  const settings = readSettings(root, surroundings, findings);
  // Without it this is no station, and complaints about other missing files would only hide that.
  if (settings === undefined) throw new ConfigProblem(findings);

  const read = <T>(name: string, schema: z.core.$ZodType<T>): ReadFile<T> | undefined =>
    readStationFile(root, `config/${name}`, { schema, findings });
  const known = findings.length;
  const areas = read("areas.json", z.array(areaSchema).min(1).max(20_000));
  if (areas === undefined && findings.length === known) findings.push({ file: "config/areas.json", words: NO_AREAS });
  const policies = read("policy.json", z.array(policySchema).max(5000));
  const holidays = read("holidays.json", z.array(holidaySchema).max(2000));
  const levels = read("levels.json", z.array(alertLevelSchema).max(20));
  const lexicon = read("lexicon.json", lexiconFileSchema);
  const templates = readTemplates(root, findings);
  const firstStart = read("first-start.json", firstStartSchema);
  const tls = readTls(root, settings, findings, systemClock.date());

  const tree = areas && checkAreas(areas);
  if (tree) {
    findings.push(...tree.findings, ...checkVirtualAreas(settings, tree.tree));
    if (policies) findings.push(...checkPolicies(policies, tree.tree));
    if (firstStart) findings.push(...checkFirstStart(firstStart, tree.tree, levels?.value ?? []));
  }
  if (holidays) findings.push(...checkHolidays(holidays));
  if (levels) findings.push(...checkLevels(levels));
  if (lexicon) findings.push(...checkReadings(lexicon));
  if (findings.length > 0 || tree === undefined) throw new ConfigProblem(findings);

  return {
    folder: root,
    paths: pathsOf(root),
    settings: settings.value,
    areas: tree.tree,
    policies: policies?.value ?? [],
    holidays: holidays?.value ?? [],
    levels: levels?.value ?? [],
    lexicon: lexicon?.value.entries ?? [],
    templates,
    firstStart: firstStart?.value,
    tls,
    warnings: [...settings.warnings, ...tls.warnings],
  };
}

/** Where the parts of the station in `folder` lie. */
export const pathsOf = (folder: string): StationPaths => ({
  config: join(folder, "config"),
  state: join(folder, "config", "state"),
  log: join(folder, "config", "log.db"),
  token: join(folder, "config", "token"),
  keys: join(folder, "config", "keys"),
  packages: join(folder, "audio", "packages"),
  playlists: join(folder, "playlists"),
  library: join(folder, "audio", "library"),
  clips: join(folder, "audio", "clips"),
  cache: join(folder, "audio", "cache"),
  out: join(folder, "audio", "out"),
});

/** Reads the text of a playlist file; `name` is what messages call it. @throws ConfigProblem */
export const parsePlaylist = (text: string, name: string): Playlist => parseText(text, name, playlistSchema);

const NO_AREAS: Words = {
  vi: "không có tệp này; đài cần ít nhất một địa bàn",
  en: "is missing; a station needs at least one area",
};
