/**
 * Checks an exported log, one JSON object a line, wherever it lies: nothing of the station is needed for it.
 *
 * @module
 */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { Fault } from "../../base/errors.js";
import type { LogCheck } from "../../domain/log-line.js";
import type { DayHead } from "../../protocol/day-head.js";
import { diskFault } from "./disk.js";
import { createWalk, type FoundLine, gapsToldBy, LINES_MENDED, type MendedGap, type Witness } from "./log-check.js";
import { closedBy } from "./log-days.js";
import { type ChainedLine, canonical, type LogBody } from "./log-line.js";

/** Longest line that is read, letters: far above what any line of the log can be. */
const MAX_LINE = 8 * 1024 * 1024;

/**
 * An export that begins later than the log is checked from its first line on. One that was filtered has gaps, which are named as
 * removed lines.
 * @throws Fault "invalid" when it is no export, "unavailable" when it cannot be read
 */
export async function checkExport(path: string, witness: Witness = {}): Promise<LogCheck> {
  const told = await gapsIn(path);
  const { needed, displaced, closed } = await lookOver(path, witness, told);
  const hashes = new Map<number, string>();
  let walk: ReturnType<typeof createWalk> | undefined;
  for await (const { line, prev } of linesIn(path, told)) {
    walk ??= createWalk({
      witness,
      hashAt: (n) => hashes.get(n),
      saidAt: (n) => displaced.get(n) ?? n,
      closed,
      told,
      from: { n: line.n - 1, hash: prev },
    });
    if (needed.has(line.n)) hashes.set(line.n, line.hash);
    const flaw = walk.step(line);
    if (flaw) return walk.result(flaw);
  }
  if (!walk) throw noExport(path);
  return walk.result(walk.end());
}

/** Lines that do not stand where their own number says are remembered up to this many. */
const MOST_DISPLACED = 10_000;

/** Numbers of the lines that heads of days are of: of these alone the hashes are remembered; lines out of their places; and days as they stand. */
async function lookOver(path: string, { held = [] }: Witness, told: readonly MendedGap[]) {
  const needed = new Set(held.map(({ head }) => head.last));
  const displaced = new Map<number, number>();
  const closed: DayHead[] = [];
  for await (const { line } of linesIn(path, told)) {
    const said = line.body?.n;
    if (said !== undefined && said !== line.n && displaced.size < MOST_DISPLACED) displaced.set(line.n, said);
    const head = closedBy(line.body);
    if (!head) continue;
    needed.add(head.last);
    closed.push(head);
  }
  return { needed, displaced, closed };
}

/** Gaps that lines of the export tell of. */
async function gapsIn(path: string): Promise<MendedGap[]> {
  const gaps: MendedGap[] = [];
  for await (const text of textsIn(path)) {
    const body = text.includes(LINES_MENDED) && text.length <= MAX_LINE ? parsed(text) : undefined;
    if (body !== undefined) gaps.push(...gapsToldBy(body as LogBody));
  }
  return gaps;
}

/** Lines with where they stand: each behind the one before, or behind the gap that is told of there. */
async function* linesIn(
  path: string,
  told: readonly MendedGap[],
): AsyncGenerator<{ readonly line: FoundLine; readonly prev: string }> {
  let n: number | undefined;
  for await (const text of textsIn(path)) {
    const found = read(text, n, path);
    const said = found.line.body?.n;
    const isBehindGap = told.some(({ first, last }) => first === n && last !== undefined && last + 1 === said);
    const line = isBehindGap && said !== undefined ? { ...found.line, n: said } : found.line;
    n = line.n + 1;
    yield { ...found, line };
  }
}

async function* textsIn(path: string): AsyncGenerator<string> {
  const input = createReadStream(path, "utf8");
  const failed = new Promise<never>((_, reject) => input.once("error", (error) => reject(diskFault(error, path))));
  failed.catch(() => {});
  const rows = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { value, done } = await Promise.race([rows.next(), failed]);
      if (done) return;
      if (value.length > 0) yield value;
    }
  } finally {
    input.destroy();
  }
}

/** @param n where it stands; by its own word for the first */
function read(text: string, n: number | undefined, path: string): { readonly line: FoundLine; readonly prev: string } {
  const found = text.length <= MAX_LINE ? parsed(text) : undefined;
  if (found === undefined || typeof found.n !== "number" || typeof found.prev !== "string") {
    // The first line tells whether it is an export at all; a later one was tampered with.
    if (n === undefined) throw noExport(path);
    return { line: { n, hash: "", text, body: undefined }, prev: "" };
  }
  const { prev, hash, ...body } = found;
  return { line: { n: n ?? found.n, hash: String(hash), text: canonical(body), body: body as LogBody }, prev };
}

function parsed(text: string): Partial<ChainedLine> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    // What is no JSON is no line.
    return undefined;
  }
}

const noExport = (path: string): Fault =>
  new Fault("invalid", {
    vi: `${path} không phải là nhật ký xuất dạng NDJSON. Hãy xuất lại: loa log export --format ndjson`,
    en: `${path} is no log exported as NDJSON. Export it again: loa log export --format ndjson`,
  });
