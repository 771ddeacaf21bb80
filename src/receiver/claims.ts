/**
 * What wants to sound: a planned cue or a live stream, in samples of the receiver's timeline.
 *
 * @module
 */
import { type Micros, micros } from "../base/units.js";
import type { Class, Resume } from "../domain/class.js";
import type { AnnouncementId, Sha256 } from "../domain/ids.js";
import type { Behind, Cue } from "../protocol/orders.js";
import { sampleAt, samplesIn } from "./samples.js";

/** One clip of a claim; positions are samples from the start of the claim. */
export interface ClaimItem {
  readonly sha256: Sha256;
  readonly announcement: AnnouncementId | undefined;
  readonly from: number;
  readonly to: number;
  readonly gainDb: number;
}

export interface Claim {
  /** The occurrence, or `live-<stream>`: sounds at most once (R4). */
  readonly key: string;
  readonly class: Class;
  /** Which of two equals goes first: the smaller. */
  readonly order: number;
  /** Sample of the timeline at which it is to begin. */
  readonly start: number;
  /** Samples. */
  readonly length: number;
  /** It was ordered for longer than this receiver sounds anything of its class: it is cut at `length`. */
  readonly capped: boolean;
  /** Last sample at which it may begin. */
  readonly notAfter: number;
  readonly resume: Resume;
  /** A named person has confirmed this emergency: quiet hours do not hold it back. */
  readonly confirmed: boolean;
  /** Whose word it is, by what the station signed. */
  readonly by: Behind;
  /** When it was ordered: a stop issued earlier does not reach it. */
  readonly issuedAt: Micros;
  readonly content: { readonly kind: "clips"; readonly items: readonly ClaimItem[] } | { readonly kind: "live" };
  /** When the cue is due whose place this live stream takes; absent of all else. A stop from before that does not reach it. */
  readonly plannedAt?: Micros | undefined;
  /** An earlier run of the program began it: it may only go on where the timeline is now. */
  readonly begunBefore: boolean;
}

/**
 * Nothing sounds longer than this, whatever was ordered, ms: a forgotten microphone or a wrong length must not become a night of
 * noise. A relayed programme or a meeting of residents fits; a warning may go on for as long as a storm does.
 */
const LONGEST: Readonly<Record<Class, number>> = {
  ordinary: 2 * 3_600_000,
  priority: 4 * 3_600_000,
  emergency: 12 * 3_600_000,
};
const boundedLength = (lengthMs: number, of: Class) => ({
  length: samplesIn(Math.min(lengthMs, LONGEST[of])),
  capped: lengthMs > LONGEST[of],
});

/** Where a cue came from, as far as its claim needs to know. */
export interface CueOrigin {
  readonly confirmed: boolean;
  readonly issuedAt: Micros;
  readonly begunBefore: boolean;
}

/** A planned cue as a claim. */
export function cueClaim(cue: Cue, { confirmed, issuedAt, begunBefore }: CueOrigin): Claim {
  const start = sampleAt(cue.at);
  return {
    key: cue.id,
    class: cue.class,
    order: cue.order,
    start,
    ...boundedLength(cue.durationMs, cue.class),
    notAfter: sampleAt(cue.notAfter),
    resume: cue.resume,
    confirmed,
    by: cue.by,
    issuedAt,
    content: {
      kind: "clips",
      items: cue.items.map((item) => ({
        sha256: item.sha256,
        announcement: item.announcement,
        from: samplesIn(item.offsetMs),
        to: samplesIn(item.offsetMs + item.durationMs),
        gainDb: item.gainDb,
      })),
    },
    begunBefore,
  };
}

/** A live stream, once its first chunk says when it is heard. */
export interface LiveStream {
  /** Its occurrence, or its stream when the order names none. */
  readonly key: string;
  readonly class: Class;
  readonly confirmed: boolean;
  readonly by: Behind;
  readonly issuedAt: number;
  /** Sample at which its first chunk is heard. */
  readonly start: number;
  readonly maxMs: number;
  /** When the cue is due whose place it takes, µs. */
  readonly plannedAt?: Micros | undefined;
}

/** The key under which a live stream without an occurrence is claimed, reported and journalled. */
export const liveKey = (stream: number): string => `live-${stream}`;

/** A live stream as a claim. It has no last starting instant: it is always at the live edge. */
export const liveClaim = ({
  key,
  class: rank,
  confirmed,
  by,
  issuedAt,
  start,
  maxMs,
  plannedAt,
}: LiveStream): Claim => ({
  key,
  class: rank,
  order: 100,
  start,
  ...boundedLength(maxMs, rank),
  notAfter: start + boundedLength(maxMs, rank).length,
  resume: "continue",
  confirmed,
  by,
  issuedAt: micros(issuedAt),
  content: { kind: "live" },
  plannedAt,
  begunBefore: false,
});

/** The announcements of a claim, each once. */
export const announcementsOf = ({ content }: Claim): AnnouncementId[] =>
  content.kind === "live" ? [] : [...new Set(content.items.flatMap(({ announcement }) => announcement ?? []))];
