/**
 * Whether a word can be read by the rules of Vietnamese spelling.
 *
 * Every Vietnamese syllable is an onset, a rime and a tone, and all of them can be listed. A word that is none (`UBND`,
 * `Bluezone`) needs a reading from somebody. The lists are wider than the dictionary: they say what can be read aloud, not
 * what means something.
 *
 * @module
 */
const ONSET = "(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?";
const RIME = [
  "(?:oa|oe|uê|uy|ua|uơ)",
  "(?:[aeêioôơuưy]|ia|ya|iê|yê|ưa|ươ|uô)",
  "(?:[aăâeêioôơuưy]|oa|oă|oe|oo|uâ|uê|uy|uă|ua|iê|yê|uô|ươ|uyê|uyu)(?:ch|ng|nh|[cmnpt])",
  "(?:[aâă]|oa|ua|uâ|[ôơuưo]|uô|ươ)(?:i|y)",
  "(?:[aâeêiư]|oa|oe|iê|yê|ươ|ue|uy|ua)(?:o|u)",
].join("|");
const SYLLABLE = new RegExp(`^${ONSET}(?:${RIME})$`, "u");
/** Grave, acute, hook, tilde, dot below: the five written tones. */
const TONES = /[\u0300\u0301\u0309\u0303\u0323]/gu;
/** `nghiêng` has seven letters. */
const LONGEST = 7;

/** @param word one word in composed letters (NFC), in any case */
export function isSyllable(word: string): boolean {
  if (word.length > LONGEST) return false;
  const letters = word.toLowerCase().normalize("NFD");
  const toneCount = letters.match(TONES)?.length ?? 0;
  return toneCount <= 1 && SYLLABLE.test(letters.replaceAll(TONES, "").normalize("NFC"));
}
