/**
 * How a station reads texts, as `language` in its `config/station.json` says; its readings come from elsewhere.
 *
 * @module
 */
import type { NormaliseOptions } from "../language/index.js";
import type { Settings } from "./config.js";

/** What `normalise` must be told besides the readings. */
export function readingOptions({ language }: Pick<Settings, "language">): Omit<NormaliseOptions, "lexicon"> {
  const { thousand, zero, region, parts } = language;
  return { numbers: { thousand, and: zero }, region, parts };
}
