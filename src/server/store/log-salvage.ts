/**
 * What can still be read of a damaged log: its lines, and what lies beside them and cannot be made again from them.
 *
 * @module
 */
import type { PersonalText } from "./log-body.js";
import type { LogBody } from "./log-line.js";
import type { RawPages } from "./sqlite-pages.js";
import { cellAt, cellsOf, type Value } from "./sqlite-rows.js";

/** A line as it was found. */
export interface FoundRow {
  readonly n: number;
  readonly body: LogBody;
  /** The text that is hashed. */
  readonly text: string;
  readonly hash: string;
}

export interface Salvage {
  /** In the order of their numbers, each once. */
  lines(): Generator<FoundRow>;
  /** Words with personal data, by the line that they are of. */
  readonly personal: ReadonlyMap<number, PersonalText>;
  /** Keys of lines that are written only once. */
  readonly once: ReadonlySet<string>;
  /** The highest number that a line is known to have had; 0 when none is. */
  readonly last: number;
}

/** Where a row begins. */
interface Place {
  readonly page: number;
  readonly at: number;
}

/** So many numbers behind the last line that is there are believed to be of lost ones: a broken number must not lead far away. */
const MOST_LOST = 1_000_000;

/** @param pages of a file that nothing else in this program has open */
export function salvage(pages: RawPages): Salvage {
  const places = new Map<number, Place>();
  const personal = new Map<number, PersonalText>();
  const once = new Set<string>();
  const named: number[] = [];
  for (let page = 2; page <= pages.count; page++) {
    const bytes = pages.page(page);
    for (const at of bytes === undefined ? [] : cellsOf(bytes)) {
      const cell = bytes && cellAt(pages, bytes, at);
      if (cell === undefined) continue;
      const { rowid: n, values } = cell;
      if (n === undefined) {
        if (isKey(values)) once.add(values[0]);
        if (isTimeEntry(values)) named.push(values[1]);
      } else if (isPersonal(values)) personal.set(n, { salt: values[1], text: values[2] });
      else if (!places.has(n) && lineIn(n, values) !== undefined) places.set(n, { page, at });
    }
  }
  const numbers = Float64Array.from(places.keys()).sort();
  const lastFound = numbers.at(-1) ?? 0;
  const last = named.reduce((most, n) => (n <= lastFound + MOST_LOST ? Math.max(most, n) : most), lastFound);
  return { personal, once, last, lines: () => linesAt(pages, numbers, places) };
}

function* linesAt(pages: RawPages, numbers: Float64Array, places: ReadonlyMap<number, Place>): Generator<FoundRow> {
  let open: { readonly page: number; readonly bytes: Buffer | undefined } | undefined;
  for (const n of numbers) {
    const { page, at } = places.get(n) ?? { page: 0, at: 0 };
    if (open?.page !== page) open = { page, bytes: pages.page(page) };
    const cell = open.bytes && cellAt(pages, open.bytes, at);
    const line = cell && lineIn(n, cell.values);
    if (line !== undefined) yield line;
  }
}

const LINE_COLUMNS = 10;
const HASH = /^[0-9a-f]{64}$/;

/** The line that a row holds, if its text is still that of a line of this number. */
function lineIn(n: number, values: readonly Value[]): FoundRow | undefined {
  const [text, hash] = values.slice(-2);
  if (values.length !== LINE_COLUMNS || typeof text !== "string" || typeof hash !== "string" || !HASH.test(hash))
    return undefined;
  try {
    const body = JSON.parse(text) as LogBody;
    return body.n === n && typeof body.kind === "string" && Number.isSafeInteger(body.at)
      ? { n, body, text, hash }
      : undefined;
  } catch {
    // A part of the row was overwritten.
    return undefined;
  }
}

/** Rows of `personal`, of `once`, and of the index of lines by their time: no other tables have rows of such a shape. */
const isPersonal = (values: readonly Value[]): values is [null, string, string] =>
  values.length === 3 &&
  typeof values[1] === "string" &&
  /^[0-9a-f]{32}$/.test(values[1]) &&
  typeof values[2] === "string";
const isKey = (values: readonly Value[]): values is [string] => values.length === 1 && typeof values[0] === "string";
const isTimeEntry = (values: readonly Value[]): values is [number, number] =>
  values.length === 2 && Number.isSafeInteger(values[0]) && Number.isSafeInteger(values[1]);
