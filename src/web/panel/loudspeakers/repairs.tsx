/**
 * What is broken at a loudspeaker, and who mended it.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { RepairView } from "../../../server/api/care-views.js";
import type { ReceiverView } from "../../../server/api/views.js";
import { ask } from "../ask.js";
import { zone } from "../live/line.js";
import { useAct } from "../pieces/act.js";
import { useFetched } from "../pieces/fetched.js";
import { shortMoment } from "../words/times.js";
import { words } from "./one-words.js";

export function Repairs({ receiver }: { readonly receiver: ReceiverView }) {
  const say = words();
  const { id } = receiver;
  const open = useFetched(
    () => ask<readonly RepairView[]>("GET", `/repairs?receiver=${id}&open=true`),
    [id, receiver.repair?.number],
  );
  const { busy, wrong, act } = useAct();
  const [text, setText] = useState("");
  const [excludes, setExcludes] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    const isDone = await act(() => ask("POST", "/repairs", { body: { receiver: id, text: text.trim(), excludes } }));
    if (!isDone) return;
    setText("");
    open.again();
  };
  const close = async (number: number) => {
    if (await act(() => ask("POST", `/repairs/${number}/closing`))) open.again();
  };
  return (
    <section aria-labelledby="repairs">
      <h2 id="repairs">{say.repairs}</h2>
      {open.value?.length === 0 && <p>{say.noRepairs}</p>}
      <ul>
        {(open.value ?? []).map((repair) => (
          <li key={repair.number}>
            {say.repair(repair.number, repair.text, repair.openedBy, shortMoment(repair.openedAt, zone.value))}
            {repair.excludes && ` (${say.excludes})`}
            <button type="button" class="quiet" aria-disabled={busy} onClick={() => close(repair.number)}>
              {say.closeRepair}
            </button>
          </li>
        ))}
      </ul>
      <form onSubmit={submit} class="narrow">
        <label>
          {say.what}
          <input required maxLength={500} value={text} onInput={({ currentTarget }) => setText(currentTarget.value)} />
        </label>
        <label>
          <input
            type="checkbox"
            checked={excludes}
            onChange={({ currentTarget }) => setExcludes(currentTarget.checked)}
          />
          {say.exclude}
        </label>
        <button type="submit" class="secondary" aria-disabled={busy}>
          {say.openRepair}
        </button>
      </form>
      {(wrong ?? open.wrong) && <p role="alert">{wrong ?? open.wrong}</p>}
    </section>
  );
}
