/**
 * What the panel draws of a clip, and how much of it is silence, gathered while its samples pass by.
 *
 * @module
 */

/** Rate of all samples in this folder, Hz. */
export const RATE = 48_000;
/** Peaks per second, and the most for one clip: enough for a wide screen, small enough for one answer. */
const PEAKS_PER_SECOND = 50;
const MOST_PEAKS = 2_000;
/** Silence is judged over windows this long, samples: 100 ms. */
const WINDOW = RATE / 10;
/** A window is silent below this, dBFS (RMS); speech at −16 LUFS lies 34 dB above. */
const SILENT_DB = -50;
const SILENT_POWER = 32_768 ** 2 * 10 ** (SILENT_DB / 10);

export interface Waveform {
  /** Takes the next bytes of 16-bit little-endian mono; a sample may be split between two calls. */
  add(bytes: Uint8Array): void;
  /** Whole samples so far. */
  samples(): number;
  /** 0 to 255 per step, oldest first. */
  peaks(): number[];
  /** Share of silent windows, 0 to 1. */
  silentShare(): number;
}

/** @param expected samples that will come; more are counted into the last step */
export function createWaveform(expected: number): Waveform {
  const count = Math.max(1, Math.min(MOST_PEAKS, Math.ceil((expected / RATE) * PEAKS_PER_SECOND)));
  const perPeak = Math.max(1, Math.ceil(expected / count));
  const highest = new Uint16Array(count);
  let samples = 0;
  let spare: number | undefined;
  let power = 0;
  let inWindow = 0;
  let windows = 0;
  let silentWindows = 0;

  const closeWindow = () => {
    windows += 1;
    if (power < SILENT_POWER * inWindow) silentWindows += 1;
    power = 0;
    inWindow = 0;
  };
  const take = (sample: number) => {
    const step = Math.min(count - 1, Math.floor(samples / perPeak));
    const size = Math.abs(sample);
    if (size > (highest[step] ?? 0)) highest[step] = size;
    samples += 1;
    power += sample * sample;
    inWindow += 1;
    if (inWindow === WINDOW) closeWindow();
  };

  return {
    add(bytes) {
      let offset = 0;
      if (spare !== undefined && bytes.length > 0) {
        take((((bytes[0] ?? 0) << 24) >> 16) | spare);
        offset = 1;
        spare = undefined;
      }
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (; offset + 1 < bytes.length; offset += 2) take(view.getInt16(offset, true));
      if (offset < bytes.length) spare = bytes[offset];
    },
    samples: () => samples,
    peaks: () => Array.from(highest, (size) => Math.min(255, Math.round((size * 255) / 32_768))),
    silentShare() {
      if (inWindow > 0) closeWindow();
      return windows === 0 ? 1 : silentWindows / windows;
    },
  };
}
