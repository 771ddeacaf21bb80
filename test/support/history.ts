import { epoch } from "../../src/base/units.js";
import type { ReceiverId } from "../../src/domain/ids.js";
import type { Place } from "../../src/domain/place.js";
import { isQuiet } from "../../src/domain/policy-rules.js";

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
  | { readonly kind: "stop"; readonly at: number; readonly receivers: readonly string[] }
  | {
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
  /** Its program was killed: whatever it sounded is over, though its journal may never say so. */
  | { readonly kind: "killed"; readonly at: number; readonly receiver: string }
  | { readonly kind: "ended"; readonly at: number; readonly receiver: string; readonly cue: string };

export interface HistoryRules {
  readonly placeOf: (receiver: ReceiverId) => Place;
  /** How long after a stop a connected receiver may still sound, milliseconds (R3). */
  readonly stopWithinMs?: number;
}

/**
 * Looks for violations of the rules that never bend in what happened. Returns a sentence for each; none is the only good
 * answer.
 */
export function violations(happenings: readonly Happening[], { placeOf, stopWithinMs = 1000 }: HistoryRules): string[] {
  const found: string[] = [];
  const started = new Set<string>();
  /** What sounds at each receiver. */
  const sounding = new Map<string, { cue: string; until: number }>();
  const approved = new Set<string>();
  const recalled = new Set<string>();
  const stopped = new Map<string, number>();
  const inOrder = [...happenings].sort((a, b) => a.at - b.at || rank(a) - rank(b));

  for (const it of inOrder) {
    if (it.kind === "approved") approved.add(it.announcement);
    if (it.kind === "recalled") for (const receiver of it.receivers) recalled.add(`${it.announcement} at ${receiver}`);
    if (it.kind === "killed") {
      sounding.delete(it.receiver);
      stopped.delete(it.receiver);
    }
    if (it.kind === "stop")
      for (const receiver of it.receivers) if (sounding.has(receiver)) stopped.set(receiver, it.at);
    if (it.kind === "ended") {
      const since = stopped.get(it.receiver);
      if (since !== undefined && it.at - since > stopWithinMs) {
        found.push(`R3: ${it.receiver} fell silent ${it.at - since} ms after a stop (${it.cue})`);
      }
      stopped.delete(it.receiver);
      if (sounding.get(it.receiver)?.cue === it.cue) sounding.delete(it.receiver);
    }
    if (it.kind === "started" || it.kind === "resumed") {
      const key = `${it.cue} at ${it.receiver}`;
      // A loudspeaker that was killed between writing its beginning down and its first sample goes on without a start.
      if (it.kind === "started" && started.has(key)) found.push(`R4: ${key} started twice`);
      started.add(key);
      if (it.lateMs > LATE[it.class as keyof typeof LATE]) found.push(`R4: ${key} started ${it.lateMs} ms late`);
      const other = sounding.get(it.receiver);
      if (other && other.cue !== it.cue && other.until > it.at)
        found.push(`two at once at ${it.receiver}: ${other.cue} and ${it.cue}`);
      sounding.set(it.receiver, { cue: it.cue, until: it.at + (it.lengthMs ?? Number.POSITIVE_INFINITY) });
      const excused = it.class === "emergency" && it.confirmed;
      if (!excused && isQuiet(placeOf(it.receiver as ReceiverId), epoch(it.at))) {
        found.push(`R1: ${key} sounded in quiet hours, ${new Date(it.at).toISOString()}`);
      }
      for (const announcement of it.announcements) {
        if (!approved.has(announcement)) found.push(`R2: ${announcement} sounded unapproved at ${it.receiver}`);
        if (recalled.has(`${announcement} at ${it.receiver}`))
          found.push(`R3: ${announcement} sounded after its recall at ${it.receiver}`);
      }
    }
  }
  return found;
}

/** Ends before starts at the same instant. */
const rank = (it: Happening): number =>
  ({ approved: 0, killed: 1, ended: 1, started: 2, resumed: 2, recalled: 3, stop: 3 })[it.kind];
const LATE = { ordinary: 120_000, priority: 14_400_000, emergency: 1_800_000 };
