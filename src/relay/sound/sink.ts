/**
 * Where samples go: a sound card through a player program, a file, or nowhere.
 *
 * @module
 */
import type { Micros } from "../../base/units.js";

/** Takes blocks at the pace of the clock. A sink never blocks and never throws: what it cannot take is lost. */
export interface Sink {
  /** 16-bit samples at 48 kHz, mono. `at` is when the first one is meant to be heard, on the server clock. */
  write(samples: Int16Array, at: Micros): void;
  /** The time for so many samples passed without any: a stalled process. */
  skip(count: number): void;
  /** Nothing sounds now or soon: a good moment for housekeeping. */
  idle(): void;
  /** How long the sample that was handed over last takes from now until it is heard, ms, where the machine can tell. */
  latencyMs(): number | undefined;
  state(): "ok" | "restarting" | "failed";
  close(): Promise<void>;
}

/** Takes everything and makes no sound. */
export const createNullSink = (): Sink => ({
  write() {},
  skip() {},
  idle() {},
  latencyMs: () => undefined,
  state: () => "ok",
  close: async () => {},
});
