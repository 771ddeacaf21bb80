/**
 * Whether a word can be read by the rules of Vietnamese spelling.
 *
 * Every Vietnamese syllable is an onset, a rime and a tone, and all of them can be listed. A word that is none (`UBND`,
 * `Bluezone`) needs a reading from somebody. The lists are wider than the dictionary: they say what can be read aloud, not
 * what means something.
 *
 * @module
 */
const ONSETS = new Set(" b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split(" "));
/** Vowels, and what may end the syllable after them. */
const RIMES: readonly (readonly [vowels: string, ends: string])[] = [
  ["oa oe uê uy ua uơ a e ê i o ô ơ u ư y ia ya iê yê ưa ươ uô", ""],
  ["a ă â e ê i o ô ơ u ư y oa oă oe oo uâ uê uy uă ua iê yê uô ươ uyê uyu", "ch ng nh c m n p t"],
  ["a â ă oa ua uâ ô ơ u ư o uô ươ", "i y"],
  ["a â e ê i ư oa oe iê yê ươ ue uy ua", "o u"],
];
/** Grave, acute, hook, tilde, dot below: the five written tones. */
const TONES = ["\u0300", "\u0301", "\u0309", "\u0303", "\u0323"];
/** `nghiêng` has seven letters. */
const LONGEST = 7;

/** The vowels as they are, and with each tone on each of their letters: where it stands is a matter of taste. */
const toned = (vowels: string): readonly string[] => [
  vowels,
  ...[...vowels].flatMap((letter, at) =>
    TONES.map((tone) => vowels.slice(0, at) + (letter + tone).normalize("NFC") + vowels.slice(at + 1)),
  ),
];

/** Some three thousand: looking a word up is ten times quicker than taking it apart. */
const READABLE = new Set(
  RIMES.flatMap(([vowels, ends]) =>
    vowels.split(" ").flatMap((vowel) => ends.split(" ").flatMap((end) => toned(vowel).map((rime) => rime + end))),
  ),
);

/** Words judged lately: a text has few different ones, and most are said again and again. */
const judged = new Map<string, boolean>();
const MOST_JUDGED = 8_192;

/** @param word one word in composed letters (NFC), in any case */
export function isSyllable(word: string): boolean {
  if (word.length > LONGEST) return false;
  const known = judged.get(word);
  if (known !== undefined) return known;
  if (judged.size >= MOST_JUDGED) judged.clear();
  const verdict = isBuilt(word.toLowerCase());
  judged.set(word, verdict);
  return verdict;
}

function isBuilt(letters: string): boolean {
  for (let onset = 0; onset <= 3; onset++) {
    if (READABLE.has(letters.slice(onset)) && ONSETS.has(letters.slice(0, onset))) return true;
  }
  return false;
}
