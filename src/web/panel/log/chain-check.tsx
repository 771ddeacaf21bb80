/**
 * Whether anybody has changed the log: the station walks the whole chain when somebody asks.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { LogCheckView } from "../../../server/api/log-views.js";
import { ask } from "../ask.js";
import { useAct } from "../pieces/act.js";
import { told } from "../words/language.js";
import { words } from "./words.js";

export function ChainCheck() {
  const say = words();
  const [check, setCheck] = useState<LogCheckView>();
  const { busy, wrong, act } = useAct();
  return (
    <>
      <button
        type="button"
        class="secondary"
        aria-busy={busy}
        aria-disabled={busy}
        onClick={() => act(async () => setCheck(await ask<LogCheckView>("GET", "/log/verification")))}
      >
        {busy ? say.verifying : say.verify}
      </button>
      {check?.ok && (
        <p role="status" class="whole">
          <span aria-hidden="true">✔</span> {say.whole(check.lines)}
        </p>
      )}
      {check?.gaps?.map(({ first, words: lost }) => (
        <p key={first} role="alert">
          {told(lost)}
        </p>
      ))}
      {check && !check.ok && (
        <p role="alert">
          {say.broken} {check.words && told(check.words)}
        </p>
      )}
      {wrong !== undefined && <p role="alert">{wrong}</p>}
    </>
  );
}
