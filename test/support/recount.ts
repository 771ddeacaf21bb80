import { epoch } from "../../src/base/units.js";
import { type AreaTree, ancestry } from "../../src/domain/area.js";
import type { AreaId } from "../../src/domain/ids.js";
import { isWithin } from "../../src/domain/local-time.js";
import type { ReportMatter } from "../../src/domain/report-matter.js";
import { zoneOf } from "../../src/domain/zone.js";

/** A line of the log as its NDJSON export has it. */
interface Line {
  readonly n: number;
  readonly at: number;
  readonly source: string;
  readonly kind: string;
  readonly why?: string;
  readonly receiver?: string;
  readonly area?: string;
  readonly occurrence?: string;
  readonly class?: string;
  readonly heardMs?: number;
  readonly detail?: {
    readonly state?: string;
    readonly receivers?: readonly string[];
    readonly content?: readonly { readonly announcement: string; readonly topic: string; readonly ms: number }[];
  };
}

interface Word {
  readonly state: string;
  readonly said: boolean;
  readonly ms: number;
  readonly at: number;
  readonly area: string;
  readonly class: string;
  readonly byPlan: boolean;
}

const FINAL: Readonly<Record<string, string>> = {
  finished: "played",
  cut: "cut",
  missed: "missed",
  failed: "missed",
  muted: "muted",
  refused: "refused",
};

/**
 * Counts a month of an exported log in plain code, line by line: another way than the report's queries, written without them.
 * Golden hours are counted second by second.
 *
 * @param lines each as its export as NDJSON has it
 */
export function recount(lines: Iterable<string>, matter: ReportMatter) {
  const zone = zoneOf(matter.zone);
  const areas: AreaTree = new Map(matter.areas.map((area) => [area.id, area]));
  const homes = new Map<string, string>(matter.receivers.map(({ id, area }) => [id, area]));
  const words = new Map<string, Word>();
  const contents = new Map<string, NonNullable<NonNullable<Line["detail"]>["content"]>>();
  const hear = (line: Line, receiver: string, word: Pick<Word, "state" | "said">) => {
    const { occurrence = "", heardMs = 0, at, area = homes.get(receiver) ?? "", class: of = "ordinary", kind } = line;
    const key = `${occurrence} ${receiver}`;
    const before = words.get(key);
    const worth = ({ state }: Pick<Word, "state">) =>
      state === "played" || state === "cut" ? 2 : state === "muted" ? 1 : 0;
    const isBetter = !before || (word.said && (!before.said || worth(word) > worth(before)));
    const ms = ["played", "cut", "recalled"].includes(word.state) ? heardMs : 0;
    if (isBetter) words.set(key, { ...word, ms, at, area, class: of, byPlan: kind === "occurrence.dropped" });
  };
  for (const text of lines) {
    if (text === "") continue;
    const line = JSON.parse(text) as Line;
    if (line.kind === "occurrence.closed" && line.occurrence && line.detail?.content?.length)
      contents.set(line.occurrence, line.detail.content);
    if (line.occurrence === undefined || !isInPeriod(line.occurrence)) continue;
    const own = line.source === "receiver" ? FINAL[line.kind] : undefined;
    if (own !== undefined && line.receiver && !(line.kind === "refused" && line.why === "played"))
      hear(line, line.receiver, {
        state: line.why === "recalled" && line.kind !== "finished" && line.kind !== "muted" ? "recalled" : own,
        said: true,
      });
    if (line.source === "server" && line.detail?.state !== undefined)
      for (const receiver of line.detail.receivers ?? [line.receiver ?? ""])
        hear(line, receiver, { state: line.detail.state, said: false });
  }

  function isInPeriod(occurrence: string): boolean {
    const [year, month, day, hour, minute, second] = (
      /@(\d{4})(\d\d)(\d\d)t(\d\d)(\d\d)(\d\d)z$/.exec(occurrence) ?? []
    )
      .slice(1)
      .map(Number);
    const planned = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
    const { date } = zone.toLocal(epoch(planned));
    return date >= matter.period.from && date <= matter.period.to;
  }
  function wardOf(area: string): string | undefined {
    const line = ancestry(areas, area as AreaId);
    return line.some(({ kind }) => kind === "test") ? undefined : line.find(({ kind }) => kind === "ward")?.id;
  }
  function goldenSeconds(area: string, from: number, to: number): number {
    const line = ancestry(areas, area as AreaId).map(({ id }) => id);
    const policy = line.flatMap((id) => matter.policies.filter((one) => one.area === id))[0];
    let found = 0;
    for (let at = from; at < to; at += 1000) {
      const { second } = zone.toLocal(epoch(at));
      if (policy?.golden.some((range) => isWithin(range, second))) found += Math.min(1000, to - at);
    }
    return found;
  }

  const units = new Map<
    string,
    {
      airings: Map<string, { ms: number; golden: number; class: string }>;
      due: number;
      played: number;
      cut: number;
      recalled: number;
      dropped: number;
      sounded: Set<string>;
    }
  >();
  for (const [key, word] of words) {
    const [occurrence = "", receiver = ""] = key.split(" ");
    const ward = wardOf(word.area);
    if (ward === undefined) continue;
    const unit = units.get(ward) ?? {
      airings: new Map(),
      due: 0,
      played: 0,
      cut: 0,
      recalled: 0,
      dropped: 0,
      sounded: new Set(),
    };
    units.set(ward, unit);
    if (word.byPlan) unit.dropped += 1;
    else unit.due += 1;
    if (word.state === "played" || word.state === "cut" || word.state === "recalled") unit[word.state] += 1;
    if (word.ms === 0) continue;
    unit.sounded.add(receiver);
    const airing = unit.airings.get(occurrence) ?? { ms: 0, golden: 0, class: word.class };
    unit.airings.set(occurrence, {
      ...airing,
      golden: word.ms > airing.ms ? goldenSeconds(word.area, word.at - word.ms, word.at) : airing.golden,
      ms: Math.max(airing.ms, word.ms),
    });
  }
  return { units, contents };
}
