/**
 * The readings that the program comes with, by theme. Of two for the same form the later is asked first.
 *
 * @module
 */
import type { LexiconEntry } from "../../domain/lexicon.js";
import { BODIES } from "./bodies.js";
import { BRANDS } from "./brands.js";
import { ECONOMY, EDUCATION } from "./education.js";
import { FOREIGN } from "./foreign.js";
import { HEALTH } from "./health.js";
import { OFFICE } from "./office.js";
import { ORDER } from "./order.js";
import { PAPERS } from "./papers.js";
import { PLACES } from "./places.js";
import { SIGNS } from "./signs.js";
import { TITLES } from "./titles.js";

export const SHIPPED: readonly LexiconEntry[] = [
  ...SIGNS,
  ...FOREIGN,
  ...BRANDS,
  ...PLACES,
  ...ECONOMY,
  ...EDUCATION,
  ...ORDER,
  ...HEALTH,
  ...TITLES,
  ...OFFICE,
  ...PAPERS,
  ...BODIES,
];
