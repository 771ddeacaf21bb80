/**
 * Looks for texts that take long for their length: random pieces, and small changes of the slowest found so far.
 *
 * @module
 */
import fc from "fast-check";
import { normalise } from "../../src/language/index.js";
import { filled, PIECES, type Text } from "./language-texts.js";

/** Units of a trial: enough to be measured, little enough for hundreds of them. */
const TRIAL = 30_000;
/** How many are kept to be changed, and shown. */
const KEPT = 4;
/** So that every run tries the same. */
const SEED = 20211125;

interface Trial {
  readonly unit: string;
  readonly taken: number;
}

const piece = fc.oneof(
  fc.constantFrom(...PIECES),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 4 }),
  fc.stringMatching(/^[0-9hgđkm%°.,:;/+\-() A-ZĐ]{1,6}$/),
);
const mixture = fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join(""));

/** The slowest mixtures of so many trials, as texts. @param spent measures a piece of work */
export function slowMixtures(trials: number, spent: (work: () => unknown) => number): Readonly<Record<string, Text>> {
  const tried = (unit: string): Trial => ({ unit, taken: spent(() => normalise(filled(unit, TRIAL))) });
  let best: readonly Trial[] = [];
  const keep = (trial: Trial) => {
    best = [...best, trial].sort((a, b) => b.taken - a.taken).slice(0, KEPT);
  };
  for (const unit of fc.sample(mixture, { numRuns: trials, seed: SEED })) keep(tried(unit));
  fc.sample(fc.tuple(fc.nat(KEPT - 1), fc.nat(40), piece), { numRuns: trials, seed: SEED + 1 }).forEach(
    ([which, place, added]) => {
      const unit = best[which]?.unit ?? "";
      keep(tried(unit.slice(0, place) + added + unit.slice(place + (place % 3))));
    },
  );
  // What took long by chance is told from what takes long by measuring again.
  return Object.fromEntries(
    best.map(({ unit }) => [`mixture ${JSON.stringify(unit)}`, (length: number) => filled(unit, length)]),
  );
}
