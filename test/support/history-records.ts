import { isFinal, type ResultState } from "../../src/domain/ticket.js";
import type { Happening, HistoryRules } from "./history.js";

/** A connected receiver's report is awaited for a minute after the end, and then written off within some beats. */
const CLOSED_WITHIN_MS = 75_000;
/** A cue without a word about its length may sound so long. */
const LONGEST_MS = 4 * 3_600_000;

/** A write of which somebody knows, by its name. */
interface Known {
  readonly acknowledged: string | undefined;
  /** Asked for since; any of them may have been kept, too. */
  readonly onTheWay: ReadonlySet<string>;
}

/** What was due at a receiver, and until when it may sound. */
interface Due {
  readonly cue: string;
  readonly receiver: string;
  readonly until: number;
}

/** Judges what was kept and what was written down: R6 and R7. */
export function createRecordsJudge(all: readonly Happening[], { closedWithinMs = CLOSED_WITHIN_MS }: HistoryRules) {
  const found: string[] = [];
  const writes = new Map<string, Known>();
  const dues = new Map<string, Due>();
  const begun = new Set<string>();
  /** Killed with a beginning on its disk, a receiver cannot tell whether the first sample was heard. */
  const killed = new Set<string>();
  const finished = new Map<string, string[]>();
  const results = new Map<string, string[]>();
  const closed = new Set<string>();
  // What is due may lie ahead.
  const last = all.findLast(({ kind }) => kind !== "due")?.at ?? 0;
  const note = (map: Map<string, string[]>, key: string, value: string) =>
    void map.set(key, [...(map.get(key) ?? []), value]);
  const noteDue = ({ cue, receiver }: Pick<Due, "cue" | "receiver">, until: number) => {
    const key = `${cue} at ${receiver}`;
    dues.set(key, { cue, receiver, until: Math.max(until, dues.get(key)?.until ?? 0) });
  };

  const look = ({ what, value, at }: Extract<Happening, { kind: "found" }>) => {
    const known = writes.get(what);
    const isAsIs = value === known?.acknowledged || (value !== undefined && known?.onTheWay.has(value));
    if (!isAsIs) found.push(`R6: ${what} was ${known?.acknowledged}, and is ${value} at ${new Date(at).toISOString()}`);
    // What is seen has been kept, and must be from now on.
    if (isAsIs && value !== undefined) writes.set(what, { acknowledged: value, onTheWay: new Set() });
  };
  /** R7: one last result, and a true one. */
  const judgeDue = (key: string, { cue, receiver, until }: Due): string[] => {
    const states = results.get(key) ?? [];
    const words = finished.get(key) ?? [];
    const isHeard = words.some((state) => state === "played" || (state === "cut" && !killed.has(receiver)));
    const isOver = closed.has(cue) || until + closedWithinMs < last;
    const wrong: string[] = [];
    if (isOver && states.length !== 1) wrong.push(`R7: ${key} has ${states.length} results (${states.join()})`);
    for (const state of states) {
      if (!isFinal(state as ResultState)) wrong.push(`R7: ${key} ended ${state}`);
      if (state === "played" && !begun.has(key)) wrong.push(`R7: ${key} is written as played, but never began`);
      if ((state === "missed" || state === "refused") && begun.has(key))
        wrong.push(`R7: ${key} is written as ${state}, though it began`);
      if (state === "unknown" && words.length > 0) wrong.push(`R7: ${key} is unknown, though its journal tells`);
    }
    if (until + closedWithinMs < last && !closed.has(cue)) wrong.push(`R7: ${cue} was never closed`);
    if (words.filter((state) => state === "played" || state === "cut").length > 1)
      wrong.push(`R7: ${key} ended more than once by its own journal (${words.join()})`);
    if (isHeard && !begun.has(key)) wrong.push(`R7: ${key} ended by its own journal, but never began`);
    return wrong;
  };

  return {
    take(it: Happening) {
      const key = "cue" in it && "receiver" in it ? `${it.cue} at ${it.receiver}` : "";
      switch (it.kind) {
        case "asked": {
          const { acknowledged, onTheWay } = writes.get(it.what) ?? { acknowledged: undefined, onTheWay: [] };
          return void writes.set(it.what, { acknowledged, onTheWay: new Set([...onTheWay, it.value]) });
        }
        case "acknowledged": {
          // The next write may have been asked for in the same millisecond.
          const asked = [...(writes.get(it.what)?.onTheWay ?? [])];
          const later = asked.includes(it.value) ? asked.slice(asked.indexOf(it.value) + 1) : [];
          return void writes.set(it.what, { acknowledged: it.value, onTheWay: new Set(later) });
        }
        case "found":
          return look(it);
        case "due":
          return noteDue(it, it.at);
        case "killed":
          return void killed.add(it.receiver);
        case "started":
        case "resumed":
          begun.add(key);
          return noteDue(it, it.at + (it.lengthMs ?? LONGEST_MS));
        case "told":
          note(finished, key, it.state);
          return noteDue(it, it.at);
        case "result":
          return note(results, key, it.state);
        case "closed":
          return void closed.add(it.cue);
        default:
          return;
      }
    },
    verdict: () => {
      // What nobody looked for any more must be found by its last look: a name that was acknowledged and never sought tells nothing.
      const unsought = [...writes.keys()].filter((what) => !all.some((it) => it.kind === "found" && it.what === what));
      return [
        ...found,
        ...unsought.map((what) => `R6: nobody looked whether ${what} was kept`),
        ...[...dues].flatMap(([key, due]) => judgeDue(key, due)),
      ];
    },
  };
}
