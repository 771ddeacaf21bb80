/**
 * What Linux says about the machine, as text of procfs and sysfs, and which change of it is worth telling. Pure: text in, figures
 * out; `undefined` for what cannot be.
 *
 * @module
 */
import type { DeviceHealth } from "../protocol/device-health.js";

/** Reads `/proc/loadavg`: programs that ran or waited in the last minute, for each core. */
export function parseLoad(text: string, cores: number): number | undefined {
  const load = numberIn(/^(\d{1,6}(?:\.\d{1,4})?) /, text);
  return load === undefined || cores < 1 ? undefined : Math.min(10_000, Math.round((load / cores) * 100) / 100);
}

/** Reads `/proc/uptime`, whole seconds. */
export function parseUptime(text: string): number | undefined {
  const uptime = numberIn(/^(\d{1,12})(?:\.\d+)? /, text);
  return uptime;
}

/** Reads the `temp` files of `/sys/class/thermal`, thousandths of a degree: the hottest counts. */
export function parseTemperature(texts: readonly string[]): number | undefined {
  const degrees = texts
    .map((text) => numberIn(/^\s*(-?\d{1,7})\s*$/, text))
    // Sensors that are not fitted say zero or something wild.
    .flatMap((value) => (value === undefined || value === 0 ? [] : [value / 1000]))
    .filter((value) => value >= -60 && value <= 150);
  return degrees.length === 0 ? undefined : Math.round(Math.max(...degrees) * 10) / 10;
}

/** Reads `/proc/net/wireless`: the strongest link, dBm. */
export function parseSignal(text: string): number | undefined {
  const levels = [...text.matchAll(/^\s*[\w.-]{1,20}:\s+\w+\s+-?\d+\.?\s+(-?\d{1,4})\.?\s/gm)].map(([, level]) =>
    Number(level),
  );
  const known = levels.filter((level) => level >= -200 && level < 0);
  return known.length === 0 ? undefined : Math.max(...known);
}

/** Bytes that went through the machine's network cards since it booted. */
export interface Traffic {
  readonly received: number;
  readonly sent: number;
}

/** Reads `/proc/net/dev`; what the machine says to itself does not count. */
export function parseTraffic(text: string): Traffic | undefined {
  const cards = [...text.matchAll(/^\s*([\w.@-]{1,32}):\s*(\d+)(?:\s+\d+){7}\s+(\d+)\s/gm)].filter(
    ([, name]) => name !== "lo",
  );
  if (cards.length === 0) return undefined;
  const sum = (column: 2 | 3) => cards.reduce((total, card) => total + Number(card[column]), 0);
  return { received: sum(2), sent: sum(3) };
}

/** Adds up traffic over cards that vanish and come back with their counters at zero, as mobile modems do. */
export function createTrafficCount(): (now: Traffic) => Traffic {
  let before: Traffic | undefined;
  const since = { received: 0, sent: 0 };
  return (now) => {
    for (const way of ["received", "sent"] as const) {
      const last = before?.[way];
      if (last !== undefined) since[way] += now[way] >= last ? now[way] - last : now[way];
    }
    before = now;
    return { ...since };
  };
}

/** A change of this much is news: below it figures only wander. */
const NEWS = { temperatureC: 5, load: 1, signalDbm: 10 } as const;
/** Part of the disk. */
const DISK_NEWS = 0.05;

/** Whether somebody at the station would want to see it before the next hour. */
export function isHealthNews(present: DeviceHealth | undefined, told: DeviceHealth | undefined): boolean {
  if (present === undefined || told === undefined) return present !== told;
  if (present.clockSource !== told.clockSource || present.version !== told.version) return true;
  const moved = (name: keyof typeof NEWS) => differ(present[name], told[name], NEWS[name]);
  if (moved("temperatureC") || moved("load") || moved("signalDbm")) return true;
  return differ(present.diskFreeBytes, told.diskFreeBytes, DISK_NEWS * (present.diskTotalBytes ?? 0));
}

const differ = (a: number | undefined, b: number | undefined, by: number): boolean =>
  a === undefined || b === undefined ? a !== b : a !== b && Math.abs(a - b) >= by;

function numberIn(pattern: RegExp, text: string): number | undefined {
  const found = pattern.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}
