/**
 * What somebody writes about a complaint, beside what the station holds of it. Others may take it over, name its loudspeaker or write the
 * other half meanwhile: only who changes the same words is in the way.
 *
 * @module
 */
import type { ComplaintView } from "../../../server/api/care-views.js";
import { ask, otherSideOf } from "../ask.js";
import { matching } from "../lists.js";

/** What was done, and what the resident was told; empty for nothing. */
export interface Said {
  readonly action: string;
  readonly answer: string;
}
const HALVES = ["action", "answer"] as const;

/** What was typed in each half, with what the station held of it when the first letter was. */
export type Draft = { readonly [Half in keyof Said]?: { readonly text: string; readonly base: string } };

export const saidIn = ({ action = "", answer = "" }: Pick<ComplaintView, "action" | "answer">): Said => ({
  action,
  answer,
});

/** The draft with more typed into it, over what the station holds now. */
export function typed(draft: Draft, more: Partial<Said>, held: Said): Draft {
  const halves = HALVES.flatMap((half) => {
    const text = more[half];
    return text === undefined ? [] : [[half, { text, base: draft[half]?.base ?? held[half] }]];
  });
  return { ...draft, ...Object.fromEntries(halves) };
}

/** What the fields show. */
export const shown = (draft: Draft, held: Said): Said => ({
  action: draft.action?.text ?? held.action,
  answer: draft.answer?.text ?? held.answer,
});

/** What is to be kept of it: the station takes no empty words. */
export const changeOf = (draft: Draft): Partial<Said> =>
  Object.fromEntries(
    HALVES.flatMap((half) => {
      const text = draft[half]?.text.trim() ?? "";
      return text === "" || text === draft[half]?.base ? [] : [[half, text]];
    }),
  );

/** Whether something else than the station holds would be lost with it. */
export const isUnsaved = (draft: Draft, held: Said): boolean =>
  HALVES.some((half) => draft[half] !== undefined && draft[half].text.trim() !== held[half]);

/** Whether others have written something else where this was typed. */
const isInTheWay = (draft: Draft, theirs: Said): boolean =>
  Object.keys(changeOf(draft)).some((half) => theirs[half as keyof Said] !== draft[half as keyof Said]?.base);

/** The draft, to be written over what others have written. */
export const over = (draft: Draft, theirs: Said): Draft => typed({}, changeOf(draft), theirs);

/** Somebody else has written something else there. */
export class OtherWords extends Error {
  override readonly name = "OtherWords";
  readonly theirs: Said;

  constructor(theirs: Said) {
    super();
    this.theirs = theirs;
  }
}

export interface Change extends Partial<Said> {
  readonly receiver?: string;
  readonly taken?: boolean;
}

/**
 * Changes a complaint whatever else has been changed about it meanwhile, unless that is in the way of `draft`.
 *
 * @throws OtherWords @throws Refusal
 */
export async function change(known: ComplaintView, wish: Change, draft: Draft = {}): Promise<ComplaintView> {
  const theirs = saidIn(known);
  if (isInTheWay(draft, theirs)) throw new OtherWords(theirs);
  try {
    const asked = { body: wish, revision: matching(known.revision) };
    return await ask<ComplaintView>("PATCH", `/complaints/${known.number}`, asked);
  } catch (thrown) {
    const other = otherSideOf<ComplaintView>(thrown);
    if (other === undefined) throw thrown;
    return change(other.value, wish, draft);
  }
}
