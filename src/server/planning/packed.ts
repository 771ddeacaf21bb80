/**
 * A rundown on its way between programs. Its lines share few lists of items and of receivers; those travel once, and
 * receivers as places in the input.
 *
 * @module
 */
import type { ReceiverId } from "../../domain/ids.js";
import type { PlanInput, PlannedItem, RundownLine } from "../../domain/rundown.js";

/** What lines refer to by number. */
export interface Tables {
  readonly items: readonly (readonly PlannedItem[])[];
  /** Places in the receivers of the input. */
  readonly receivers: readonly Uint32Array[];
}

export interface PackedLine extends Omit<RundownLine, "items" | "receivers"> {
  readonly items: number;
  readonly receivers: number;
}

type Receivers = PlanInput["receivers"];

export function pack(
  lines: readonly RundownLine[],
  receivers: Receivers,
): { readonly tables: Tables; readonly lines: readonly PackedLine[] } {
  const places = new Map(receivers.map(({ id }, place) => [id, place]));
  const items = numbered<readonly PlannedItem[]>((list) => JSON.stringify(list));
  const names = numbered<readonly ReceiverId[]>((list) => list.join(" "));
  const packed = lines.map((line) => ({
    ...line,
    items: items.numberOf(line.items),
    receivers: names.numberOf(line.receivers),
  }));
  const tables = {
    items: items.all(),
    receivers: names.all().map((list) => Uint32Array.from(list, (id) => places.get(id) ?? 0)),
  };
  return { tables, lines: packed };
}

/** Gives equal lists the same number. Most are even the same object. */
function numbered<T extends object>(keyOf: (value: T) => string) {
  const known = new Map<T, number>();
  const byKey = new Map<string, number>();
  const all: T[] = [];
  return {
    numberOf(value: T): number {
      const seen = known.get(value);
      if (seen !== undefined) return seen;
      const key = keyOf(value);
      const number = byKey.get(key) ?? all.push(value) - 1;
      known.set(value, number);
      byKey.set(key, number);
      return number;
    },
    all: (): readonly T[] => all,
  };
}

/** Undoes {@link pack}, piece by piece. */
export function createUnpacker({ items, receivers }: Tables, from: Receivers): (line: PackedLine) => RundownLine {
  const names = new Map<number, readonly ReceiverId[]>();
  const namesOf = (number: number): readonly ReceiverId[] => {
    const known = names.get(number);
    if (known) return known;
    const made = [...(receivers[number] ?? [])].flatMap((place) => from[place]?.id ?? []);
    names.set(number, made);
    return made;
  };
  return (line) => ({ ...line, items: items[line.items] ?? [], receivers: namesOf(line.receivers) });
}
