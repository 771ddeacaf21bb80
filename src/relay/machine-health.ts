/**
 * Asks the machine how it is: a few small reads of procfs and sysfs, now and then. What it does not tell is left out.
 *
 * @module
 */
import { readdirSync, readFileSync, statfsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Clock } from "../base/clock.js";
import type { DeviceHealth } from "../protocol/device-health.js";
import {
  createTrafficCount,
  parseLoad,
  parseSignal,
  parseTemperature,
  parseTraffic,
  parseUptime,
} from "./machine-figures.js";

/** The machine is asked anew after this, ms. */
const LOOK_AGAIN = 15_000;

export interface MachineHealthOptions {
  readonly clock: Clock;
  /** Where clips and journal are. */
  readonly folder: string;
  readonly version: string;
  /** What a program tells of the radio signal, dBm. */
  readonly signalDbm?: () => number | undefined;
  /** Where the machine's own folders begin; for tests. */
  readonly root?: string;
}

/** Returns what says how the machine is; cheap enough to be asked for every state. */
export function createMachineHealth(options: MachineHealthOptions): () => DeviceHealth {
  const { clock, folder, version, signalDbm = () => undefined, root = "/" } = options;
  const count = createTrafficCount();
  let lookedAt = Number.NEGATIVE_INFINITY;
  let health: DeviceHealth = {};

  const look = (): DeviceHealth => {
    const thermal = join(root, "sys/class/thermal");
    const zones = namesIn(thermal).filter((name) => name.startsWith("thermal_zone"));
    const traffic = parseTraffic(textOf(join(root, "proc/net/dev")));
    const used = traffic && count(traffic);
    return known({
      ...diskOf(folder),
      temperatureC: parseTemperature(zones.map((zone) => textOf(join(thermal, zone, "temp")))),
      load: parseLoad(textOf(join(root, "proc/loadavg")), availableParallelism()),
      signalDbm: signalDbm() ?? parseSignal(textOf(join(root, "proc/net/wireless"))),
      receivedBytes: used?.received,
      sentBytes: used?.sent,
      uptimeS: parseUptime(textOf(join(root, "proc/uptime"))),
      version: version.slice(0, 64),
    });
  };
  return () => {
    if (clock.now() - lookedAt >= LOOK_AGAIN) {
      lookedAt = clock.now();
      health = look();
    }
    return health;
  };
}

type Figures = { readonly [Name in keyof DeviceHealth]?: DeviceHealth[Name] | undefined };

/** Without what is not known. */
const known = (figures: Figures): DeviceHealth =>
  Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined));

function diskOf(folder: string): Figures {
  try {
    const { bavail, blocks, bsize } = statfsSync(folder);
    return { diskFreeBytes: bavail * bsize, diskTotalBytes: blocks * bsize };
  } catch {
    // A file system that does not tell.
    return {};
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    // Not on this machine, or a sensor that does not answer: left out.
    return "";
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // As above.
    return [];
  }
}
