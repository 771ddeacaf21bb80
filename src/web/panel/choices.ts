/**
 * What this browser remembers of whoever uses it: the language.
 *
 * @module
 */
import { type Language, language } from "./words/language.js";

const LANGUAGE = "loa-language";

/** Shows this language from now on, in this browser. */
export function chooseLanguage(chosen: Language): void {
  localStorage.setItem(LANGUAGE, chosen);
  show(chosen);
}

/** Shows the panel as it was left. */
export function recallChoices(): void {
  show(localStorage.getItem(LANGUAGE) === "en" ? "en" : "vi");
}

function show(chosen: Language): void {
  document.documentElement.lang = chosen;
  language.value = chosen;
}
