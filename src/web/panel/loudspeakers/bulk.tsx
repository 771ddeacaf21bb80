/**
 * The same for many loudspeakers at once: a bar that is there while some are chosen.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { ReceiverView } from "../../../server/api/views.js";
import { ask, sentenceOf } from "../ask.js";
import { words } from "./words.js";

/** Orders that are under way at the same time; hundreds at once would only wait at the station's door. */
const AT_ONCE = 6;

interface Outcome {
  readonly done: number;
  readonly of: number;
  readonly failures: readonly string[];
}

/** Does it at each of them; one that fails keeps nobody else from it. */
async function atEach(receivers: readonly ReceiverView[], order: (id: string) => Promise<unknown>): Promise<Outcome> {
  const failures: string[] = [];
  const waiting = [...receivers];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      try {
        await order(next.id);
      } catch (thrown) {
        failures.push(words().failed(next.name, sentenceOf(thrown)));
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { done: receivers.length - failures.length, of: receivers.length, failures };
}

interface BulkProps {
  readonly chosen: readonly ReceiverView[];
  readonly onClear: () => void;
}

export function BulkBar({ chosen, onClear }: BulkProps) {
  const say = words();
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const [percent, setPercent] = useState(70);
  const run = async (order: (id: string) => Promise<unknown>) => {
    if (busy) return;
    setBusy(true);
    setOutcome(await atEach(chosen, order));
    setBusy(false);
  };
  const mute = (muted: boolean) => run((id) => ask("PUT", `/receivers/${id}/mute`, { body: { muted } }));
  return (
    <section class="bulk" aria-label={say.chosen(chosen.length)}>
      <strong>{say.chosen(chosen.length)}</strong>
      <button type="button" aria-disabled={busy} onClick={() => run((id) => ask("POST", `/receivers/${id}/test`))}>
        {say.test}
      </button>
      <button type="button" class="secondary" aria-disabled={busy} onClick={() => mute(true)}>
        {say.mute}
      </button>
      <button type="button" class="secondary" aria-disabled={busy} onClick={() => mute(false)}>
        {say.unmute}
      </button>
      <label>
        {say.percent}
        <input
          type="number"
          min={0}
          max={100}
          value={percent}
          onInput={({ currentTarget }) => setPercent(currentTarget.valueAsNumber)}
        />
      </label>
      <button
        type="button"
        class="secondary"
        disabled={!Number.isInteger(percent) || percent < 0 || percent > 100}
        aria-disabled={busy}
        onClick={() => run((id) => ask("PUT", `/receivers/${id}/volume`, { body: { percent } }))}
      >
        {say.setVolume}
      </button>
      <button type="button" class="quiet" onClick={onClear}>
        {say.clear}
      </button>
      {outcome && (
        <div role="status">
          <p>{say.done(outcome.done, outcome.of)}</p>
          <ul>
            {outcome.failures.map((failure) => (
              <li key={failure} class="wrong">
                {failure}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
