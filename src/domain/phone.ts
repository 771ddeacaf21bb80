/**
 * Telephone numbers of Việt Nam, in the groups in which people say them.
 *
 * @module
 */

/**
 * Emergency numbers of three digits; 1800 and 1900 services; 02 with nine more digits for fixed lines; 03, 05, 07, 08, 09
 * with eight more for mobiles (numbering plan in force since 2018).
 */
const SHAPES: readonly (readonly [shape: RegExp, groups: RegExp])[] = [
  [/^1\d{2}$/, /^(\d{3})$/],
  [/^1[89]00\d{4,6}$/, /^(\d{4})(\d{4,6})$/],
  [/^02[48]\d{8}$/, /^(\d{3})(\d{4})(\d{4})$/],
  [/^02\d{9}$/, /^(\d{4})(\d{4})(\d{3})$/],
  [/^0[35789]\d{8}$/, /^(\d{4})(\d{3})(\d{3})$/],
];

/** Longest group that a listener remembers in one go, digits. */
const LONGEST_GROUP = 4;

/**
 * Reads a telephone number as people write it, with spaces, dots, hyphens, brackets or +84.
 *
 * @returns its text in groups parted by dots: as they were written when they were, else in the usual ones; `undefined`
 * when it is no number that can be called
 */
export function readPhone(written: string): { readonly text: string } | undefined {
  if (!/^\+?[\d\s.()-]{3,24}$/.test(written)) return undefined;
  const national = written.trim().replace(/^\+84[\s.-]*(?:\(?0\)?)?/, "0");
  const digits = national.replace(/\D/g, "");
  const groups = SHAPES.find(([shape]) => shape.test(digits))?.[1];
  if (groups === undefined || national.startsWith("+")) return undefined;
  const asWritten = national.split(/\D+/).filter((group) => group !== "");
  const usable = asWritten.length > 1 && asWritten.every(({ length }) => length >= 2 && length <= LONGEST_GROUP);
  return { text: (usable ? asWritten : (groups.exec(digits)?.slice(1) ?? [digits])).join(".") };
}
