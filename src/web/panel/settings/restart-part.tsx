/**
 * What was decided and waits for a start, and the button that starts the station anew.
 *
 * @module
 */
import { useEffect, useState } from "preact/hooks";
import type { SettingsView } from "../../../server/api/settings-routes.js";
import { ask } from "../ask.js";
import { picture } from "../live/line.js";
import { useAct } from "../pieces/act.js";
import { words } from "./words.js";

interface RestartPartProps {
  readonly settings: SettingsView;
  /** Called when the station is there again. */
  readonly onBack: () => void;
}

export function RestartPart({ settings: { needsRestart, canRestart }, onBack }: RestartPartProps) {
  const say = words();
  const { busy, wrong, act } = useAct();
  const startedAt = picture.value?.station.startedAt;
  const [before, setBefore] = useState<string>();
  const isRestarting = before !== undefined && startedAt === before;
  useEffect(() => {
    if (before !== undefined && startedAt !== before) {
      setBefore(undefined);
      onBack();
    }
  }, [before, startedAt]);
  const restart = async () => {
    if (await act(() => ask("POST", "/settings/restart"))) setBefore(startedAt);
  };
  if (!needsRestart && !isRestarting) return null;
  return (
    <div class="matters" role="status">
      <p>{isRestarting ? say.restarting : say.waiting}</p>
      {!isRestarting && canRestart && (
        <>
          <p>
            <small>{say.restartAbout}</small>
          </p>
          <button type="button" aria-busy={busy} onClick={() => void restart()}>
            {say.restart}
          </button>
        </>
      )}
      {!canRestart && <p>{say.byHand}</p>}
      {wrong && <p role="alert">{wrong}</p>}
    </div>
  );
}
