/**
 * What is different between two rundowns of the same days: shown before a level is put in force or ended.
 *
 * @module
 */
import type { Words } from "../base/errors.js";
import { lineWords } from "./explain.js";
import type { OccurrenceId } from "./ids.js";
import { dateWords } from "./plan-words.js";
import type { Rundown, RundownLine } from "./rundown.js";
import { zoneOf } from "./zone.js";

/** `added`: it would sound, and would not have; `removed`: the other way round; `changed`: elsewhere or at another time. */
export interface RundownChange {
  readonly kind: "added" | "removed" | "changed";
  readonly occurrence: OccurrenceId;
  /** With day, time, places, and the reason where there is one. */
  readonly words: Words;
}

const KIND_WORDS: Readonly<Record<RundownChange["kind"], Words>> = {
  added: { vi: "Thêm", en: "New" },
  removed: { vi: "Bỏ", en: "Gone" },
  changed: { vi: "Đổi", en: "Changed" },
};

/** In the order of their planned instants. */
export function changesBetween(before: Rundown, after: Rundown, zone: string): readonly RundownChange[] {
  const [old, fresh] = [byOccurrence(before), byOccurrence(after)];
  const ids = [...new Set([...old.keys(), ...fresh.keys()])];
  return ids
    .flatMap((occurrence) => {
      const [was, is] = [old.get(occurrence) ?? [], fresh.get(occurrence) ?? []];
      const kind = kindOf(was.filter(airs), is.filter(airs));
      // Of what is gone, the new rundown may say why.
      const told = kind === "removed" ? (is[0] ?? was[0]) : is.find(airs);
      if (kind === undefined || told === undefined) return [];
      return [{ kind, occurrence, planned: told.planned, words: wordsOf(kind, { ...told, title: told.title }, zone) }];
    })
    .sort((one, other) => one.planned - other.planned)
    .map(({ planned: _order, ...change }) => change);
}

function byOccurrence({ lines }: Rundown): ReadonlyMap<OccurrenceId, readonly RundownLine[]> {
  const found = new Map<OccurrenceId, RundownLine[]>();
  for (const line of lines) found.set(line.occurrence, [...(found.get(line.occurrence) ?? []), line]);
  return found;
}

const airs = ({ fate }: RundownLine): boolean => fate !== "dropped";

function kindOf(was: readonly RundownLine[], is: readonly RundownLine[]): RundownChange["kind"] | undefined {
  if (was.length === 0) return is.length === 0 ? undefined : "added";
  if (is.length === 0) return "removed";
  return printOf(was) === printOf(is) ? undefined : "changed";
}

/** Where and when it sounds. */
const printOf = (lines: readonly RundownLine[]): string =>
  JSON.stringify(lines.map(({ start, end, receivers }) => [start, end, [...receivers].sort()]).sort());

function wordsOf(kind: RundownChange["kind"], line: RundownLine, zone: string): Words {
  const day = dateWords(zoneOf(zone).toLocal(line.planned).date);
  const what = lineWords(line, zone);
  // A dropped line names no title of its own.
  const title = line.fate === "dropped" ? `«${line.title}» ` : "";
  const words = KIND_WORDS[kind];
  return { vi: `${words.vi}: ${day.vi}, ${title}${what.vi}`, en: `${words.en}: ${day.en}, ${title}${what.en}` };
}
