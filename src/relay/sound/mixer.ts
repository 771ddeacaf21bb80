/**
 * The pieces that the play-head chose, as samples.
 *
 * @module
 */
import type { Sha256 } from "../../domain/ids.js";
import type { Segment } from "../../receiver/play-head.js";

export interface Sounds {
  /** Writes samples of a clip. */
  clip(key: string, sha256: Sha256, from: number, target: Float32Array): void;
  /** Writes samples of a stream. */
  stream(stream: number, from: number, target: Float32Array): void;
}

/** Fills `target` with the segments. @param volumeOf 0 to 1, by class */
export function mix(
  segments: readonly Segment[],
  target: Float32Array,
  { sounds, volumeOf }: { readonly sounds: Sounds; readonly volumeOf: (segment: Segment) => number },
): void {
  target.fill(0);
  for (const segment of segments) {
    const part = target.subarray(segment.offset, segment.offset + segment.count);
    const { source } = segment;
    if (source.kind === "clip") sounds.clip(segment.claim.key, source.sha256, source.from, part);
    else sounds.stream(source.stream, source.from, part);
    shape(part, segment, volumeOf(segment) * 10 ** (segment.gainDb / 20));
  }
}

function shape(part: Float32Array, { gainFrom, gainTo }: Segment, level: number): void {
  if (gainFrom === 1 && gainTo === 1 && level === 1) return;
  const slope = (gainTo - gainFrom) / part.length;
  for (let index = 0; index < part.length; index++)
    part[index] = (part[index] ?? 0) * level * (gainFrom + slope * index);
}
