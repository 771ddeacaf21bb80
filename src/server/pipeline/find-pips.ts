/**
 * When the pips of two loudspeakers are heard in a recording, by a matched filter.
 *
 * Both patterns are looked for as a whole first, so that noise in the place of one pip misleads nobody; then each pip by itself,
 * where the first strong arrival counts and not the loudest, which may be an echo. The telephone's own clock is a little fast or
 * slow: both patterns are fitted with one speed.
 *
 * @module
 */
import { PIPS_MS, type PipSide, type PipsHeard, TURN_MS } from "../../domain/alignment.js";
import { fitOf } from "./fourier.js";
import { pip } from "./pips.js";

/** Rate of the recordings that are looked through, Hz. */
export const PIP_RATE = 16_000;
const PER_MS = PIP_RATE / 1000;
/** The other may be this far from its place, ms: farther, and a pip of the reference itself could be taken for it. */
const REACH_MS = 500;
/** A pip lies within this of its place in the pattern, ms: a telephone's clock, and echoes. */
const WINDOW_MS = 25;
/** An arrival this strong beside the strongest counts, when it comes first. */
const FIRST_SHARE = 0.5;
/** A pip stands out of the rest by this factor. */
const STANDS_OUT = 5;
/** A pip farther from the fitted pattern is none, ms. */
const STRAY_MS = 3;
/** Telephones' clocks are better than this. */
const MOST_SKEW = 5e-4;
/** So many pips of each must fit. */
const FEWEST = 3;
/** More is a misunderstanding, ms. */
const MOST_SPREAD_MS = 4;

/** A recording that began late lacks the first pips, but not more than half, ms. */
const EARLIEST = -(PIPS_MS[2] ?? 0);

/** What was found, or whose pips were not. */
export type PipSearch =
  | { readonly kind: "heard"; readonly heard: PipsHeard }
  | { readonly kind: "missing"; readonly side: PipSide }
  | { readonly kind: "unsteady" };

/** Looks through a recording, in short steps of work. @param samples mono at {@link PIP_RATE} */
export function* findPips(samples: Int16Array): Generator<void, PipSearch> {
  const fits = {
    reference: yield* fitOf(samples, pip("reference", PIP_RATE)),
    other: yield* fitOf(samples, pip("other", PIP_RATE)),
  };
  const [rough, roughOther] = [bins(fits.reference), bins(fits.other)];
  const found = {
    reference: bestStart(rough, EARLIEST, rough.length),
    other: bestStart(roughOther, EARLIEST, roughOther.length),
  };
  // The clearer of the two says where the other one must be.
  const lead: PipSide = found.reference.clarity >= found.other.clarity ? "reference" : "other";
  const start = found[lead].start - (lead === "other" ? TURN_MS : 0);
  const other =
    lead === "other" ? found.other : bestStart(roughOther, start + TURN_MS - REACH_MS, start + TURN_MS + REACH_MS);
  const reference = lead === "reference" ? found.reference : bestStart(rough, start - REACH_MS, start + REACH_MS);
  const arrivals = {
    reference: arrivalsIn(fits.reference, reference.start),
    other: arrivalsIn(fits.other, other.start),
  };
  const weaker: PipSide = arrivals.reference.length < arrivals.other.length ? "reference" : "other";
  if (arrivals[weaker].length < FEWEST) return { kind: "missing", side: weaker };
  return fitBoth(arrivals);
}

/** The strongest of each millisecond, in units of what is usual. */
function bins(fit: Float32Array): Float32Array {
  const count = Math.floor(fit.length / PER_MS);
  const strongest = new Float32Array(count);
  for (let bin = 0; bin < count; bin++)
    for (let index = bin * PER_MS; index < (bin + 1) * PER_MS; index++)
      strongest[bin] = Math.max(strongest[bin] ?? 0, fit[index] ?? 0);
  const usual = usualOf(strongest);
  return strongest.map((value) => value / usual);
}

