/**
 * What is done about an open complaint: who works on it, which loudspeaker it is about, what the resident was told.
 *
 * @module
 */
import { useRef, useState } from "preact/hooks";
import { useUnsaved } from "../leaving.js";
import { useAct } from "../pieces/act.js";
import { ReasonField } from "../pieces/reason-field.js";
import { self } from "../session.js";
import { change, type Said } from "./answer-draft.js";
import { ReceiverChoice } from "./receiver-choice.js";
import { type Answered, useAnswer } from "./use-answer.js";
import { words } from "./words.js";

/** As the station takes remarks. */
const LONGEST = 1000;

export function Answering({ complaint, onKept, onClosed }: Answered) {
  return (
    <section aria-labelledby="work" class="narrow">
      <h2 id="work">{words().work}</h2>
      <Taking complaint={complaint} onKept={onKept} />
      <Naming key={complaint.receiver} complaint={complaint} onKept={onKept} />
      <Answer complaint={complaint} onKept={onKept} onClosed={onClosed} />
    </section>
  );
}

type PartProps = Pick<Answered, "complaint" | "onKept">;

function Taking({ complaint, onKept }: PartProps) {
  const say = words();
  const { busy, wrong, act } = useAct();
  const { takenBy } = complaint;
  const isMine = takenBy !== undefined && takenBy === self.value?.name;
  const take = () => act(async () => onKept(await change(complaint, { taken: !isMine })));
  return (
    <>
      <p>{takenBy === undefined ? say.untaken : say.taken(takenBy)}</p>
      <button type="button" class={isMine ? "secondary" : ""} aria-disabled={busy} onClick={() => void take()}>
        {isMine ? say.giveBack : takenBy === undefined ? say.take : say.takeOver}
      </button>
      {wrong !== undefined && <p role="alert">{wrong}</p>}
    </>
  );
}

function Naming({ complaint, onKept }: PartProps) {
  const say = words();
  const { busy, wrong, act } = useAct();
  const known = complaint.receiver ?? "";
  const [chosen, setChosen] = useState<string>(known);
  const isAnother = chosen !== "" && chosen !== known;
  useUnsaved(isAnother && "unsaved");
  const save = () => act(async () => onKept(await change(complaint, { receiver: chosen })));
  return (
    <>
      <ReceiverChoice label={say.chooseReceiver} none={say.notChosen} value={chosen} onChoose={setChosen} />
      {isAnother && (
        <button type="button" class="secondary" aria-disabled={busy} onClick={() => void save()}>
          {say.saveReceiver}
        </button>
      )}
      {wrong !== undefined && <p role="alert">{wrong}</p>}
    </>
  );
}

function Answer(props: Answered) {
  const say = words();
  const { said, type, theirs, settle, isSaved, busy, wrong, save, close } = useAnswer(props);
  const action = useRef<HTMLTextAreaElement>(null);
  return (
    <form onSubmit={close}>
      <label>
        {say.doneField}
        <textarea
          ref={action}
          rows={2}
          maxLength={LONGEST}
          value={said.action}
          onInput={({ currentTarget }) => type({ action: currentTarget.value })}
        />
      </label>
      <ReasonField
        label={say.answerField}
        value={said.answer}
        most={LONGEST}
        isLong
        onChange={(answer) => type({ answer })}
      />
      {theirs && (
        <Theirs
          said={theirs}
          onSettle={(whose) => {
            settle(whose);
            action.current?.focus();
          }}
        />
      )}
      {wrong !== undefined && <p role="alert">{wrong}</p>}
      <p role="status">{isSaved && say.saved}</p>
      <div class="buttons">
        <button type="submit" aria-disabled={busy}>
          {say.close}
        </button>
        <button type="button" class="secondary" aria-disabled={busy} onClick={() => void save()}>
          {say.save}
        </button>
      </div>
    </form>
  );
}

interface TheirsProps {
  readonly said: Said;
  readonly onSettle: (whose: "mine" | "theirs") => void;
}

function Theirs({ said, onSettle }: TheirsProps) {
  const say = words();
  return (
    <section class="two-sides" role="alert">
      <p>{say.changed}</p>
      <p>
        {say.action}: {said.action || "–"}
        <br />
        {say.answer}: {said.answer || "–"}
      </p>
      <div class="buttons">
        <button type="button" onClick={() => onSettle("mine")}>
          {say.keepMine}
        </button>
        <button type="button" class="secondary" onClick={() => onSettle("theirs")}>
          {say.takeTheirs}
        </button>
      </div>
    </section>
  );
}
