/**
 * Renders ahead of the clock, a fixed lead, and keeps in step with the timeline.
 *
 * The device counts samples by the machine's monotonic clock; which sample of the timeline belongs to each of them follows
 * from the clock filter. When the process was stalled beyond the lead, what should have been heard meanwhile is left out.
 *
 * @module
 */
import { type Clock, every } from "../../base/clock.js";
import { type Instant, instant, type Micros, ms } from "../../base/units.js";
import { planStep, stretch } from "../../receiver/drift.js";
import { RATE, sampleAt } from "../../receiver/samples.js";
import { createMeasuredDelay } from "./measured-delay.js";
import type { Sink } from "./sink.js";

/** How far ahead of the clock samples are handed over, ms: bridges a busy moment of the machine. */
export const LEAD = 200;
/** Rendered at once, samples: 20 ms. */
const BLOCK = 960;
/** How often the output is looked after, ms. */
const PERIOD = 40;
/** How often the machine is asked for the delay, ms. */
const MEASURE_EVERY = 1000;
const PER_MS = RATE / 1000;

export interface OutputOptions {
  readonly clock: Clock;
  readonly sink: Sink;
  /** Time from handing over a sample to hearing it, beyond the lead and what the sink itself can measure, ms. */
  readonly delayMs: () => number;
  /** Server time at a monotonic instant; `undefined` while nothing is known. */
  readonly serverTime: (at: Instant) => Micros | undefined;
  /** Fills `target` with the timeline from `from` on. */
  readonly render: (from: number, target: Float32Array) => void;
  /** Nothing sounds, and nothing will within seconds. */
  readonly isSilent: () => boolean;
  readonly onStall: (lostMs: number) => void;
}

export interface Output {
  /** The first sample of the timeline that is not handed over yet. */
  next(): number | undefined;
  close(): Promise<void>;
}

export function startOutput(options: OutputOptions): Output {
  const { clock, sink, delayMs, serverTime, render, isSilent, onStall } = options;
  const target = new Float32Array(BLOCK);
  /** Monotonic instant of the device's first sample, and samples handed over since. */
  let origin: Instant | undefined;
  let written = 0;
  let next: number | undefined;
  const measured = createMeasuredDelay();
  let measuredAt: Instant | undefined;

  /** Asks the machine how late the sample that was handed over last will be heard. */
  const measure = (now: Instant) => {
    if (origin === undefined || (measuredAt !== undefined && now - measuredAt < MEASURE_EVERY)) return;
    measuredAt = now;
    const latency = sink.latencyMs();
    if (latency !== undefined) measured.take(now + latency - (origin + written / PER_MS));
  };

  const block = (time: Micros) => {
    const silent = isSilent();
    const step = planStep({ next, wanted: sampleAt(time), count: BLOCK, silent });
    const source = step.take === BLOCK ? target : new Float32Array(step.take);
    render(step.from, source);
    if (source !== target) stretch(source, target);
    next = step.from + step.take;
    written += BLOCK;
    sink.write(toInt16(target), time);
    if (silent) sink.idle();
  };

  const tick = () => {
    const now = clock.now();
    const time = serverTime(now);
    if (time === undefined) return;
    origin ??= now;
    const due = Math.floor((now - origin) * PER_MS);
    if (written < due) {
      const lost = due - written;
      if (written > 0) {
        sink.skip(lost);
        // The gap is heard anyway: behind it the sound is in step at once, not after seconds of catching up.
        next = undefined;
        onStall(lost / PER_MS);
      }
      written = due;
    }
    measure(now);
    while (written + BLOCK <= due + LEAD * PER_MS) {
      const heardAt = instant(origin + written / PER_MS + delayMs() + measured.value());
      const at = serverTime(heardAt);
      if (at === undefined) return;
      block(at);
    }
  };

  const cancel = every(clock, ms(PERIOD), tick);
  tick();
  return {
    next: () => next,
    async close() {
      cancel();
      await sink.close();
    },
  };
}

/** A new array each time: a sink may keep it while it is on its way. */
function toInt16(samples: Float32Array): Int16Array {
  const whole = new Int16Array(samples.length);
  for (let index = 0; index < samples.length; index++) {
    const value = Math.round((samples[index] ?? 0) * 32_767);
    whole[index] = Math.max(-32_768, Math.min(32_767, value));
  }
  return whole;
}