/** Where the whole pattern fits best, by the place of its beginning; each pip counts to a limit, lest one noise outweigh all. */
function bestStart(
  strongest: Float32Array,
  from: number,
  to: number,
): { readonly start: number; readonly clarity: number } {
  let best = { start: 0, clarity: -1 };
  const first = PIPS_MS[0] ?? 0;
  const least = Math.max(Math.floor(from), EARLIEST);
  for (let start = least; start < Math.min(to, strongest.length - first); start++) {
    let clarity = 0;
    for (const at of PIPS_MS)
      clarity += Math.min(50, Math.max(...[-2, -1, 0, 1, 2].map((shift) => strongest[start + at + shift] ?? 0)));
    if (clarity > best.clarity) best = { start, clarity };
  }
  return best;
}

interface Arrival {
  /** Where it belongs in the pattern, and when it was heard, ms. */
  readonly place: number;
  readonly at: number;
}

function arrivalsIn(fit: Float32Array, start: number): Arrival[] {
  const usual = usualOf(fit);
  return PIPS_MS.flatMap((place) => {
    const at = firstArrival(fit, (start + place) * PER_MS, usual);
    return at === undefined ? [] : [{ place, at }];
  });
}

/** The first strong arrival near a sample, ms, to a fraction of a sample. */
function firstArrival(fit: Float32Array, middle: number, usual: number): number | undefined {
  const [from, to] = [Math.max(1, middle - WINDOW_MS * PER_MS), Math.min(fit.length - 1, middle + WINDOW_MS * PER_MS)];
  let strongest = 0;
  for (let index = from; index < to; index++) strongest = Math.max(strongest, fit[index] ?? 0);
  if (strongest < usual * STANDS_OUT) return undefined;
  for (let index = from; index < to; index++) {
    const [before, here, after] = [fit[index - 1] ?? 0, fit[index] ?? 0, fit[index + 1] ?? 0];
    if (here < strongest * FIRST_SHARE || here < before || here < after) continue;
    const bend = before - 2 * here + after;
    return (index + (bend === 0 ? 0 : (before - after) / (2 * bend))) / PER_MS;
  }
  return undefined;
}

/** Fits both patterns with one speed, and leaves out what strays. */
function fitBoth(arrivals: Record<PipSide, readonly Arrival[]>): PipSearch {
  const kept = { reference: steady(arrivals.reference), other: steady(arrivals.other) };
  for (const side of ["reference", "other"] as const) if (kept[side].length < FEWEST) return { kind: "missing", side };
  const groups = [kept.reference, kept.other].map((group) => ({
    group,
    place: meanOf(group.map(({ place }) => place)),
    at: meanOf(group.map(({ at }) => at)),
  }));
  let [shared, squared] = [0, 0];
  for (const { group, place, at } of groups)
    for (const one of group) {
      shared += (one.place - place) * (one.at - at);
      squared += (one.place - place) ** 2;
    }
  const speed = shared / squared;
  if (!(Math.abs(speed - 1) <= MOST_SKEW)) return { kind: "unsteady" };
  const [reference = 0, other = 0] = groups.map(({ place, at }) => at - speed * place);
  const rest = groups.flatMap(({ group, place, at }) => group.map((one) => one.at - at - speed * (one.place - place)));
  const spreadMs = Math.sqrt(meanOf(rest.map((value) => value ** 2)));
  if (spreadMs > MOST_SPREAD_MS) return { kind: "unsteady" };
  return {
    kind: "heard",
    heard: {
      laterMs: (other - reference) / speed - TURN_MS,
      spreadMs,
      reference: kept.reference.length,
      other: kept.other.length,
    },
  };
}

/** Those that agree with the middle one. */
function steady(arrivals: readonly Arrival[]): readonly Arrival[] {
  const middle = medianOf(Float32Array.from(arrivals, ({ at, place }) => at - place));
  return arrivals.filter(({ at, place }) => Math.abs(at - place - middle) <= STRAY_MS + MOST_SKEW * 10_000);
}

/** What is there without pips. A telephone that removes noise leaves none, and then anything would stand out. */
function usualOf(fit: Float32Array): number {
  const strongest = fit.reduce((most, value) => Math.max(most, value), 1e-12);
  return Math.max(medianOf(fit), strongest / 100);
}

const meanOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

function medianOf(values: Float32Array): number {
  // Of a long list a part says as much: every so many.
  const step = Math.max(1, Math.floor(values.length / 20_000));
  const part = values.filter((_, index) => index % step === 0).sort();
  return part[Math.floor(part.length / 2)] ?? 0;
}
