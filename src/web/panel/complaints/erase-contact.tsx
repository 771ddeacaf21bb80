/**
 * Erases how to reach a resident, once somebody has said that it may be gone.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { ComplaintView } from "../../../server/api/care-views.js";
import { ask } from "../ask.js";
import { useAct } from "../pieces/act.js";
import { Dialog } from "../pieces/dialog.js";
import { words } from "./words.js";

interface EraseContactProps {
  readonly number: number;
  readonly onErased: (now: ComplaintView) => void;
}

export function EraseContact({ number, onErased }: EraseContactProps) {
  const say = words();
  const [asking, setAsking] = useState(false);
  const { busy, wrong, act } = useAct();
  const erase = () =>
    act(async () => {
      const now = await ask<ComplaintView>("DELETE", `/complaints/${number}/contact`);
      setAsking(false);
      onErased(now);
    });
  return (
    <>
      <button type="button" class="secondary" onClick={() => setAsking(true)}>
        {say.erase}
      </button>
      {asking && (
        <Dialog title={say.eraseTitle} onClose={() => setAsking(false)}>
          <p>{say.eraseAbout}</p>
          {wrong !== undefined && <p role="alert">{wrong}</p>}
          <button type="button" class="danger" aria-disabled={busy} onClick={() => void erase()}>
            {say.eraseNow}
          </button>
          <button type="button" class="secondary" onClick={() => setAsking(false)}>
            {say.cancel}
          </button>
        </Dialog>
      )}
    </>
  );
}
