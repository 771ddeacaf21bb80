/**
 * Takes an announcement back, everywhere and for good, with one press and a reason; then says where it was heard.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { RecalledView } from "../../../server/api/correction-views.js";
import { ask } from "../ask.js";
import { useAct } from "../pieces/act.js";
import { Dialog } from "../pieces/dialog.js";
import { ReasonField } from "../pieces/reason-field.js";
import { Aftermath } from "./aftermath.js";
import { words } from "./words.js";
import "./recall.css";

const CHOICES = ["wrong", "place", "outdated", "other"] as const;
type Choice = (typeof CHOICES)[number];

/** What a recall needs to know of an announcement. */
export interface Recallable {
  readonly id: string;
  readonly title: string;
}

interface RecallProps {
  readonly announcement: Recallable;
  readonly onClose: () => void;
}

export default function RecallDialog({ announcement: { id, title }, onClose }: RecallProps) {
  const say = words();
  const [choice, setChoice] = useState<Choice>("wrong");
  const [other, setOther] = useState("");
  const [done, setDone] = useState<RecalledView>();
  const { busy, wrong, act } = useAct();
  const reason = choice === "other" ? other.trim() : say.reasons[choice];
  const recall = async (event: Event) => {
    event.preventDefault();
    const body = { reason };
    await act(async () => setDone(await ask<RecalledView>("POST", `/announcements/${id}/recall`, { body })));
  };
  return (
    <Dialog title={say.title(title)} onClose={onClose}>
      {wrong && <p role="alert">{wrong}</p>}
      {done ? (
        <>
          <p role="status">{say.done(done.receivers.length, done.away.length)}</p>
          <Aftermath id={id} onLeave={onClose} />
        </>
      ) : (
        <form onSubmit={(event) => void recall(event)}>
          <p>{say.about}</p>
          <fieldset class="reasons">
            <legend>{say.why}</legend>
            {CHOICES.map((one) => (
              <label key={one}>
                <input type="radio" name="why" checked={choice === one} onChange={() => setChoice(one)} />
                {say.reasons[one]}
              </label>
            ))}
          </fieldset>
          {choice === "other" && <ReasonField label={say.reason} value={other} most={500} onChange={setOther} />}
          <button type="submit" class="danger" aria-busy={busy}>
            {say.recall}
          </button>
        </form>
      )}
      <button type="button" class="secondary" onClick={onClose}>
        {done ? say.close : say.cancel}
      </button>
    </Dialog>
  );
}
