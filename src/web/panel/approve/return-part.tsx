/**
 * Sends an announcement back to its authors; without a reason they would not know what to mend.
 *
 * @module
 */
import { useState } from "preact/hooks";
import { ask } from "../ask.js";
import { useUnsaved } from "../leaving.js";
import { useAct } from "../pieces/act.js";
import { ReasonField } from "../pieces/reason-field.js";
import { bilingual } from "../words/language.js";

const words = bilingual(
  { open: "Trả lại…", reason: "Cần sửa gì?", send: "Trả lại với lý do này", cancel: "Thôi" },
  { open: "Return it…", reason: "What is to be mended?", send: "Return it for this reason", cancel: "Cancel" },
);

interface ReturnProps {
  readonly id: string;
  readonly version: string;
  readonly onReturned: () => void;
}

export function ReturnPart({ id, version, onReturned }: ReturnProps) {
  const say = words();
  const [reason, setReason] = useState<string>();
  const { busy, wrong, act } = useAct();
  const kept = useUnsaved(reason !== undefined && reason.trim() !== "" && "unsaved");
  if (reason === undefined)
    return (
      <button type="button" class="secondary" onClick={() => setReason("")}>
        {say.open}
      </button>
    );
  const send = (event: Event) => {
    event.preventDefault();
    void act(async () => {
      await ask("POST", `/announcements/${id}/return`, { body: { version, reason } });
      kept();
      onReturned();
    });
  };
  return (
    <form onSubmit={send}>
      <ReasonField label={say.reason} value={reason} most={500} isLong onChange={setReason} />
      {wrong && <p role="alert">{wrong}</p>}
      <button type="submit" aria-busy={busy}>
        {say.send}
      </button>
      <button type="button" class="secondary" onClick={() => setReason(undefined)}>
        {say.cancel}
      </button>
    </form>
  );
}
