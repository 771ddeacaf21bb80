/**
 * How a loudspeaker is, in words, by what it said last.
 *
 * @module
 */
import type { ConditionState } from "../../../domain/condition.js";
import type { ReceiverView } from "../../../server/api/views.js";
import { now } from "../live/line.js";
import { ago } from "../words/times.js";
import { STATE_SHAPE, words } from "./words.js";

export function StateMark({ of }: { readonly of: ConditionState }) {
  return (
    <span class={`state ${of}`}>
      <span aria-hidden="true">{STATE_SHAPE[of]}</span> {words().state[of]}
    </span>
  );
}

/** Whether it is there, and since when not. */
export function linkOf({ connected, paired, waiting, quarantined, lastSeen }: ReceiverView): string {
  const say = words();
  if (quarantined) return say.quarantined;
  if (connected) return say.connected;
  if (!paired) return waiting ? say.waits : say.unpaired;
  return lastSeen === undefined ? say.never : say.seen(ago(now.value - Date.parse(lastSeen)));
}

/** What it sounds and how loud, by its own word; nothing of one that is away. */
export function soundOf({ connected, reported }: ReceiverView): string {
  const say = words();
  if (!connected || reported === undefined) return "";
  const sounding = reported.now.find(({ state }) => state === "sounding");
  return [
    sounding ? say.sounding(sounding.title ?? sounding.cue) : say.silent,
    reported.muted ? say.muted : say.volume(Math.round(reported.volume)),
  ].join(", ");
}
