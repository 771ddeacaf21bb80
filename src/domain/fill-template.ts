/**
 * A form and its values become a text, whole or half filled in.
 *
 * @module
 */
import type { Words } from "../base/errors.js";
import { nearest } from "../base/nearest.js";
import type { Field, Form, TemplateValues } from "./template.js";
import { type Piece, piecesOf } from "./template-body.js";
import { writeValue } from "./template-value.js";

/** What became of a form. */
export interface Filled {
  /** The text as far as it goes; where a value is still to come stands the field's label as «label». */
  readonly text: string;
  /** The same for the ear: a hole is a pause. */
  readonly heard: string;
  /** Required fields without a value, in order. */
  readonly missing: readonly Pick<Field, "name" | "label">[];
  /** Values that cannot be used, by the name of their field. */
  readonly problems: readonly { readonly name: string; readonly words: Words }[];
  /** Who says so, when the form asks for it and it was filled in. */
  readonly source?: string;
}

/** Fills in a form. Any values are taken: what is wrong or missing is told beside the text. */
export function fill({ fields, body }: Form, values: TemplateValues): Filled {
  const given = (name: string) => (Object.hasOwn(values, name) ? values[name] : undefined);
  const written = new Map(fields.map((field) => [field.name, writeValue(field, given(field.name))]));
  const textOf = (name: string): string | undefined => {
    const value = written.get(name);
    return value && "text" in value ? value.text : undefined;
  };
  const { pieces } = piecesOf(body);
  const said = pieces.filter(
    (piece) => piece.kind !== "part" || piece.pieces.every((one) => one.kind !== "hole" || written.get(one.name)),
  );
  const pour = (hole: (name: string) => string) => tidy(said.reduce((text, piece) => poured(text, piece, hole), ""));
  const labels = new Map(fields.map(({ name, label }) => [name, `«${label.vi}»`]));
  const source = fields.flatMap(({ type, name }) => (type === "source" ? (textOf(name) ?? []) : []))[0];
  return {
    text: pour((name) => textOf(name) ?? labels.get(name) ?? "…"),
    heard: pour((name) => textOf(name) ?? "…"),
    missing: fields
      .filter(({ name, required }) => required && written.get(name) === undefined)
      .map(({ name, label }) => ({ name, label })),
    problems: [
      ...strangers(fields, values),
      ...[...written].flatMap(([name, value]) => (value && "problem" in value ? { name, words: value.problem } : [])),
    ],
    ...(source === undefined ? {} : { source }),
  };
}

/** The text with one piece more; a value that begins a sentence gets its capital letter. */
function poured(text: string, piece: Piece, hole: (name: string) => string): string {
  if (piece.kind === "words") return text + piece.text;
  if (piece.kind === "part") return piece.pieces.reduce((longer, one) => poured(longer, one, hole), text);
  const value = hole(piece.name);
  return text + (BEFORE_SENTENCE.test(text.slice(-3)) ? value.charAt(0).toUpperCase() + value.slice(1) : value);
}

const BEFORE_SENTENCE = /(?:^|[.!?…] {0,2}|\n) ?$/;

/** Takes away what a part that vanished leaves around it. */
const tidy = (text: string): string =>
  text
    .replace(/ {2,}/g, " ")
    .replace(/ +(?=[,.;:!?\n])/g, "")
    .replace(/\n +/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();

function strangers(fields: readonly Field[], values: TemplateValues): { name: string; words: Words }[] {
  const names = fields.map(({ name }) => name);
  return Object.keys(values)
    .filter((name) => !names.includes(name))
    .map((name) => {
      const meant = nearest(name, names);
      return {
        name,
        words: {
          vi: `mẫu không có trường này${meant === undefined ? "" : `; có phải «${meant}»?`}`,
          en: `the template has no such field${meant === undefined ? "" : `; did you mean "${meant}"?`}`,
        },
      };
    });
}
