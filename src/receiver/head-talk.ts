/**
 * What the play-head asks about the world, and what it tells.
 *
 * @module
 */
import type { Sha256 } from "../domain/ids.js";
import type { Claim } from "./claims.js";
import type { Source } from "./held-claim.js";
import type { PlayReason } from "./reasons.js";

/** A stretch of sound within the span that was asked for. */
export interface Segment {
  readonly claim: Claim;
  readonly source: Source;
  /** Samples after the start of the span. */
  readonly offset: number;
  readonly count: number;
  /** Envelope at the first sample and behind the last one, linear in between. */
  readonly gainFrom: number;
  readonly gainTo: number;
  /** The item's own gain. */
  readonly gainDb: number;
}

/** Something that happened, for the journal. */
export interface HeadEvent {
  readonly event: "started" | "finished" | "cut" | "missed" | "refused" | "interrupted" | "resumed";
  readonly claim: Claim;
  /** Sample of the timeline. */
  readonly at: number;
  /** Samples heard so far. */
  readonly heard: number;
  readonly from: "clip" | "stream" | undefined;
  readonly why: PlayReason | undefined;
}

/** What the play-head asks about the world while it renders. */
export interface HeadWorld {
  /** Whether the clip lies ready for decoding. */
  holds(sha256: Sha256): boolean;
  /** Whether the stream has sound for this sample of the timeline. */
  buffered(stream: number, sample: number): boolean;
  /** Why the claim may not sound at this sample, if so (R1). */
  refuses(claim: Claim, sample: number): PlayReason | undefined;
}

export interface Rendered {
  readonly segments: readonly Segment[];
  readonly events: readonly HeadEvent[];
}
