/**
 * Brings a device to its place: a code, then six words that a person compares.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { ShownPairingView } from "../../../server/api/place-routes.js";
import type { ReceiverView } from "../../../server/api/views.js";
import { ask } from "../ask.js";
import { zone } from "../live/line.js";
import { useAct } from "../pieces/act.js";
import { clockTime } from "../words/times.js";
import { words } from "./one-words.js";

export function Pairing({ receiver }: { readonly receiver: ReceiverView }) {
  const say = words();
  const [made, setMade] = useState<ShownPairingView>();
  const { busy, wrong, act } = useAct();
  const at = `/receivers/${receiver.id}`;
  const make = () =>
    act(async () =>
      setMade(await ask<ShownPairingView>("POST", receiver.paired ? `${at}/replacement` : `${at}/pairing`)),
    );
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
        <div role="status">
          <p>
            {say.code}: <strong class="code">{made.code}</strong> {say.until(clockTime(made.expiresAt, zone.value))}
          </p>
          <p>
            {say.command} <code>{made.command}</code>
          </p>
          {made.square && <Square square={made.square} />}
        </div>
      )}
      <button type="button" class="secondary" aria-disabled={busy} onClick={make}>
        {receiver.paired ? say.replace : say.makeCode}
      </button>
      {wrong && <p role="alert">{wrong}</p>}
    </section>
  );
}

/** The command for a telephone that is held to the screen. */
function Square({ square: { size, path } }: { readonly square: NonNullable<ShownPairingView["square"]> }) {
  return (
    <svg
      class="square"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={words().square}
      shape-rendering="crispEdges"
    >
      <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
      <path fill="#000" d={path} />
    </svg>
  );
}
