/**
 * Brings a device to its place: a code, then six words that a person compares.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { PairingView, ReceiverView } from "../../../server/api/views.js";
import { ask } from "../ask.js";
import { zone } from "../live/line.js";
import { useAct } from "../pieces/act.js";
import { clockTime } from "../words/times.js";
import { words } from "./one-words.js";

export function Pairing({ receiver }: { readonly receiver: ReceiverView }) {
  const say = words();
  const [made, setMade] = useState<PairingView>();
  const { busy, wrong, act } = useAct();
  const at = `/receivers/${receiver.id}`;
  const make = () =>
    act(async () => setMade(await ask<PairingView>("POST", receiver.paired ? `${at}/replacement` : `${at}/pairing`)));
  const confirm = (told: readonly string[]) =>
    act(async () => {
      await ask("POST", `${at}/confirm`, { body: { words: told } });
      setMade(undefined);
    });
  const { waiting } = receiver;
  return (
    <section aria-labelledby="pairing">
      <h2 id="pairing">{say.pairing}</h2>
      {waiting ? (
        <>
          <p>{say.sixWords}</p>
          <ol class="six-words">
            {waiting.words.map((word) => (
              <li key={word}>{word}</li>
            ))}
          </ol>
          <p>{say.different}</p>
          <button type="button" aria-disabled={busy} onClick={() => confirm(waiting.words)}>
            {say.confirm}
          </button>
        </>
      ) : (
        <p>{say.pairAbout}</p>
      )}
      {made && !waiting && (
        <p role="status">
          {say.code}: <strong class="code">{made.code}</strong> {say.until(clockTime(made.expiresAt, zone.value))}
        </p>
      )}
      <button type="button" class="secondary" aria-disabled={busy} onClick={make}>
        {receiver.paired ? say.replace : say.makeCode}
      </button>
      {wrong && <p role="alert">{wrong}</p>}
    </section>
  );
}
