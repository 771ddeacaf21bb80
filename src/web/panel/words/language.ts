/**
 * The panel's two languages. Each part of the panel brings its own words in both; which is shown is the reader's choice.
 *
 * @module
 */
import { signal } from "@preact/signals";
import type { Words } from "../../../base/errors.js";

export type Language = "vi" | "en";

/** What is shown now. */
export const language = signal<Language>("vi");

type Translated<V> = {
  readonly [K in keyof V]: V[K] extends string
    ? string
    : V[K] extends readonly (readonly string[])[]
      ? V[K]
      : V[K] extends (...given: infer G) => string
        ? (...given: G) => string
        : Translated<V[K]>;
};

/** Words in both languages, of the same shape; the result gives those of the language that is shown. */
export const bilingual =
  <V extends object>(vi: V, en: Translated<V>): (() => Translated<V>) =>
  () =>
    language.value === "en" ? en : (vi as Translated<V>);

/** A sentence that the server gave in both languages. */
export const told = (words: Words): string => words[language.value];
