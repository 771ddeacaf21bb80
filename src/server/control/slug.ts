/**
 * Ids out of titles, so that people who read a file or an address see what it is about.
 *
 * @module
 */

import { plainLetters } from "../../base/plain-letters.js";

/** `Tiêm chủng đợt 3` → `tiem-chung-dot-3`; with a number behind it while `isTaken`. */
export function slugOf(title: string, isTaken: (slug: string) => boolean): string {
  const plain = plainLetters(title)
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 48)
    .replace(/^-+|-+$/g, "");
  const base = plain || "ban-tin";
  for (let number = 1; ; number++) {
    const slug = number === 1 ? base : `${base}-${number}`;
    if (!isTaken(slug)) return slug;
  }
}
