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
/** Vowels that a consonant may follow. */
const NUCLEI = "a ă â e ê i o ô ơ u ư y oa oă oe oo uâ uê uy uă ua iê yê uô ươ uyê uyu";
/** Vowels, and what may end the syllable after them. */
const RIMES: readonly (readonly [vowels: string, ends: string])[] = [
  ["oa oe uê uy ua uơ a e ê i o ô ơ u ư y ia ya iê yê ưa ươ uô", ""],
  [NUCLEI, "ng nh m n"],
  ["a â ă oa ua uâ ô ơ u ư o uô ươ", "i y"],
  ["a â e ê i ư oa oe iê yê ươ ue uy ua", "o u"],
];
/** Before these the breath stops: such a syllable has the acute tone or the dot below, and no other. */
const STOPPED: readonly (readonly [vowels: string, ends: string])[] = [[NUCLEI, "c ch p t"]];
/** The five written tones. */
const [GRAVE, ACUTE, HOOK, TILDE, DOT_BELOW] = ["\u0300", "\u0301", "\u0309", "\u0303", "\u0323"] as const;
/** `nghiêng` has seven letters. */
const LONGEST = 7;

/** The vowels with each tone on each of their letters: where it stands is a matter of taste. */
const toned = (vowels: string, tones: readonly string[]): readonly string[] =>
  [...vowels].flatMap((letter, at) =>
    tones.map((tone) => vowels.slice(0, at) + (letter + tone).normalize("NFC") + vowels.slice(at + 1)),
  );

const rimesOf = (table: typeof RIMES, said: (vowels: string) => readonly string[]): readonly string[] =>
  table.flatMap(([vowels, ends]) =>
    vowels.split(" ").flatMap((vowel) => ends.split(" ").flatMap((end) => said(vowel).map((rime) => rime + end))),
  );
const asTheyStand = (vowels: string): readonly string[] => [vowels];

/** Some two thousand: looking a word up is ten times quicker than taking it apart. */
const READABLE = new Set([
  ...rimesOf(RIMES, (vowels) => [vowels, ...toned(vowels, [GRAVE, ACUTE, HOOK, TILDE, DOT_BELOW])]),
  ...rimesOf(STOPPED, (vowels) => toned(vowels, [ACUTE, DOT_BELOW])),
]);
const TONELESS = new Set(rimesOf(STOPPED, asTheyStand));
/** What is left of rimes where neither tones nor the marks of vowels are typed. */
const BARE = new Set(rimesOf([...RIMES, ...STOPPED], (vowels) => [vowels.normalize("NFD").replace(/\p{M}/gu, "")]));

/**
 * What the spelling says of a word: `syllable` can be read; `toneless` lacks the tone that its end asks for (`hop`, `luc`);
 * `other` is neither.
 */
type Spelling = "syllable" | "toneless" | "other";

/** Words judged lately: a text has few different ones, and most are said again and again. */
const judged = new Map<string, Spelling>();
const MOST_JUDGED = 8_192;

function spellingOf(word: string): Spelling {
  if (word.length > LONGEST) return "other";
  const known = judged.get(word);
  if (known !== undefined) return known;
  if (judged.size >= MOST_JUDGED) judged.clear();
  const letters = word.toLowerCase();
  const spelling = isBuilt(letters, READABLE) ? "syllable" : isBuilt(letters, TONELESS) ? "toneless" : "other";
  judged.set(word, spelling);
  return spelling;
}

/** @param word one word in composed letters (NFC), in any case */
export const isSyllable = (word: string): boolean => spellingOf(word) === "syllable";

/** Whether a word is a syllable, or would be one with a tone: in addresses and short forms tones are left off. */
export const isSyllableOrToneless = (word: string): boolean => spellingOf(word) !== "other";

/** Whether a word is what is left of a syllable where accents are not typed: `thong`, `nguoi`; also `hoa`, which needs none. */
export const isBareSyllable = (word: string): boolean =>
  word.length <= LONGEST && /^[a-z]+$/iu.test(word) && isBuilt(word.toLowerCase(), BARE);

function isBuilt(letters: string, rimes: ReadonlySet<string>): boolean {
  for (let onset = 0; onset <= 3; onset++) {
    if (rimes.has(letters.slice(onset)) && ONSETS.has(letters.slice(0, onset))) return true;
  }
  return false;
}
