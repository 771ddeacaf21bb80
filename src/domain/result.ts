/**
 * What became of a planned occurrence at one receiver, and who is believed: exactly one result holds in the end (R7).
 *
 * @module
 */
import type { OccurrenceId, ReceiverId } from "./ids.js";
import type { LineKind } from "./line-words.js";
import type { EventLine, LogLine } from "./log-line.js";
import { isFinal, type Result, type ResultState } from "./ticket.js";

/** A result that is written, and who says so: the receiver itself, or the server, which had to assume it. */
export interface Settled {
  readonly state: ResultState;
  readonly said: boolean;
}

/**
 * Whether a later word takes the place of the one that is written. A receiver's own word replaces what the server assumed, and
 * never the other way round; of two of its words the one that knows of sound holds, for what was heard cannot become unheard.
 */
export function supersedes(before: Settled | undefined, after: Settled): boolean {
  if (!isFinal(after.state)) return false;
  if (before === undefined) return true;
  if (!after.said) return false;
  return !before.said || soundOf(after.state) > soundOf(before.state);
}

const soundOf = (state: ResultState): number => (state === "played" || state === "cut" ? 2 : state === "muted" ? 1 : 0);

/** A line by which the server itself settles what became of an occurrence. */
export interface SettlingLine<Kind extends string = LineKind> extends EventLine<Kind> {
  readonly occurrence: OccurrenceId;
  readonly state: ResultState;
  /** Where; those of whom a result is written already are left out. */
  readonly receivers: readonly ReceiverId[];
}

/** Which results are meant; all that are given must hold. */
export interface ResultQuery {
  readonly occurrence?: OccurrenceId | undefined;
  readonly receiver?: ReceiverId | undefined;
  /** Only of these. */
  readonly receivers?: readonly ReceiverId[] | undefined;
  /** Told by a line after this number. */
  readonly after?: number | undefined;
}

/** The result that holds for one occurrence at one receiver, with the line that tells it. */
export interface HeldResult extends Settled {
  readonly occurrence: OccurrenceId;
  readonly receiver: ReceiverId;
  readonly line: Omit<LogLine, "hash">;
}

/** What is known of a receiver that has not said how an occurrence ended. */
export interface Silence {
  readonly connected: boolean;
  /** When it was last heard of, civil milliseconds. */
  readonly lastSeen?: number | undefined;
  /** A stop by a person that reaches it. */
  readonly stop?: { readonly why: "stopped" | "recalled"; readonly by?: string | undefined } | undefined;
}

/**
 * What the server writes when the time has come and a receiver has not said how it ended. A receiver that is away plays by
 * itself, so nothing is assumed of it but that it is not known.
 */
export function lastWord(result: Result | undefined, { connected, lastSeen, stop }: Silence): Result {
  if (!connected) {
    const { startedAt, from } = result ?? {};
    return {
      state: "unknown",
      why: lastSeen === undefined ? "never-connected" : "not-connected",
      ...(lastSeen === undefined ? {} : { since: lastSeen }),
      ...(startedAt === undefined ? {} : { startedAt }),
      ...(from === undefined ? {} : { from }),
    };
  }
  if (result && isFinal(result.state)) return result;
  const begun = result !== undefined && result.state !== "due";
  if (stop?.why === "recalled") return { ...result, ...stop, state: "recalled" };
  return { ...result, ...(stop ?? { why: "no-report" }), state: begun ? "cut" : "missed" };
}
