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
  checkNoticeAreas,
  checkPolicies,
  checkReadings,
  checkVirtualAreas,
} from "./config/cross-checks.js";
import { type FirstStart, firstStartSchema } from "./config/first-start.js";
import { type NoticeSecrets, readNoticeSecrets } from "./config/notice-settings.js";
import { decided, PANEL_JSON, type PanelFile, policyKey, readPanelFile } from "./config/panel-file.js";
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
  /** The map under the drawing of loudspeakers. */
  readonly maps: string;
  /** Reports that were handed in. */
  readonly reports: string;
  readonly playlists: string;
  readonly library: string;
  readonly clips: string;
  /** What was said live. */
  readonly talks: string;
  readonly cache: string;
  readonly out: string;
}

export interface Station {
  /** Absolute. */
  readonly folder: string;
  readonly paths: StationPaths;
  readonly settings: Settings;
  /** What its files were read with, to try changes of them. */
  readonly surroundings: Surroundings;
  readonly areas: AreaTree;
  readonly policies: readonly Policy[];
  readonly holidays: readonly Holiday[];
  readonly levels: readonly AlertLevel[];
  /** The readings of `lexicon.json`; they win over those that the program comes with. */
  readonly lexicon: readonly LexiconEntry[];
  readonly templates: readonly Template[];
  readonly firstStart: FirstStart | undefined;
  readonly tls: StationTls;
  readonly noticeSecrets: NoticeSecrets;
  /** What is allowed but should be known, such as being reachable from outside. */
  readonly warnings: readonly Words[];
}

/** Which folder is meant: the one named on the command line, else `LOA_STATION`, else the working directory. */
export const stationFolder = (named: string | undefined, env: Surroundings["env"]): string =>
  resolve(named ?? (env.LOA_STATION || "."));

/**
 * @param tried in the place of what was decided in the panel until now, to see whether a station could start with it
 * @throws ConfigProblem listing everything that is wrong, for exit code 78
 */
export function loadStation(folder: string, surroundings: Surroundings, tried?: PanelFile): Station {
  const findings: Findings = [];
  const root = resolve(folder);
  const panel = tried ?? readPanelFile(root, findings);
  const settings = readSettings(root, surroundings, { findings, panel });
  // Without it this is no station, and complaints about other missing files would only hide that.
  if (settings === undefined) throw new ConfigProblem(findings);

  const read = <T>(name: string, schema: z.core.$ZodType<T>): ReadFile<T> | undefined =>
    readStationFile(root, `config/${name}`, { schema, findings });
  const { tree, policies } = readRules(root, { findings, panel });
  const holidays = read("holidays.json", z.array(holidaySchema).max(2000));
  const levels = read("levels.json", z.array(alertLevelSchema).max(20));
  const lexicon = read("lexicon.json", lexiconFileSchema);
  const templates = readTemplates(root, findings);
  const firstStart = read("first-start.json", firstStartSchema);
  const noticeSecrets = readNoticeSecrets(root, settings, { env: surroundings.env, findings });
  const tls = readTls(root, settings, findings, systemClock.date());

  if (tree) {
    findings.push(...checkVirtualAreas(settings, tree.tree), ...checkNoticeAreas(settings, tree.tree));
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
    surroundings,
    areas: tree.tree,
    policies: policies.value,
    holidays: holidays?.value ?? [],
    levels: levels?.value ?? [],
    lexicon: lexicon?.value.entries ?? [],
    templates,
    firstStart: firstStart?.value,
    tls,
    noticeSecrets,
    warnings: [...settings.warnings, ...tls.warnings],
  };
}

/** What a program must know of a station that signs for it and may read nothing that is secret. */
export type StationRules = Pick<Station, "settings" | "areas" | "policies">;

/** @throws ConfigProblem as {@link loadStation}, of these files alone */
export function loadRules(folder: string, surroundings: Surroundings): StationRules {
  const findings: Findings = [];
  const root = resolve(folder);
  const panel = readPanelFile(root, findings);
  const settings = readSettings(root, surroundings, { findings, panel });
  const { tree, policies } = readRules(root, { findings, panel });
  if (settings === undefined || tree === undefined || findings.length > 0) throw new ConfigProblem(findings);
  return { settings: settings.value, areas: tree.tree, policies: policies.value };
}

/** Reads areas and policies and what is wrong between them. */
function readRules(root: string, { findings, panel }: { readonly findings: Findings; readonly panel: PanelFile }) {
  const read = <T>(name: string, schema: z.core.$ZodType<T>): ReadFile<T> | undefined =>
    readStationFile(root, `config/${name}`, { schema, findings });
  const known = findings.length;
  const areasFile = read("areas.json", z.array(areaSchema).min(1).max(20_000));
  const areas = areasFile && { ...areasFile, value: decided(areasFile.value, panel.areas, ({ id }) => id) };
  if (areas === undefined && findings.length === known) findings.push({ file: "config/areas.json", words: NO_AREAS });
  const policyFile = read("policy.json", z.array(policySchema).max(5000)) ?? NO_FILE;
  const policies = { ...policyFile, value: decided(policyFile.value, panel.policies, policyKey) };
  const tree = areas && checkAreas(areas);
  if (tree) findings.push(...tree.findings, ...checkPolicies(policies, tree.tree));
  return { tree, policies };
}

/** Where the parts of the station in `folder` lie. */
export const pathsOf = (folder: string): StationPaths => ({
  config: join(folder, "config"),
  state: join(folder, "config", "state"),
  log: join(folder, "config", "log.db"),
  token: join(folder, "config", "token"),
  keys: join(folder, "config", "keys"),
  packages: join(folder, "audio", "packages"),
  maps: join(folder, "config", "maps"),
  reports: join(folder, "config", "reports"),
  playlists: join(folder, "playlists"),
  library: join(folder, "audio", "library"),
  clips: join(folder, "audio", "clips"),
  talks: join(folder, "audio", "talks"),
  cache: join(folder, "audio", "cache"),
  out: join(folder, "audio", "out"),
});

/** Reads the text of a playlist file; `name` is what messages call it. @throws ConfigProblem */
export const parsePlaylist = (text: string, name: string): Playlist => parseText(text, name, playlistSchema);

/** A station without a file of policies; what the panel decided is told under its own name. */
const NO_FILE: ReadFile<readonly Policy[]> = { value: [], finding: (_path, words) => ({ file: PANEL_JSON, words }) };

const NO_AREAS: Words = {
  vi: "không có tệp này; đài cần ít nhất một địa bàn",
  en: "is missing; a station needs at least one area",
};
