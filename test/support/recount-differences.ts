import type { Report } from "../../src/domain/report.js";
import type { recount } from "./recount.js";

type Recounted = ReturnType<typeof recount>;

/** Where a report says something else than a month that was counted another way: one sentence for each figure. */
export function differencesOf(report: Report, { units, contents }: Recounted): readonly string[] {
  const found: string[] = [];
  const compare = (what: string, reported: number, counted: number, within = 0) => {
    if (Math.abs(reported - counted) > within) found.push(`${what}: ${reported}, counted ${counted}`);
  };
  compare("units", report.units.length, units.size);
  for (const { unit, airings, ms, goldenMs, byClass, coverage, misses, byTopic } of report.units) {
    const mine = units.get(unit);
    if (mine === undefined) {
      found.push(`${unit}: nothing was counted`);
      continue;
    }
    const all = [...mine.airings.values()];
    const sum = (read: (airing: (typeof all)[number]) => number) => all.reduce((whole, one) => whole + read(one), 0);
    compare(`${unit} airings`, airings, all.length);
    compare(
      `${unit} ms`,
      ms,
      sum((one) => one.ms),
    );
    compare(
      `${unit} golden ms`,
      goldenMs,
      sum(({ golden }) => golden),
    );
    for (const of of ["ordinary", "priority", "emergency"] as const)
      compare(
        `${unit} ${of} ms`,
        byClass[of].ms,
        sum((one) => (one.class === of ? one.ms : 0)),
      );
    for (const figure of ["due", "played", "cut", "recalled"] as const)
      compare(`${unit} ${figure}`, coverage[figure], mine[figure]);
    compare(`${unit} sounded`, coverage.sounded, mine.sounded.size);
    const dropped = misses.filter(({ byPlan }) => byPlan).reduce((whole, { times }) => whole + times, 0);
    compare(`${unit} dropped`, dropped, mine.dropped);
    const topics = topicsOf(mine.airings, contents);
    compare(`${unit} topics`, byTopic.length, topics.size);
    for (const { topic, ms: length } of byTopic) compare(`${unit} «${topic}» ms`, length, topics.get(topic) ?? 0, 1);
  }
  return found;
}

/** Each airing's length shared among what it consisted of. */
function topicsOf(
  airings: ReadonlyMap<string, { readonly ms: number }>,
  contents: Recounted["contents"],
): ReadonlyMap<string, number> {
  const topics = new Map<string, number>();
  for (const [occurrence, { ms }] of airings) {
    const content = contents.get(occurrence) ?? [];
    const whole = content.reduce((all, one) => all + one.ms, 0);
    for (const one of content) topics.set(one.topic, (topics.get(one.topic) ?? 0) + (ms * one.ms) / whole);
  }
  return topics;
}
