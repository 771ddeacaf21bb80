/**
 * Buttons and meters at the pole, as far as they are fitted.
 *
 * @module
 */
import type { Cancel } from "../base/clock.js";
import type { Instant } from "../base/units.js";
import { runHardwareCommand } from "./hardware-command.js";
import { type Press, parsePress } from "./presses.js";
import type { RelayOptions } from "./relay-options.js";

/** Contacts bounce: the same button again within this time is the same press, ms. */
const BOUNCE = 300;

export interface HardwareParts
  extends Pick<RelayOptions, "clock" | "log" | "random" | "button" | "muteButton" | "monitor"> {
  readonly onPress: (press: Press) => void;
  readonly onLevel: (line: string) => void;
}

/** Starts the programs of all that is fitted; the returned function ends them. @throws Fault "invalid" for an empty command */
export function startHardware({ onPress, onLevel, button, muteButton, monitor, ...shared }: HardwareParts): Cancel {
  const pressedAt = new Map<Press, Instant>();
  const press = (line: string, usual: Press) => {
    const one = parsePress(line, usual);
    const now = shared.clock.now();
    if (one === undefined || now - (pressedAt.get(one) ?? Number.NEGATIVE_INFINITY) < BOUNCE) return;
    pressedAt.set(one, now);
    onPress(one);
  };
  const running: Cancel[] = [];
  const run = (command: string | undefined, onLine: (line: string) => void) => {
    if (command !== undefined) running.push(runHardwareCommand({ ...shared, command, onLine }));
  };
  run(button, (line) => press(line, "stop"));
  run(muteButton, (line) => press(line, "mute"));
  run(monitor, onLevel);
  return () => {
    for (const end of running) end();
  };
}
