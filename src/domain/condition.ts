/**
 * How a loudspeaker is, judged by what it says itself and by how long it has been silent.
 *
 * @module
 */
import * as z from "zod/mini";

/** What can be wrong with a loudspeaker. Stable over versions: alarms, log and metrics go by it. */
export const troubleSchema = z.enum([
  /** Two devices showed its key, and both are kept out until a person has looked into it. */
  "key-twice",
  /** It is paired, and there is no connection. */
  "link-lost",
  /** What it plays through does not work. */
  "sink-failed",
  /** It does not know the time well enough to play its programme. */
  "clock-untrusted",
  /** Its disk is nearly full. */
  "disk-nearly-full",
  /** It lacks sound that is due within the hour. */
  "clips-missing",
  /** It was told to sound, is connected, and neither sounds nor says why. */
  "silent-while-ordered",
  /** Something sounded that nobody ordered. */
  "sound-without-order",
]);
export type Trouble = z.infer<typeof troubleSchema>;

/**
 * `disabled` is out of service or has no device yet; `fault` has some trouble; `test` sounds a test pip; `silenced` is muted or
 * turned down to nothing by a person; everything else is `ok`.
 */
export const conditionStateSchema = z.enum(["ok", "fault", "silenced", "disabled", "test"]);
export type ConditionState = z.infer<typeof conditionStateSchema>;

/** Where it is found without a connection for this long, the link is lost: a restart of its program is shorter. */
export const LINK_LOST_MS = 10_000;
/** After the server's start receivers get this time to come back. */
export const COMING_BACK_MS = 20_000;
/** A clock is not trusted in the first moments of each connection. */
export const UNTRUSTED_MS = 20_000;
/** Of the disk; below either it is nearly full. */
const LEAST_FREE_SHARE = 0.05;
const LEAST_FREE_BYTES = 50_000_000;
/** A receiver says at once that it begins; after this time it is silent. */
export const SILENT_AFTER_MS = 20_000;
/** Sound that nobody ordered counts as long as this after it was last heard. */
export const UNORDERED_MS = 600_000;

/** Everything that is known of a loudspeaker. Instants are civil milliseconds. */
export interface Signs {
  readonly now: number;
  /** Out of service by a person. */
  readonly excluded: boolean;
  readonly paired: boolean;
  /** Whether its place is closed because two devices showed its key. */
  readonly quarantined?: boolean | undefined;
  readonly connected: boolean;
  /** When it was last heard of, or when the server began to listen. */
  readonly lastSeen: number;
  /** When the server began to listen. */
  readonly listeningSince: number;
  /** What it said last; nothing until it has spoken. */
  readonly said?:
    | { readonly volume: number; readonly muted: boolean; readonly sink: "ok" | "restarting" | "failed" }
    | undefined;
  /** Since when it has said that its clock cannot be trusted. */
  readonly untrustedSince?: number | undefined;
  readonly diskFreeBytes?: number | undefined;
  readonly diskTotalBytes?: number | undefined;
  /** Whether clips of the coming hour are missing. */
  readonly lacksClips: boolean;
  /** Since when it was silent though something was ordered. */
  readonly silentSince?: number | undefined;
  /** When something last sounded that nobody ordered. */
  readonly unorderedAt?: number | undefined;
  /** Until when it sounds a test pip. */
  readonly testUntil?: number | undefined;
}

export interface Condition {
  readonly state: ConditionState;
  readonly troubles: readonly Trouble[];
}

const OUT: Condition = { state: "disabled", troubles: [] };
const OK: Condition = { state: "ok", troubles: [] };
const SILENCED: Condition = { state: "silenced", troubles: [] };
const TEST: Condition = { state: "test", troubles: [] };

/** How it is at this moment. */
export function conditionOf(signs: Signs): Condition {
  if (signs.excluded || !signs.paired) return OUT;
  const troubles = troublesOf(signs);
  if (troubles.length > 0) return { state: "fault", troubles };
  if (signs.testUntil !== undefined && signs.now < signs.testUntil) return TEST;
  if (signs.said && (signs.said.muted || signs.said.volume === 0)) return SILENCED;
  return OK;
}

function troublesOf(signs: Signs): Trouble[] {
  const { now, connected, lastSeen, listeningSince, said, untrustedSince, silentSince, unorderedAt } = signs;
  const troubles: Trouble[] = [];
  if (signs.quarantined) troubles.push("key-twice");
  // Of one that is away nothing else is known any more.
  else if (!connected) {
    if (now - lastSeen >= LINK_LOST_MS && now - listeningSince >= COMING_BACK_MS) troubles.push("link-lost");
  } else {
    if (said?.sink === "failed") troubles.push("sink-failed");
    if (untrustedSince !== undefined && now - untrustedSince >= UNTRUSTED_MS) troubles.push("clock-untrusted");
    if (isNearlyFull(signs)) troubles.push("disk-nearly-full");
    if (signs.lacksClips) troubles.push("clips-missing");
    if (silentSince !== undefined) troubles.push("silent-while-ordered");
  }
  if (unorderedAt !== undefined && now - unorderedAt < UNORDERED_MS) troubles.push("sound-without-order");
  return troubles;
}

function isNearlyFull({ diskFreeBytes: free, diskTotalBytes: total }: Signs): boolean {
  if (free === undefined) return false;
  return free < LEAST_FREE_BYTES || (total !== undefined && free < total * LEAST_FREE_SHARE);
}
