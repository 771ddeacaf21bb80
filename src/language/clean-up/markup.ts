/**
 * Marks of markdown and HTML, which nobody would read aloud.
 *
 * @module
 */
import { aSpace, inTurn, type Mending, mending, nothing, onlyWith, type Step } from "./step.js";

/** Key: the name of an HTML entity. */
const ENTITIES = new Map([
  ["nbsp", " "],
  ["amp", "&"],
  ["quot", '"'],
  ["lt", "<"],
  ["gt", ">"],
  ["apos", "'"],
  ["ndash", "–"],
  ["mdash", "—"],
  ["hellip", "…"],
]);
/** What was escaped again and again on its way is taken back at once. */
const ENTITY = new RegExp(`&(?:amp;)*(${[...ENTITIES.keys()].join("|")});`, "gu");

const MARKUP: readonly Mending[] = [
  [ENTITY, (found) => ENTITIES.get(found.slice(found.lastIndexOf("&"), -1).replace(/^&(?:amp;)*/u, "")) ?? "&"],
  [/<(?:br|\/p|\/div|\/li|\/tr|\/h[1-6])\s{0,9}\/?>/giu, () => "\n"],
  [/<\/?[a-z][a-z0-9]{0,9}(?: [^<>\n]{0,300})?\/?>/giu, nothing],
  // Markdown's way to say that a sign is meant; any other backslash parts words.
  [/\\(?=[!-/:-@[-`{-~])/gu, nothing],
  [/\\/gu, aSpace],
  [/\[[^[\]\n]{1,300}\]\([^()\n]{0,500}\)/gu, (found) => found.slice(1, found.indexOf("]"))],
  [/`+|~~+|__+/gu, nothing],
  [/_(?<![\p{L}\p{N}]_)(?=[\p{L}\p{N}“"])|_(?<=[\p{L}\p{N}.,;:!?…”"]_)(?![\p{L}\p{N}])/gu, nothing],
  [/''/gu, () => '"'],
];

/** Marks inside lines; those that begin a line are told apart by the steps that know lines. */
export const markup: Step = onlyWith(/[&<\\[`~_']/, [mending(MARKUP)]);

/** Emphasis; a star before a space may be a bullet, and `*100#` is typed into a telephone. */
const emphasis = onlyWith(/\*/, [
  mending([[/\*(?<![\d*]\*)(?!\d[\d*]{0,24}#)\**(?![ *])|\*(?<=[^\s\d*]\*)\**/gu, nothing]]),
]);

/** Spaces and rules at the edges of lines, and emphasis: what must be gone before lines are judged by how they begin. */
export const edges: Step = inTurn(
  mending([
    [/ {2,}/gu, aSpace],
    [/ \n ?|\n /gu, () => "\n"],
    [/^(?:[-=_*]{3,}|[-_*](?: [-_*]){2,}|[*.…]{1,9})$/gmu, nothing],
    [/^ | $/gu, nothing],
  ]),
  emphasis,
  mending([[/^>[> ]*/gmu, nothing]]),
);
