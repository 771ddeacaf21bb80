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
  /** Begins a tone of that length, in place of one that sounds. */
  start(lengthMs: number): void;
  /** Fades what sounds. */
  stop(): void;
  isOn(): boolean;
  /** Adds the tone to a block. @param level 0 to 1 */
  addTo(target: Float32Array, level: number): void;
}

export function createPip(): Pip {
  let done = 0;
  let length = 0;
  return {
    start(lengthMs) {
      done = 0;
      length = samplesIn(lengthMs);
    },
    stop() {
      length = Math.min(length, done + FADE);
    },
    isOn: () => done < length,
    addTo(target, level) {
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
