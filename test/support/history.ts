/**
 * The rules that never bend, held against what happened in a run: whatever made the run, a real house, programs that were
 * killed, or a station on paper.
 *
 * @module
 */
import type { ReceiverId } from "../../src/domain/ids.js";
import type { Place } from "../../src/domain/place.js";
import { createRecordsJudge } from "./history-records.js";
import { createSoundJudge } from "./history-sound.js";

/** Something begins, or goes on, at a receiver, by its own journal. */
export interface Sounding {
  readonly kind: "started" | "resumed";
  readonly at: number;
  readonly receiver: string;
  readonly cue: string;
  readonly class: string;
  readonly announcements: readonly string[];
  readonly confirmed: boolean;
  readonly lateMs: number;
  /** How long it can sound at most: a process that was killed tells of the end only when it is back. */
  readonly lengthMs?: number;
}

/** One thing that happened in a run, in civil milliseconds: from the log, from a journal, or from what was ordered. */
export type Happening =
  | { readonly kind: "approved"; readonly at: number; readonly announcement: string }
  /** A recall reached these receivers. */
  | {
      readonly kind: "recalled";
      readonly at: number;
      readonly announcement: string;
      readonly receivers: readonly string[];
    }
  /** Only what `cue` names, if it does. */
  | { readonly kind: "stop"; readonly at: number; readonly receivers: readonly string[]; readonly cue?: string }
  /**
   * The station ordered it, by hand or in a programme, for these receivers; it may begin `lateMs` after its time. Whatever
   * else a run tells, it must tell all orders.
   */
  | {
      readonly kind: "ordered";
      readonly at: number;
      readonly cue: string;
      readonly receivers: readonly string[] | "all";
      readonly lateMs?: number;
    }
  | Sounding
  /** A test pip was ordered; it needs no beginning and no end in a journal. */
  | { readonly kind: "pip"; readonly at: number; readonly receivers: readonly string[]; readonly lengthMs: number }
  /** Its program was killed: whatever it sounded is over, though its journal may never say so. */
  | { readonly kind: "killed"; readonly at: number; readonly receiver: string }
  | { readonly kind: "ended"; readonly at: number; readonly receiver: string; readonly cue: string }
  /** It noticed sound of its own that nothing was on for. */
  | { readonly kind: "unordered"; readonly at: number; readonly receiver: string }
  /** Samples that were not zero, from `at` until `until`, as the loudspeaker itself gave them out. */
  | { readonly kind: "sounded"; readonly at: number; readonly until: number; readonly receiver: string }
  /** Somebody asked for a write of `value` under the name `what`. */
  | { readonly kind: "asked"; readonly at: number; readonly what: string; readonly value: string }
  /** The station said that it is done. */
  | { readonly kind: "acknowledged"; readonly at: number; readonly what: string; readonly value: string }
  /** Somebody looked for it; without `value` it was not there. */
  | { readonly kind: "found"; readonly at: number; readonly what: string; readonly value?: string }
  /** A last word of a receiver about a cue, in its journal. */
  | {
      readonly kind: "told";
      readonly at: number;
      readonly receiver: string;
      readonly cue: string;
      readonly state: string;
    }
  /** It was due there: a receiver's journal, a ticket or an order says so. */
  | { readonly kind: "due"; readonly at: number; readonly receiver: string; readonly cue: string }
  /** A result that holds in the end. */
  | {
      readonly kind: "result";
      readonly at: number;
      readonly receiver: string;
      readonly cue: string;
      readonly state: string;
    }
  /** Everything about a cue is written, says the station. */
  | { readonly kind: "closed"; readonly at: number; readonly cue: string };

export interface HistoryRules {
  readonly placeOf: (receiver: ReceiverId) => Place;
  /** How long after a stop a connected receiver may still sound, milliseconds (R3). */
  readonly stopWithinMs?: number;
  /** The station must have closed what was over so long before the end of the run, milliseconds (R7). */
  readonly closedWithinMs?: number;
}

/**
 * Looks for violations of the rules that never bend in what happened. Returns a sentence for each; none is the only good
 * answer.
 */
export function violations(happenings: readonly Happening[], rules: HistoryRules): string[] {
  const inOrder = [...happenings].sort((a, b) => a.at - b.at || RANK[a.kind] - RANK[b.kind]);
  const judges = [createSoundJudge(inOrder, rules), createRecordsJudge(inOrder, rules)];
  for (const it of inOrder) for (const { take } of judges) take(it);
  return judges.flatMap(({ verdict }) => verdict());
}

/** What is ordered and what ends comes before what begins at the same instant, and looking comes last. */
const RANK: Readonly<Record<Happening["kind"], number>> = {
  ...{
    approved: 0,
    ordered: 0,
    pip: 0,
    asked: 0,
    killed: 1,
    ended: 1,
    due: 1,
    started: 2,
    resumed: 2,
    recalled: 3,
    stop: 3,
  },
  ...{ acknowledged: 3, told: 4, unordered: 4, sounded: 4, found: 5, result: 5, closed: 5 },
};
