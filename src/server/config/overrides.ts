/**
 * What the environment and the command line change in `station.json`: defaults < file < `LOA_*` < flags.
 *
 * @module
 */
import type { Words } from "../../base/errors.js";
import { nearest } from "../../base/nearest.js";
import type { Path } from "./json.js";

/** Flags of `loa serve` that settle a field; each wins over its variable. */
export interface Flags {
  readonly host?: string | undefined;
  readonly port?: string | number | undefined;
  readonly zone?: string | undefined;
  readonly logLevel?: string | undefined;
}

/** One field that did not come from the file. */
export interface Override {
  /** What the person wrote, such as `LOA_PORT` or `--port`: errors name it. */
  readonly source: string;
  readonly path: Path;
  readonly value: unknown;
}

interface Door {
  readonly variable: string;
  readonly flag?: keyof Flags;
  readonly flagName?: string;
  readonly path: Path;
  readonly isNumber?: boolean;
}

const DOORS: readonly Door[] = [
  { variable: "LOA_HOST", flag: "host", flagName: "--host", path: ["listen", "host"] },
  { variable: "LOA_PORT", flag: "port", flagName: "--port", path: ["listen", "port"], isNumber: true },
  { variable: "LOA_ZONE", flag: "zone", flagName: "--zone", path: ["zone"] },
  { variable: "LOA_LOG_LEVEL", flag: "logLevel", flagName: "--log-level", path: ["log", "level"] },
  { variable: "LOA_BITRATE", path: ["audio", "bitrate"], isNumber: true },
  { variable: "LOA_FFMPEG", path: ["audio", "ffmpeg"] },
];

/** Variables that are read elsewhere: where the station lies, and the consent to be reachable from outside. */
const OTHERS = ["LOA_STATION", "LOA_ALLOW_REMOTE"];

type Environment = Readonly<Record<string, string | undefined>>;

/** The fields that environment and flags settle. An empty variable counts as unset. */
export function overridesOf(env: Environment, flags: Flags): Override[] {
  return DOORS.flatMap(({ variable, flag, flagName = "", path, isNumber = false }): Override[] => {
    const given = flag === undefined ? undefined : flags[flag];
    const [source, text] = given === undefined ? [variable, env[variable]] : [flagName, String(given)];
    if (text === undefined || text === "") return [];
    return [{ source, path, value: isNumber && /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text }];
  });
}

/** A sentence for each `LOA_*` variable that nothing reads. The environment belongs to others too, so they are not refused. */
export function strangeVariables(env: Environment): Words[] {
  const known = [...DOORS.map(({ variable }) => variable), ...OTHERS];
  return Object.keys(env)
    .filter((name) => name.startsWith("LOA_") && !known.includes(name))
    .map((name) => {
      const meant = nearest(name, known);
      return {
        vi: `Biến môi trường ${name} không có tác dụng.${meant === undefined ? "" : ` Có phải ${meant}?`}`,
        en: `The environment variable ${name} has no effect.${meant === undefined ? "" : ` Did you mean ${meant}?`}`,
      };
    });
}

/** A copy of `value` with the overrides set. Groups that are missing are made. */
export function withOverrides(value: unknown, overrides: readonly Override[]): unknown {
  return overrides.reduce<unknown>((whole, { path, value: given }) => setAt(whole, path, given), value);
}

function setAt(value: unknown, [step, ...rest]: Path, given: unknown): unknown {
  if (step === undefined) return given;
  // Something else than a group stands here; the schema refuses it where it stands.
  if (value !== undefined && (typeof value !== "object" || value === null || Array.isArray(value))) return value;
  const group = value as Record<PropertyKey, unknown> | undefined;
  return { ...group, [step]: setAt(group?.[step], rest, given) };
}
