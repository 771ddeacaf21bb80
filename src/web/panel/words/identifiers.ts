/**
 * Names by which the station knows things, made from what people call them. Pure.
 *
 * @module
 */

/** Longest name of a thing. */
const LONGEST = 64;

/** Small letters without marks, and hyphens; empty when nothing of the title can stand in a name. */
export const identifierFrom = (title: string): string =>
  title
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("đ", "d")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST - 4)
    .replaceAll(/^-+|-+$/g, "");

/** A name that nothing has yet, made from another. */
export function freshId(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number += 1) {
    const end = `-${number}`;
    const id = `${wanted.slice(0, LONGEST - end.length).replace(/-+$/, "")}${end}`;
    if (!taken.has(id)) return id;
  }
}
