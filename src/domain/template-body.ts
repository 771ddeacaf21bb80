/**
 * The body of a template in pieces: words, holes, and parts that vanish when they have nothing to say.
 *
 * @module
 */
import type { Words } from "../base/errors.js";
import type { Field, Form, Template } from "./template.js";

export type Piece =
  | { readonly kind: "words"; readonly text: string }
  | { readonly kind: "hole"; readonly name: string }
  | { readonly kind: "part"; readonly pieces: readonly Piece[] };

const MARKS = /\{\{([a-zA-Z0-9]{1,40})\}\}|\[\[|\]\]|\{\{|\}\}/g;

/** Cuts a body at its marks. Marks that do not fit together are told in `problems` and left out of the pieces. */
export function piecesOf(body: string): { readonly pieces: readonly Piece[]; readonly problems: readonly Words[] } {
  const problems: Words[] = [];
  const whole: Piece[] = [];
  let part: Piece[] | undefined;
  let from = 0;
  const add = (piece: Piece) => void (part ?? whole).push(piece);
  const upTo = (end: number) => {
    if (end > from) add({ kind: "words", text: body.slice(from, end) });
  };
  for (const { 0: mark, 1: name, index } of body.matchAll(MARKS)) {
    upTo(index);
    from = index + mark.length;
    if (name !== undefined) add({ kind: "hole", name });
    else if (mark === "[[" && part === undefined) part = [];
    else if (mark === "]]" && part !== undefined) {
      whole.push({ kind: "part", pieces: part });
      part = undefined;
    } else problems.push(strayMark(mark));
  }
  upTo(body.length);
  if (part !== undefined) problems.push(openPart);
  return { pieces: part ? [...whole, ...part] : whole, problems };
}

/** The names of the holes, in order; a part's own holes only when it is asked for its pieces. */
export const holesOf = (pieces: readonly Piece[]): readonly string[] =>
  pieces.flatMap((piece) => (piece.kind === "hole" ? [piece.name] : []));

/** Something wrong with a template that no single field can say. */
export interface TemplateProblem {
  readonly path: readonly (string | number)[];
  readonly words: Words;
}

/** Everything that is wrong with a template beyond its form; none for one that can be filled in. */
export function templateProblems(template: Template): readonly TemplateProblem[] {
  const { fields, allClear, correction } = template;
  const follows = Object.entries({ allClear, correction }).flatMap(([name, part]) => (part ? [{ name, part }] : []));
  const missing = ["allClear", "correction"].filter((name) => !follows.some((follow) => follow.name === name));
  return [
    ...(template.class === "emergency" ? missing.map((name) => ({ path: [name], words: noFollowUp })) : []),
    ...fieldProblems(fields, ["fields"]),
    ...bodyProblems({ ...template, fields }, ["body"]),
    ...follows.flatMap(({ name, part }) => [
      ...fieldProblems([...fields, ...part.fields], [name, "fields"], fields.length),
      ...bodyProblems({ ...part, fields: [...fields, ...part.fields] }, [name, "body"]),
      ...unused(part.fields, [part.body], [name, "fields"]),
    ]),
    ...unused(fields, [template.body], ["fields"]),
  ];
}

/** @param own where in `fields` those begin that stand at `path` */
function fieldProblems(fields: readonly Field[], path: readonly string[], own = 0): TemplateProblem[] {
  return fields.flatMap((field, index) => {
    if (index < own) return [];
    const here = [...path, index - own];
    const isRepeated = fields.findIndex(({ name }) => name === field.name) !== index;
    const isBackwards = "min" in field && field.min > field.max;
    return [
      ...(isRepeated ? [{ path: [...here, "name"], words: usedTwice(field.name) }] : []),
      ...(isBackwards ? [{ path: [...here, "max"], words: maxBelowMin }] : []),
    ];
  });
}

function bodyProblems({ body, fields }: Pick<Form, "body" | "fields">, path: readonly string[]): TemplateProblem[] {
  const { pieces, problems } = piecesOf(body);
  const known = new Map(fields.map((field) => [field.name, field]));
  const inside = pieces.flatMap((piece) => (piece.kind === "part" ? [holesOf(piece.pieces)] : []));
  const outside = holesOf(pieces);
  const isRequired = (name: string) => known.get(name)?.required ?? false;
  const found = [
    ...problems,
    ...[...outside, ...inside.flat()].filter((name) => !known.has(name)).map(noField),
    ...outside.filter((name) => known.has(name) && !isRequired(name)).map(mayBeEmpty),
    ...inside.filter((names) => names.every(isRequired)).map(() => neverVanishes),
  ];
  return found.map((words) => ({ path, words }));
}

function unused(fields: readonly Field[], bodies: readonly string[], path: readonly string[]): TemplateProblem[] {
  return fields.flatMap(({ name }, index) =>
    bodies.some((body) => body.includes(`{{${name}}}`)) ? [] : [{ path: [...path, index, "name"], words: idle(name) }],
  );
}

const strayMark = (mark: string): Words => ({
  vi: `dấu ${mark} không có cặp; một chỗ trống viết là {{ten}}, một phần có thể bỏ viết là [[ … ]] và không lồng nhau`,
  en: `the mark ${mark} has no partner; a hole is written {{name}}, an optional part [[ … ]] without another inside`,
});
const openPart: Words = { vi: "phần [[ chưa được đóng bằng ]]", en: "a part [[ is not closed by ]]" };
const noField = (name: string): Words => ({
  vi: `không có trường «${name}» trong fields`,
  en: `there is no field "${name}" among the fields`,
});
const mayBeEmpty = (name: string): Words => ({
  vi: `trường «${name}» được để trống nên phải nằm trong [[ … ]]`,
  en: `the field "${name}" may be empty, so it must stand between [[ and ]]`,
});
const neverVanishes: Words = {
  vi: "phần [[ … ]] không có trường nào được để trống, nên không bao giờ bỏ đi được",
  en: "a part [[ … ]] holds no field that may be empty, so it never vanishes",
};
const idle = (name: string): Words => ({
  vi: `trường «${name}» không dùng ở đâu trong lời`,
  en: `the field "${name}" is used nowhere in the wording`,
});
const usedTwice = (name: string): Words => ({ vi: `«${name}» đã dùng ở trên`, en: `"${name}" is used above` });
const maxBelowMin: Words = { vi: "giới hạn trên nhỏ hơn giới hạn dưới", en: "the upper limit is below the lower" };
const noFollowUp: Words = {
  vi: "thiếu mục này: mẫu khẩn cấp phải có sẵn lời báo hết nguy hiểm và lời đính chính",
  en: "is missing: an emergency template needs its all-clear and its correction",
};
