import type { Sink } from "../../src/relay/sound/sink.js";

/** One stretch of sound, µs: by what the loudspeaker said of its samples, and by when they really came out. */
export interface Stretch {
  readonly trusted: number;
  readonly real: number;
  trustedEnd: number;
}

/** Silence that parts one stretch from the next, samples: a second. */
const PART = 48_000;

/**
 * Hears when sound begins and ends.
 *
 * @param realTime true time now, µs @param rate how fast the device's crystal counts, 1 for true
 */
export function createListeningSink(
  realTime: () => number,
  rate: number,
): Sink & { readonly heard: readonly Stretch[] } {
  const heard: Stretch[] = [];
  let begun: number | undefined;
  let position = 0;
  let silent = PART;
  return {
    heard,
    write(samples, at) {
      begun ??= realTime();
      for (const [index, sample] of samples.entries()) {
        silent += 1;
        if (sample === 0) continue;
        const trusted = at + index / 0.048;
        const real = begun + (position + index) / 0.048 / rate;
        if (silent > PART) heard.push({ trusted, real, trustedEnd: trusted });
        const now = heard.at(-1);
        if (now) now.trustedEnd = trusted;
        silent = 0;
      }
      position += samples.length;
    },
    skip(count) {
      position += count;
      silent += count;
    },
    idle() {},
    latencyMs: () => undefined,
    state: () => "ok",
    close: async () => {},
  };
}
