/**
 * What the officer reads in the morning: what should have sounded since yesterday morning and did not, where, why not, and what
 * to do about it.
 *
 * @module
 */
import type { Words } from "../base/errors.js";
import { type Epoch, epoch } from "../base/units.js";
import { addDays } from "./calendar.js";
import type { OccurrenceId, ReceiverId } from "./ids.js";
import { type LocalDate, type LocalTime, secondsOf } from "./local-time.js";
import { adviceOn } from "./miss-advice.js";
import { reasonOrCode } from "./reason-words.js";
import { type LogPoint, type NightRow, NOWHERE, type UnitId } from "./report-figures.js";
import { stateWords } from "./result-words.js";
import type { ResultState } from "./ticket.js";
import type { Zone } from "./zone.js";

export interface DigestItem {
  readonly occurrence: OccurrenceId;
  readonly title: string;
  readonly unit: UnitId;
  readonly unitName: string;
  /** When it was to begin, ISO 8601. */
  readonly at: string;
  readonly state: ResultState;
  readonly why: string;
  /** Given up by the rules themselves. */
  readonly byPlan: boolean;
  readonly receivers: readonly ReceiverId[];
  readonly words: Words;
  readonly advice: Words;
}

export interface NightDigest {
  readonly date: LocalDate;
  /** From the morning before up to this one, ISO 8601. */
  readonly from: string;
  readonly until: string;
  /** In order of time; what the rules gave up comes last. */
  readonly items: readonly DigestItem[];
  /** How many loudspeakers are named by what nobody had decided. */
  readonly receivers: number;
  readonly words: Words;
  readonly upTo: LogPoint;
}

/** The day and night before the morning of that date. */
export function nightBefore(
  date: LocalDate,
  at: LocalTime,
  zone: Zone,
): { readonly from: Epoch; readonly until: Epoch } {
  const second = secondsOf(at);
  return { from: zone.toEpoch(addDays(date, -1), second), until: zone.toEpoch(date, second) };
}

export interface DigestMatter {
  readonly date: LocalDate;
  readonly from: Epoch;
  readonly until: Epoch;
  readonly nameOf: (unit: UnitId) => string | undefined;
}

export function digestOf(
  rows: readonly NightRow[],
  { date, from, until, nameOf }: DigestMatter,
  upTo: LogPoint,
): NightDigest {
  const items = rows.map((row): DigestItem => {
    const { occurrence, unit, state, receivers } = row;
    const why = row.why ?? "";
    const [what, reason] = [stateWords(state), reasonOrCode("sound", why)];
    return {
      ...{ occurrence, unit, state, why, receivers },
      title: row.title ?? occurrence.slice(0, occurrence.indexOf("@")),
      unitName: unit === NOWHERE ? "Chưa rõ địa bàn" : (nameOf(unit) ?? unit),
      at: new Date(plannedAt(occurrence)).toISOString(),
      byPlan: row.byPlan === 1,
      words: why === "" ? what : { vi: `${what.vi}: ${reason.vi}`, en: `${what.en}: ${reason.en}` },
      advice: adviceOn(state, why),
    };
  });
  items.sort(
    (a, b) => Number(a.byPlan) - Number(b.byPlan) || (a.at < b.at ? -1 : a.at > b.at ? 1 : a.unit < b.unit ? -1 : 1),
  );
  const failed = items.filter(({ byPlan }) => !byPlan);
  const receivers = new Set(failed.flatMap((item) => item.receivers)).size;
  return {
    ...{ date, from: new Date(from).toISOString(), until: new Date(until).toISOString(), items, receivers, upTo },
    words: summary(failed.length, receivers),
  };
}

/** By the occurrence's own id. */
export function plannedAt(occurrence: OccurrenceId): Epoch {
  const stamp = occurrence.slice(-16);
  const part = (from: number, length: number) => Number(stamp.slice(from, from + length));
  return epoch(Date.UTC(part(0, 4), part(4, 2) - 1, part(6, 2), part(9, 2), part(11, 2), part(13, 2)));
}

const summary = (count: number, receivers: number): Words =>
  count === 0
    ? { vi: "Mọi lượt phát đều đã phát trọn.", en: "Everything sounded to its end." }
    : {
        vi: `${count} trường hợp không phát hoặc phát dở dang, ở ${receivers} loa.`,
        en: `${count} ${count === 1 ? "case" : "cases"} of something missed or cut short, at ${receivers} ${receivers === 1 ? "loudspeaker" : "loudspeakers"}.`,
      };
