/**
 * What a change was, as the audit keeps it: the fields that differ, without secrets, and apart from the rest those that may
 * hold somebody's personal data, so that they can be erased one day.
 *
 * @module
 */

/** A thing before and after; a side is absent when the thing was not there yet, or is no more. */
export interface Sides {
  readonly before?: object | undefined;
  readonly after?: object | undefined;
}

export interface Change extends Sides {
  /** Fields with words that people wrote freely; absent when none of them differs. */
  readonly personal?: Sides;
}

/** Stands for a secret: that it changed is told, what it is never. */
export const HIDDEN = "•••";

const SECRET =
  /^(?:pass(?:word|phrase)|secrets?|tokens?|codes?|recovery|salt|totp|seed|privateKey|words)$|(?:Hash|Secret|Password|Token|Code)$|^hash$/;

/** Fields in which people write freely: a text may name a patient, a reason may name a neighbour. */
const PERSONAL: ReadonlySet<string> = new Set([
  ...["text", "spokenText", "reading", "template", "findings", "decisions", "returned"],
  ...["contact", "phone", "email", "note"],
]);

/** The fields that differ between the two sides. Objects are compared by what they hold. */
export function changeOf({ before, after }: Sides): Change {
  const was = fieldsOf(before);
  const is = fieldsOf(after);
  const differing = [...new Set([...was.keys(), ...is.keys()])].filter((name) => !isSame(was.get(name), is.get(name)));
  const side = (fields: ReadonlyMap<string, unknown>, names: readonly string[]) =>
    Object.fromEntries(names.flatMap((name) => (fields.has(name) ? [[name, hidden(name, fields.get(name))]] : [])));
  const both = (names: readonly string[]): Sides => ({
    ...(before === undefined ? {} : { before: side(was, names) }),
    ...(after === undefined ? {} : { after: side(is, names) }),
  });
  const personal = differing.filter((name) => PERSONAL.has(name));
  return {
    ...both(differing.filter((name) => !PERSONAL.has(name))),
    ...(personal.length === 0 ? {} : { personal: both(personal) }),
  };
}

const fieldsOf = (value: object | undefined): ReadonlyMap<string, unknown> =>
  new Map(Object.entries(value ?? {}).filter(([, field]) => field !== undefined));

/** A code book of pairs must not tell `words` of a sentence apart from words that prove a device: only lists are secret. */
function hidden(name: string, value: unknown): unknown {
  if (SECRET.test(name) && !(name === "words" && !Array.isArray(value))) return HIDDEN;
  if (Array.isArray(value)) return value.map((item) => hidden("", item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([inner, field]) => (field === undefined ? [] : [[inner, hidden(inner, field)]])),
  );
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  const [was, is] = [fieldsOf(one), fieldsOf(other)];
  return (
    Array.isArray(one) === Array.isArray(other) &&
    was.size === is.size &&
    [...was].every(([name, field]) => is.has(name) && isSame(field, is.get(name)))
  );
}
