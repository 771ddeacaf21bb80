/**
 * Local wall time to civil instants and back, by the machine's own zone table (Intl) and never by the process's zone.
 *
 * A wall time inside a gap (clocks go forward) means the first instant after the gap; a wall time that comes twice
 * (clocks go back) means the first of the two, once.
 *
 * @module
 */
import { Fault } from "../base/errors.js";
import { type Epoch, epoch } from "../base/units.js";
import { dateOfDay, dayNumber, weekdayOfDay } from "./calendar.js";
import type { LocalDate } from "./local-time.js";

const DAY_MS = 86_400_000;
/** UTC days whose offsets are remembered per zone: about eleven years. */
const DAYS_LIMIT = 4000;
/** Zones that are remembered; a station has one. */
const ZONES_LIMIT = 32;

/** What the clock on the wall says. */
export interface LocalMoment {
  readonly date: LocalDate;
  /** The date as days since 1970-01-01. */
  readonly day: number;
  /** Monday is 1, Sunday is 7. */
  readonly weekday: number;
  /** Seconds on the wall clock since its 00:00, with fraction. */
  readonly second: number;
}

/** One IANA zone. */
export interface Zone {
  readonly name: string;
  /** Milliseconds that the wall clock is ahead of UTC. */
  offsetAt(at: Epoch): number;
  toLocal(at: Epoch): LocalMoment;
  /** @param second since 00:00 on the wall clock; 86,400 is the start of the next day */
  toEpoch(date: LocalDate, second: number): Epoch;
  /** Every instant at which the wall clock shows that: none in a gap, two where it comes twice. */
  allEpochs(date: LocalDate, second: number): Epoch[];
  /** The instant in that local day at which the offset changes, if it does. */
  transitionOn(date: LocalDate): Epoch | undefined;
}

/** The offset before and after the change of one UTC day. */
interface DayOffsets {
  readonly before: number;
  readonly change: number;
  readonly after: number;
}

const zones = new Map<string, Zone>();

/** The zone of that name. @throws Fault "invalid" when this machine does not know it */
export function zoneOf(name: string): Zone {
  const seen = zones.get(name);
  if (seen) return seen;
  const zone = createZone(name);
  if (zones.size >= ZONES_LIMIT) zones.clear();
  zones.set(name, zone);
  return zone;
}

function createZone(name: string): Zone {
  const table = createTable(name);
  const { offset } = table;
  /** The wall clock as if it were UTC, in milliseconds. */
  const wall = (date: LocalDate, second: number) => dayNumber(date) * DAY_MS + Math.round(second * 1000);
  return {
    name,
    offsetAt: (at) => offset(at),
    toLocal(at) {
      const local = at + offset(at);
      const day = Math.floor(local / DAY_MS);
      return { date: dateOfDay(day), day, weekday: weekdayOfDay(day), second: (local - day * DAY_MS) / 1000 };
    },
    toEpoch(date, second) {
      const local = wall(date, second);
      return epoch(candidates(table, local)[0] ?? afterGap(table, local));
    },
    allEpochs: (date, second) => candidates(table, wall(date, second)).map(epoch),
    transitionOn: (date) => transition(table, dayNumber(date)),
  };
}

/** A zone's offsets by UTC day, each found once. */
interface Table {
  of(utcDay: number): DayOffsets;
  /** The offset at an instant, milliseconds. */
  offset(at: number): number;
}

function createTable(name: string): Table {
  const read = offsetReader(name);
  const days = new Map<number, DayOffsets>();

  function of(utcDay: number): DayOffsets {
    const seen = days.get(utcDay);
    if (seen) return seen;
    const made = findOffsets(read, utcDay * DAY_MS);
    if (days.size >= DAYS_LIMIT) days.clear();
    days.set(utcDay, made);
    return made;
  }

  return {
    of,
    offset(at) {
      const { before, after, change } = of(Math.floor(at / DAY_MS));
      return at < change ? before : after;
    },
  };
}

/** The offsets around a wall time. They reach 14 hours, so the day before and the day after hold all that could matter. */
const around = ({ offset }: Table, local: number) => [offset(local - DAY_MS), offset(local + DAY_MS)];

/** The instants at which the wall clock shows that, the first one first. */
function candidates(table: Table, local: number): number[] {
  const instants = [...new Set(around(table, local))].map((one) => local - one);
  return instants.filter((at) => at + table.offset(at) === local).sort((a, b) => a - b);
}

/** The change of the clocks that skipped this wall time. */
function afterGap(table: Table, local: number): number {
  const first = local - Math.max(...around(table, local));
  const last = local - Math.min(...around(table, local));
  for (let day = Math.floor(first / DAY_MS); day <= Math.floor(last / DAY_MS); day++) {
    const { change } = table.of(day);
    if (change > first && change <= last) return change;
  }
  throw new RangeError(`no instant shows the wall time ${local}`);
}

function transition(table: Table, day: number): Epoch | undefined {
  for (const utcDay of [day - 1, day, day + 1]) {
    const { change, before, after } = table.of(utcDay);
    // A change belongs to the day on whose wall clock it happens, whichever side of it one looks from.
    const touches = (one: number) => Math.floor((change + one) / DAY_MS) === day;
    if (Number.isFinite(change) && (touches(before) || touches(after))) return epoch(change);
  }
  return undefined;
}

/** The offsets of the UTC day that starts at `start`; a day with two changes does not exist in the zone table since 1970. */
function findOffsets(read: (at: number) => number, start: number): DayOffsets {
  const before = read(start);
  const after = read(start + DAY_MS);
  if (before === after) return { before, after, change: Number.POSITIVE_INFINITY };
  let low = start;
  let high = start + DAY_MS;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (read(middle) === before) low = middle;
    else high = middle;
  }
  return { before, after, change: high };
}

/** Reads a zone's offset at an instant, in milliseconds, from Intl. */
function offsetReader(name: string): (at: number) => number {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: name,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
  } catch (cause) {
    throw new Fault(
      "invalid",
      {
        vi: `Múi giờ «${name.slice(0, 60)}» không có trên máy này. Hãy dùng tên như Asia/Ho_Chi_Minh.`,
        en: `this machine knows no time zone "${name.slice(0, 60)}"; use a name such as Asia/Ho_Chi_Minh`,
      },
      { reason: "unknown-zone", cause },
    );
  }
  return (at) => {
    const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = (
      format.format(at).match(/\d+/g) ?? []
    ).map(Number);
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
  };
}
