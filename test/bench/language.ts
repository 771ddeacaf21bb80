/**
 * How long it takes to read a text, whatever the text: all that `normalise` does, its clean-up and the breath for
 * themselves, and the checks of wording.
 *
 * Each text is read whole and a quarter of it: four times the text should take about four times as long, and more means that
 * somewhere work is done again and again. A megabyte is taken as a million UTF-16 units, which is one at least, for no letter
 * takes less than a byte. What counts is the processor time of the whole process, so that neighbours do not.
 *
 * `npm run bench -- language`; `--long` also reads whole megabytes of those that were slowest, and searches longer for slow mixtures.
 *
 * @module
 */
import { localDate } from "../../src/domain/local-time.js";
import { check } from "../../src/language/checks/index.js";
import { cleanTraced } from "../../src/language/clean.js";
import { normalise, splitSentences } from "../../src/language/index.js";
import { slowMixtures } from "./language-search.js";
import { TEXTS, type Text } from "./language-texts.js";
import type { Row } from "./table.js";

/** What everything is told for, UTF-16 units. */
const MEGABYTE = 1_000_000;
/** The most for so many units, milliseconds. */
const MOST = 1000;
/** Below this nothing can be said about a ratio, milliseconds. */
const MEASURABLE = 10;
/** So many of the slowest are read again at length; each of the others would say the same in four times the time. */
const SLOWEST = 12;
const CONTEXT = { today: localDate("2026-11-25"), class: "ordinary", topic: "dich-benh" } as const;

/** Processor time that a piece of work takes, milliseconds. */
export function spent(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The reading of everyday text compiles what the others would otherwise wait for. */
function warmUp(): void {
  for (const name of ["announcements", "all golden cases"])
    check(normalise(TEXTS[name]?.(MEGABYTE / 4) ?? ""), CONTEXT);
}

function rowsOf(name: string, text: Text, length: number): readonly Row[] {
  const [short, long] = [text(length / 4), text(length)];
  const quarter = spent(() => normalise(short));
  let read = normalise("");
  const whole = spent(() => {
    read = normalise(long);
  });
  const cleaning = perMegabyte(
    spent(() => cleanTraced(long)),
    length,
  );
  const breath = perMegabyte(
    spent(() => splitSentences(read.spoken)),
    length,
  );
  const shortRead = normalise(short);
  const checkedQuarter = spent(() => check(shortRead, CONTEXT));
  const checked = spent(() => check(read, CONTEXT));
  const parts = `clean-up ${cleaning.toFixed(0)}, breath ${breath.toFixed(0)}`;
  return [
    row(`${name} (${parts})`, { whole, quarter, length }),
    row(`${name}, checks`, { whole: checked, quarter: checkedQuarter, length }),
  ];
}

const perMegabyte = (taken: number, length: number): number => (taken * MEGABYTE) / length;

interface Taken {
  readonly whole: number;
  readonly quarter: number;
  readonly length: number;
}

function row(what: string, { whole, quarter, length }: Taken): Row {
  const figure = perMegabyte(whole, length);
  return {
    what,
    figure: `${figure.toFixed(0)} ms/MB`,
    against: `a quarter: ${quarter.toFixed(0)} ms`,
    ...(quarter < MEASURABLE ? {} : { ratio: whole / quarter }),
    goal: `≤ ${MOST} ms/MB`,
    reached: figure <= MOST,
  };
}

const figureOf = ({ figure }: Row): number => Number.parseFloat(figure);
const slowest = (rows: readonly Row[]): number => Math.max(...rows.map(figureOf));

/** Every text, the slowest first. */
export async function measureLanguage({ long = false } = {}): Promise<readonly Row[]> {
  warmUp();
  const texts = Object.entries({ ...TEXTS, ...slowMixtures(long ? 200 : 80, spent) });
  const read = texts
    .map(([name, text]) => ({ name, text, rows: rowsOf(name, text, MEGABYTE / 4) }))
    .sort((a, b) => slowest(b.rows) - slowest(a.rows));
  const again = long ? read.slice(0, SLOWEST) : [];
  const whole = again.flatMap(({ name, text }) => rowsOf(`a megabyte of ${name}`, text, MEGABYTE));
  return [...read.flatMap(({ rows }) => rows), ...whole].sort((a, b) => figureOf(b) - figureOf(a));
}
