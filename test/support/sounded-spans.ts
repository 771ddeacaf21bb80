import type { Happening } from "./history.js";

/**
 * Silence that parts one stretch of sound from the next, ms: longer than any pause inside a tone or a word, and shorter than what the
 * judge allows between samples and the lines about them, or two soundings close to each other would be taken for one.
 */
const PART_MS = 350;
/** Samples looked at in one go: 20 ms. */
const BLOCK = 960;

/** The stretches of a recording in which any sample at all is not zero. `startedAt`: of its first sample, civil ms. */
export function soundedSpans(
  receiver: string,
  { samples, startedAt }: { readonly samples: Int16Array; readonly startedAt: number },
): Extract<Happening, { kind: "sounded" }>[] {
  const spans: { at: number; until: number }[] = [];
  for (let from = 0; from < samples.length; from += BLOCK) {
    if (samples.subarray(from, from + BLOCK).every((sample) => sample === 0)) continue;
    const at = startedAt + from / 48;
    const now = spans.at(-1);
    if (now && at - now.until < PART_MS) now.until = at + BLOCK / 48;
    else spans.push({ at, until: at + BLOCK / 48 });
  }
  return spans.map((span) => ({ kind: "sounded", receiver, ...span }));
}
