/**
 * An id from a title, for what the panel makes: small letters without marks. The station refuses one that is taken.
 *
 * @module
 */
import { plainLetters } from "../../../base/plain-letters.js";

/** Longest id that the panel makes: the station's own limits are a little wider. */
const LONGEST = 60;

export const idOf = (title: string): string =>
  plainLetters(title)
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST)
    .replaceAll(/^-+|-+$/g, "");
