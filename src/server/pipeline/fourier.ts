/**
 * Finding a short sound in a long one: how well each place of the long one fits it, by Fourier transforms piece after piece.
 *
 * @module
 */

/** Samples of one transform. */
const SIZE = 16_384;

/** A sound with its phase: real and imaginary parts. */
export interface Analytic {
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

const COSINES = Float64Array.from({ length: SIZE / 2 }, (_, index) => Math.cos((2 * Math.PI * index) / SIZE));
const SINES = Float64Array.from({ length: SIZE / 2 }, (_, index) => -Math.sin((2 * Math.PI * index) / SIZE));

/**
 * How well `wanted` fits at each sample of `sound`, whatever its phase. One step for each piece, a few milliseconds of work.
 *
 * @returns as many values as there are samples, as the last value of the generator
 */
export function* fitOf(sound: Int16Array, wanted: Analytic): Generator<void, Float32Array> {
  const length = wanted.real.length;
  const template = { real: new Float64Array(SIZE), imaginary: new Float64Array(SIZE) };
  template.real.set(wanted.real);
  template.imaginary.set(wanted.imaginary);
  transform(template);
  const fit = new Float32Array(sound.length);
  const hop = SIZE - length + 1;
  const piece = { real: new Float64Array(SIZE), imaginary: new Float64Array(SIZE) };
  for (let start = 0; start < sound.length; start += hop) {
    piece.imaginary.fill(0);
    for (let index = 0; index < SIZE; index++) piece.real[index] = (sound[start + index] ?? 0) / 32_768;
    transform(piece);
    correlate(piece, template);
    transform(piece);
    const count = Math.min(hop, sound.length - start);
    for (let index = 0; index < count; index++)
      fit[start + index] = Math.hypot(piece.real[index] ?? 0, piece.imaginary[index] ?? 0) / SIZE;
    yield;
  }
  return fit;
}

/** Leaves in `piece` the conjugate of its spectrum times the conjugate of the template's: transformed again, that is the way back. */
function correlate(piece: Analytic, template: Analytic): void {
  for (let index = 0; index < SIZE; index++) {
    const [a, b] = [piece.real[index] ?? 0, piece.imaginary[index] ?? 0];
    const [c, d] = [template.real[index] ?? 0, template.imaginary[index] ?? 0];
    piece.real[index] = a * c + b * d;
    piece.imaginary[index] = -(b * c - a * d);
  }
}

/** In place, decimation in time. */
function transform({ real, imaginary }: Analytic): void {
  for (let index = 1, other = 0; index < SIZE; index++) {
    let bit = SIZE >> 1;
    for (; other & bit; bit >>= 1) other ^= bit;
    other ^= bit;
    if (index >= other) continue;
    swap(real, index, other);
    swap(imaginary, index, other);
  }
  for (let half = 1; half < SIZE; half *= 2) {
    const stride = SIZE / (2 * half);
    for (let start = 0; start < SIZE; start += 2 * half)
      for (let index = 0; index < half; index++) {
        const [cosine, sine] = [COSINES[index * stride] ?? 0, SINES[index * stride] ?? 0];
        const [low, high] = [start + index, start + index + half];
        const [x, y] = [real[high] ?? 0, imaginary[high] ?? 0];
        const turned = x * cosine - y * sine;
        const turnedToo = x * sine + y * cosine;
        real[high] = (real[low] ?? 0) - turned;
        imaginary[high] = (imaginary[low] ?? 0) - turnedToo;
        real[low] = (real[low] ?? 0) + turned;
        imaginary[low] = (imaginary[low] ?? 0) + turnedToo;
      }
  }
}

function swap(values: Float64Array, one: number, other: number): void {
  const kept = values[one] ?? 0;
  values[one] = values[other] ?? 0;
  values[other] = kept;
}
