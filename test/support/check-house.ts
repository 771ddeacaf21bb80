import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AssertionError } from "chai";
import { areaId } from "../../src/domain/ids.js";
import { policySchema } from "../../src/domain/policy.js";
import { type Happening, type HistoryRules, violations } from "./history.js";
import { soundedSpans } from "./sounded-spans.js";
import { type ExportedLine, type HeldResult, historyOfLog } from "./station-history.js";
import { readWav } from "./wav.js";

/** Lines and results on their way get this long, ms. */
const ON_THE_WAY_MS = 6_000;

/** Where a station answers, and what must be known of it to judge what it did. */
export interface JudgedStation {
  readonly url: string;
  readonly token: string;
  /** Those whose program is ours: a device that a test plays itself may say what it likes. */
  readonly receivers: readonly string[];
  /** Of every receiver, nearest first. */
  readonly areas: readonly string[];
  readonly policies: readonly object[];
  /** What only the run itself knows: kills, writes that were acknowledged. */
  readonly more?: readonly Happening[];
  /** The same, looked up at each try. */
  readonly late?: () => Promise<readonly Happening[]>;
  /** When its program died: whoever was connected then is not any more. */
  readonly restarts?: readonly number[];
  /** Length of whatever is scheduled, ms, where all of it is equally long. */
  readonly lengthMs?: number;
  /** Its civil time, ms; the machine's when left out. */
  readonly now?: () => number;
  /** Files that loudspeakers wrote their samples into. */
  readonly recordings?: readonly { readonly receiver: string; readonly file: string }[];
}

type Ask = <T>(path: string) => Promise<T>;

/** A station's whole log, oldest first. */
export async function exportLog({ url, token }: Pick<JudgedStation, "url" | "token">): Promise<ExportedLine[]> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${url}/api/v1/log/export?format=ndjson`, { headers });
  if (!response.ok) throw new Error(`the log: ${response.status}`);
  const text = await response.text();
  return text.split("\n").flatMap((line): ExportedLine[] => (line === "" ? [] : [JSON.parse(line)]));
}

/** Every result that holds. */
async function allResults(ask: Ask): Promise<HeldResult[]> {
  const results: HeldResult[] = [];
  for (let after = 0; ; ) {
    const page = await ask<{ results: HeldResult[]; next?: number }>(`/results?limit=1000&after=${after}`);
    results.push(...page.results);
    if (page.next === undefined) return results;
    after = page.next;
  }
}

/** The history of a station that runs, by its log, its results and its loudspeakers' samples. */
export async function historyOfStation(station: JudgedStation): Promise<Happening[]> {
  const ask: Ask = async <T>(path: string) => {
    const headers = { authorization: `Bearer ${station.token}` };
    const response = await fetch(`${station.url}/api/v1${path}`, { headers });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  const ours = new Set(station.receivers);
  const lines = await exportLog(station);
  const { restarts = [], lengthMs, now = Date.now } = station;
  const facts = { results: await allResults(ask), areasOf: () => station.areas, restarts, lengthMs };
  const told = historyOfLog(lines, facts).filter((it) => !("receiver" in it) || ours.has(it.receiver));
  const sounded = await Promise.all((station.recordings ?? []).map(readRecording));
  const end: Happening = { kind: "closed", at: now(), cue: "" };
  return [
    ...told,
    ...(station.more ?? []),
    ...((await station.late?.()) ?? []),
    ...(await chainOf(ask)),
    ...sounded.flat(),
    end,
  ];
}

/** The log was acknowledged line by line, and its chain tells whether every one is as it was written. */
async function chainOf(ask: Ask): Promise<Happening[]> {
  const { ok, brokenAt } = await ask<{ ok: boolean; brokenAt?: number }>("/log/verification");
  const at = Date.now();
  const value = ok ? "whole" : `broken at line ${brokenAt}`;
  return [
    { kind: "acknowledged", at, what: "the chain of the log", value: "whole" },
    { kind: "found", at, what: "the chain of the log", value },
  ];
}

/** Stretches that were heard, by the samples of a loudspeaker. */
export async function readRecording({ receiver, file }: { receiver: string; file: string }): Promise<Happening[]> {
  const about = await readFile(`${file}.json`, "utf8").catch(() => undefined);
  // It never had a sample to write.
  if (about === undefined) return [];
  const { startedAtUs } = JSON.parse(about) as { startedAtUs: number };
  return soundedSpans(receiver, { samples: readWav(file).samples, startedAt: startedAtUs / 1000 });
}

/** Where every receiver of the station stands, as far as rules are concerned. */
const rulesOf = ({ areas, policies }: JudgedStation): HistoryRules => ({
  placeOf: () => ({
    ...{ zone: "Asia/Ho_Chi_Minh", areas: areas.map(areaId), sensitive: false },
    policies: policies.map((policy) => policySchema.parse(policy)),
  }),
});

/**
 * Holds the rules that never bend against everything that happened at a station so far.
 *
 * @returns how many soundings were judged @throws AssertionError with each rule that was broken
 */
export async function checkStation(station: JudgedStation): Promise<number> {
  const end = performance.now() + ON_THE_WAY_MS;
  for (;;) {
    const history = await historyOfStation(station);
    const broken = violations(history, rulesOf(station));
    if (broken.length === 0) return history.filter(({ kind }) => kind === "started").length;
    // Some of it may be on its way: a report, a result.
    if (performance.now() > end) {
      const kept = await keepHistory(history, await exportLog(station));
      throw new AssertionError(`the run broke rules that never bend:\n${broken.join("\n")}\nsee ${kept}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** Leaves what happened where a person can read it: a happening a line, and the log as it was. Returns the folder. */
async function keepHistory(history: readonly Happening[], log: readonly ExportedLine[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "loa-history-"));
  const text = (lines: readonly object[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  await writeFile(join(folder, "history.ndjson"), text([...history].sort((a, b) => a.at - b.at)));
  await writeFile(join(folder, "log.ndjson"), text(log));
  return folder;
}
