/**
 * What the station says of something that is being typed: asked once whoever types rests.
 *
 * @module
 */
import { useEffect, useState } from "preact/hooks";
import { systemClock } from "../../../base/clock.js";
import { type Ms, ms } from "../../../base/units.js";
import { sentenceOf } from "../ask.js";

/** Between the last letter and the question. */
const REST: Ms = ms(400);

export interface Asked<T> {
  /** The newest answer, also while another is waited for. */
  readonly value: T | undefined;
  /** Whether the answer is to the present question. */
  readonly isCurrent: boolean;
  /** Why there is no answer, in words. */
  readonly wrong: string | undefined;
}

/** @param question a text that changes with what is asked; nothing is asked, and nothing answered, while it is absent */
export function useAsked<T>(question: string | undefined, askIt: () => Promise<T>): Asked<T> {
  const [answered, setAnswered] = useState<{ readonly to: string; readonly value?: T; readonly wrong?: string }>();
  useEffect(() => {
    if (question === undefined) return setAnswered(undefined);
    let isOver = false;
    const go = async () => {
      try {
        const value = await askIt();
        if (!isOver) setAnswered({ to: question, value });
      } catch (thrown) {
        if (!isOver) setAnswered((before) => ({ ...before, to: question, wrong: sentenceOf(thrown) }));
      }
    };
    const cancel = systemClock.after(REST, () => void go());
    return () => {
      isOver = true;
      cancel();
    };
  }, [question]);
  const isCurrent = question !== undefined && answered?.to === question;
  return { value: answered?.value, isCurrent, wrong: isCurrent ? answered?.wrong : undefined };
}
