/**
 * A rundown in sentences, day by day, for people: what sounds, what gives way and why, with the zone beside the date.
 *
 * @module
 */
import type { Words } from "../base/errors.js";
import type { Class } from "./class.js";
import type { LocalDate } from "./local-time.js";
import { clockTime, dateWords } from "./plan-words.js";
import type { Rundown, RundownLine } from "./rundown.js";
import { zoneOf } from "./zone.js";

/** One day of a rundown. */
export interface ExplainedDay {
  readonly date: LocalDate;
  /** The day and the zone its times speak in. */
  readonly heading: Words;
  /** One sentence a line, in the order of the rundown. */
  readonly lines: readonly Words[];
}

const CLASSES: Record<Class, Words> = {
  ordinary: { vi: "thông thường", en: "ordinary" },
  priority: { vi: "ưu tiên", en: "priority" },
  emergency: { vi: "khẩn cấp", en: "emergency" },
};

/** The rundown by the local day for which each line was planned; days without lines are left out. */
export function explain(rundown: Rundown, zone: string): ExplainedDay[] {
  const { toLocal } = zoneOf(zone);
  const days = new Map<LocalDate, Words[]>();
  for (const line of rundown.lines) {
    const { date } = toLocal(line.planned);
    const lines = days.get(date) ?? [];
    lines.push(lineWords(line, zone));
    days.set(date, lines);
  }
  const inOrder = [...days].sort(([a], [b]) => (a < b ? -1 : 1));
  return inOrder.map(([date, lines]) => ({ date, heading: headingWords(date, zone), lines }));
}

/** The same as one text in one language, a heading before each day. */
export function explainText(rundown: Rundown, zone: string, language: keyof Words): string {
  const days = explain(rundown, zone);
  if (days.length === 0)
    return language === "vi" ? `Không có lượt phát nào (múi giờ ${zone}).` : `Nothing is planned (zone ${zone}).`;
  return days
    .map(({ heading, lines }) => [heading[language], ...lines.map((line) => `  ${line[language]}`)].join("\n"))
    .join("\n\n");
}

/** One line as a sentence: when, what, of which class, at how many receivers, and why not as planned. */
export function lineWords(line: RundownLine, zone: string): Words {
  const { fate, title, explanation } = line;
  const count = line.receivers.length;
  const where = { vi: `${count} cụm loa`, en: count === 1 ? "1 receiver" : `${count} receivers` };
  const of = CLASSES[line.class];
  const tail = explanation ? { vi: `: ${explanation.vi}`, en: `: ${explanation.en}` } : { vi: "", en: "" };
  if (fate === "dropped")
    return { vi: `✗ [${of.vi}, ${where.vi}]${tail.vi}`, en: `✗ [${of.en}, ${where.en}]${tail.en}` };
  const span = `${clockTime(zone, line.start)}–${clockTime(zone, line.end)}`;
  const golden = line.golden ? { vi: ", giờ vàng", en: ", golden hour" } : { vi: "", en: "" };
  return {
    vi: `${span} "${title}" [${of.vi}, ${where.vi}${golden.vi}]${tail.vi}`,
    en: `${span} "${title}" [${of.en}, ${where.en}${golden.en}]${tail.en}`,
  };
}

function headingWords(date: LocalDate, zone: string): Words {
  const day = dateWords(date);
  return { vi: `${day.vi} (múi giờ ${zone})`, en: `${day.en} (zone ${zone})` };
}
