/**
 * How a loudspeaker's machine is, in words with units, by what it said last; what it cannot read is left out.
 *
 * @module
 */
import type { ReceiverView } from "../../../server/api/views.js";
import { language } from "../words/language.js";
import { ago, length } from "../words/times.js";
import { words } from "./machine-words.js";

export type Fact = readonly [name: string, value: string];

const KB = 1000;

/** Decimal units, as disks and mobile plans are sold: `2,1 GB`. @param bytes 0 or more */
export function bytesText(bytes: number): string {
  const units = ["kB", "MB", "GB", "TB"];
  const power = Math.min(units.length, Math.max(1, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  return `${number(bytes / KB ** power, 1)} ${units[power - 1]}`;
}

const number = (value: number, digits: number): string =>
  new Intl.NumberFormat(language.value === "en" ? "en-GB" : "vi-VN", { maximumFractionDigits: digits }).format(value);

/**
 * What it says of its sound and its clock while it is there, then of its machine; nothing before it has spoken since the server
 * started.
 */
export function machineFacts({ reported, health, software }: ReceiverView): readonly Fact[] {
  return [
    ...(reported === undefined ? [] : soundFacts(reported)),
    ...(reported === undefined && health === undefined ? [] : ownFacts({ version: software, ...health })),
  ];
}

function soundFacts(reported: NonNullable<ReceiverView["reported"]>): readonly Fact[] {
  const say = words();
  return [
    [say.volume, reported.muted ? say.muted : `${Math.round(reported.volume)} %`],
    [say.sink, say.sinks[reported.sink]],
    [say.buffer, say.seconds(number(reported.bufferMs / 1000, 1))],
    [say.underruns, say.times(reported.underruns, reported.late)],
    [say.clock, say.milliseconds(number(reported.clockErrorUs / 1000, 1), reported.clock === "trusted")],
  ];
}

function ownFacts(health: NonNullable<ReceiverView["health"]>): readonly Fact[] {
  const say = words();
  const { diskFreeBytes, diskTotalBytes, temperatureC, load, signalDbm, receivedBytes, sentBytes, uptimeS } = health;
  const known = <T>(value: T | undefined, name: string, text: (value: T) => string): Fact[] =>
    value === undefined ? [] : [[name, text(value)]];
  return [
    ...known(health.clockSource, say.source, (source) => say.sources[source]),
    ...known(diskFreeBytes, say.disk, (free) =>
      diskTotalBytes === undefined ? say.free(bytesText(free)) : say.freeOf(bytesText(free), bytesText(diskTotalBytes)),
    ),
    ...known(temperatureC, say.temperature, (degrees) => `${number(degrees, 1)} °C`),
    ...known(load, say.load, (share) => say.share(number(100 * share, 0))),
    ...known(signalDbm, say.signal, (dbm) => `${number(dbm, 0)} dBm`),
    ...known(receivedBytes, say.traffic, (bytes) => say.data(bytesText(bytes), bytesText(sentBytes ?? 0))),
    ...known(uptimeS, say.uptime, (seconds) => length(seconds * 1000)),
    ...known(health.version, say.version, (version) => version),
  ];
}

/** How long ago it said so: what is old is no longer how it is. @param now civil milliseconds */
export function saidAgo({ reported, health, lastSeen }: ReceiverView, now: number): string {
  const say = words();
  if (reported !== undefined) return say.said(ago(now - Date.parse(reported.at)));
  return health === undefined || lastSeen === undefined ? say.silent : say.gone(ago(now - Date.parse(lastSeen)));
}
