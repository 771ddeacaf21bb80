/**
 * The station's readings: those of `config/lexicon.json` and those that people taught, which win.
 *
 * @module
 */
import { type LexiconEntry, readingKey } from "../domain/lexicon.js";

/**
 * Both together, as {@link normalise} takes them. A taught reading without a condition takes the place of everything that
 * the file says about the same form: whoever teaches it means it to be heard.
 *
 * @param file from `config/lexicon.json`
 * @param taught in the order in which they were taught
 */
export function mergedReadings(
  file: readonly LexiconEntry[],
  taught: readonly LexiconEntry[],
): readonly LexiconEntry[] {
  const replaced = new Set(taught.filter(({ context }) => context === undefined).map(formOf));
  const keys = new Set(taught.map(readingKey));
  return [...file.filter((entry) => !replaced.has(formOf(entry)) && !keys.has(readingKey(entry))), ...taught];
}

const formOf = ({ written, anyCase }: LexiconEntry): string =>
  `${anyCase === true} ${anyCase ? written.toLowerCase() : written}`;
