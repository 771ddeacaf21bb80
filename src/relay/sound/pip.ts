/**
 * The test tone: so that somebody at the pole hears that the loudspeaker lives. It gives way to everything.
 *
 * @module
 */
import { FADE } from "../../receiver/held-claim.js";
import { RATE, samplesIn } from "../../receiver/samples.js";

/** A clear tone in the middle of what horns carry. */
const HERTZ = 1_000;
/** Its peak before the volume, of full scale: as loud as speech is. */
const PEAK = 0.25;

export interface Pip {
  /** Takes a tone of that length, in place of one that sounds. It is on, and silent until it is started. */
  prepare(lengthMs: number): void;
  /** Begins what was prepared and has not been stopped since. */
  start(): void;
  /** Fades what sounds, and forgets what is prepared. */
  stop(): void;
  isOn(): boolean;
  /** Adds the tone to a block. @param level 0 to 1 */
  addTo(target: Float32Array, level: number): void;
}

export function createPip(): Pip {
  let done = 0;
  let length = 0;
  let isStarted = false;
  return {
    prepare(lengthMs) {
      done = 0;
      length = samplesIn(lengthMs);
      isStarted = false;
    },
    start() {
      isStarted = true;
    },
    stop() {
      length = isStarted ? Math.min(length, done + FADE) : 0;
    },
    isOn: () => done < length,
    addTo(target, level) {
      if (!isStarted) return;
      const count = Math.min(target.length, length - done);
      for (let index = 0; index < count; index++) {
        const at = done + index;
        const gain = Math.min(1, at / FADE, (length - at) / FADE);
        target[index] = (target[index] ?? 0) + Math.sin((2 * Math.PI * HERTZ * at) / RATE) * PEAK * level * gain;
      }
      done += Math.max(0, count);
    },
  };
}
