import { micros } from "../../src/base/units.js";
import { announcementId, sha256 } from "../../src/domain/ids.js";
import type { Claim } from "../../src/receiver/claims.js";
import type { HeadEvent, HeadWorld, PlayHead, Segment } from "../../src/receiver/play-head.js";
import { microsOf } from "../../src/receiver/samples.js";

/** Samples of a block, as the relay renders them. */
export const BLOCK = 960;

/** A claim of one clip; times are samples. */
export function aClaim(key: string, start: number, more: Partial<Claim> & { readonly length?: number } = {}): Claim {
  const length = more.length ?? 48_000;
  const item = { sha256: sha256("a".repeat(64)), announcement: announcementId(key), from: 0, to: length, gainDb: 0 };
  return {
    key,
    class: "ordinary",
    order: 100,
    start,
    length,
    capped: false,
    notAfter: start + 96_000,
    resume: "continue",
    confirmed: false,
    by: {},
    issuedAt: micros(0),
    content: { kind: "clips", items: [item] },
    begunBefore: false,
    ...more,
  };
}

export const loudWorld: HeadWorld = { holds: () => true, buffered: () => true, refuses: () => undefined };

/** A segment at its place on the timeline. */
export type Placed = Segment & { readonly at: number };

/** Renders block after block until `end`; `before` may act on the head at the start of each. */
export function play(
  head: PlayHead,
  { from = 0, end, world = loudWorld, before }: PlayOptions,
): { readonly heard: Placed[]; readonly events: HeadEvent[] } {
  const heard: Placed[] = [];
  const events: HeadEvent[] = [];
  for (let at = from; at < end; at += BLOCK) {
    before?.(at);
    const rendered = head.render({ from: at, count: BLOCK }, world);
    for (const segment of rendered.segments) heard.push({ ...segment, at: at + segment.offset });
    events.push(...rendered.events);
  }
  return { heard, events };
}

export interface PlayOptions {
  readonly from?: number;
  readonly end: number;
  readonly world?: HeadWorld;
  readonly before?: (at: number) => void;
}

export const brief = (events: readonly HeadEvent[]) =>
  events.map(({ event, claim, at, why }) => `${at} ${event} ${claim.key}${why ? ` ${why}` : ""}`);

/** First and last sample of the timeline at which a claim sounds. */
export function span(heard: readonly Placed[], key: string): [number, number] | undefined {
  const mine = heard.filter(({ claim }) => claim.key === key);
  const [first, last] = [mine[0], mine.at(-1)];
  return first && last && [first.at, last.at + last.count];
}

export { microsOf };
