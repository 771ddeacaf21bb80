/**
 * Taking an approval back: a quiet button, and once it is pressed, why.
 *
 * @module
 */
import { useState } from "preact/hooks";
import { useUnsaved } from "../leaving.js";
import { bilingual } from "../words/language.js";
import { useAct } from "./act.js";
import { ReasonField } from "./reason-field.js";

const words = bilingual(
  {
    withdraw: "Rút duyệt…",
    why: "Vì sao không phát nữa?",
    really: "Rút duyệt, từ lượt sau không phát",
    cancel: "Thôi",
  },
  {
    withdraw: "Take the approval back…",
    why: "Why shall it not sound any more?",
    really: "Take it back; it does not sound from the next time on",
    cancel: "Leave it",
  },
);

interface WithdrawProps {
  /** Which of several it is, for whoever hears the button only. */
  readonly name: string;
  readonly onWithdraw: (reason: string) => Promise<unknown>;
}

export function Withdraw({ name, onWithdraw }: WithdrawProps) {
  const say = words();
  const [reason, setReason] = useState<string>();
  const { busy, wrong, act } = useAct();
  useUnsaved(reason !== undefined && reason.trim() !== "" && "unsaved");
  if (reason === undefined)
    return (
      <button type="button" class="quiet" onClick={() => setReason("")}>
        {say.withdraw}
        <span class="unseen"> {name}</span>
      </button>
    );
  const withdraw = (event: Event) => {
    event.preventDefault();
    void act(async () => {
      await onWithdraw(reason.trim());
      setReason(undefined);
    });
  };
  return (
    <form class="narrow" onSubmit={withdraw}>
      <ReasonField label={say.why} value={reason} most={500} onChange={setReason} />
      {wrong !== undefined && <p role="alert">{wrong}</p>}
      <button type="submit" aria-disabled={busy}>
        {say.really}
      </button>
      <button type="button" class="secondary" onClick={() => setReason(undefined)}>
        {say.cancel}
      </button>
    </form>
  );
}
