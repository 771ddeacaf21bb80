/**
 * How a text will be read and what the checks say about it, while it is being typed.
 *
 * @module
 */
import type { CheckView } from "../../../server/api/editorial-views.js";
import type { SpokenView } from "../../../server/api/views.js";
import { ask } from "../ask.js";
import { useAsked } from "../pieces/asked.js";
import { type Draft, voiceOf } from "./draft.js";

export interface Reading {
  /** Of the newest text that has been answered; absent without a text. */
  readonly value: (SpokenView & Pick<CheckView, "findings">) | undefined;
  readonly wrong: string | undefined;
}

/** @param taught rises when a reading was taught: the same text may then be read otherwise */
export function useReading(draft: Draft, taught: number): Reading {
  const { text, class: of, topic, source } = draft;
  const voice = voiceOf(draft);
  const about = { text, voice, class: of, topic, ...(source.trim() === "" ? {} : { source }) };
  const question = text.trim() === "" ? undefined : JSON.stringify({ ...about, taught });
  return useAsked(question, async () => {
    const [spoken, { findings }] = await Promise.all([
      ask<SpokenView>("POST", "/normalize", { body: { text, voice } }),
      ask<CheckView>("POST", "/checks", { body: about }),
    ]);
    return { ...spoken, findings };
  });
}
