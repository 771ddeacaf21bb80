/**
 * The answer to a complaint while it is written, saved, and given.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { ComplaintView } from "../../../server/api/care-views.js";
import { ask } from "../ask.js";
import { useUnsaved } from "../leaving.js";
import { useAct } from "../pieces/act.js";
import * as drafts from "./answer-draft.js";

export interface Answered {
  readonly complaint: ComplaintView;
  /** Told what the station holds of it after each change. */
  readonly onKept: (now: ComplaintView) => void;
  readonly onClosed: (now: ComplaintView) => void;
}

export function useAnswer({ complaint, onKept, onClosed }: Answered) {
  const { busy, wrong, act } = useAct();
  const [draft, setDraft] = useState<drafts.Draft>({});
  const [theirs, setTheirs] = useState<drafts.Said>();
  const [isSaved, setIsSaved] = useState(false);
  const held = drafts.saidIn(complaint);
  const markSaved = useUnsaved(drafts.isUnsaved(draft, held) && "unsaved");
  const keep = async () => {
    const wish = drafts.changeOf(draft);
    if (Object.keys(wish).length === 0) return;
    const now = await drafts.change(complaint, wish, draft);
    // What was typed meanwhile stays.
    setDraft((later) => (later === draft ? {} : drafts.over(later, drafts.saidIn(now))));
    onKept(now);
  };
  /** What others wrote is shown beside it, and is no fault. */
  const unlessOthersWrote = (task: () => Promise<void>) =>
    act(async () => {
      try {
        await task();
      } catch (thrown) {
        if (!(thrown instanceof drafts.OtherWords)) throw thrown;
        setTheirs(thrown.theirs);
      }
    });
  return {
    ...{ said: drafts.shown(draft, held), theirs, busy, wrong },
    isSaved: isSaved && !drafts.isUnsaved(draft, held),
    type(more: Partial<drafts.Said>) {
      setIsSaved(false);
      setDraft(drafts.typed(draft, more, held));
    },
    /** Whose words to go on with. */
    settle(whose: "mine" | "theirs") {
      setDraft(whose === "mine" && theirs ? drafts.over(draft, theirs) : {});
      setTheirs(undefined);
    },
    save: () =>
      unlessOthersWrote(async () => {
        await keep();
        setIsSaved(true);
      }),
    close(event: Event) {
      event.preventDefault();
      return unlessOthersWrote(async () => {
        await keep();
        const now = await ask<ComplaintView>("POST", `/complaints/${complaint.number}/closing`);
        markSaved();
        onClosed(now);
      });
    },
  };
}
