/**
 * What happens when the machine's clock was set: the station takes the new time over as soon as it is silent.
 *
 * @module
 */
import type { Log } from "../base/log.js";
import type { StationClock } from "../base/station-clock.js";
import type { ReceiverId } from "../domain/ids.js";
import type { Control } from "./control/control.js";

export interface ClockFollowing {
  readonly stationClock: StationClock;
  readonly control: Pick<Control, "isSilent" | "replan">;
  readonly connected: () => readonly ReceiverId[];
  readonly disconnect: (receiver: ReceiverId, reason: string) => void;
  /** Keeps the new epoch, so that no order of the old one is obeyed after a restart either. */
  readonly raiseEpoch: () => Promise<unknown>;
  readonly log: Log;
}

/** Call it about once a second. After a step everybody learns the new time from the start. */
export function followClock({ stationClock, control, connected, disconnect, raiseEpoch, log }: ClockFollowing): void {
  const seen = stationClock.observe(control.isSilent());
  if (seen.kind !== "stepped") return;
  log.warn("clock.stepped", { ms: Math.round(seen.byMs) });
  raiseEpoch().catch((thrown: unknown) => log.error("clock.epoch-not-kept", { thrown }));
  for (const receiver of connected()) disconnect(receiver, "clock-set");
  control.replan();
}
