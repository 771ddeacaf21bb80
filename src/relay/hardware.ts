/**
 * Buttons, meters and modems at the pole, as far as they are fitted.
 *
 * @module
 */
import type { Cancel } from "../base/clock.js";
import type { Instant } from "../base/units.js";
import { runHardwareCommand } from "./hardware-command.js";
import { type Press, parsePress } from "./presses.js";
import type { RelayOptions } from "./relay-options.js";
import { createSignalReading } from "./signal-reading.js";

/** Contacts bounce: the same button again within this time is the same press, ms. */
const BOUNCE = 300;

export interface HardwareParts
  extends Pick<RelayOptions, "clock" | "log" | "random" | "button" | "muteButton" | "monitor" | "signalCommand"> {
  readonly onPress: (press: Press) => void;
  readonly onLevel: (line: string) => void;
}

export interface Hardware {
  /** How strong the radio signal is by the program that tells of it, dBm. */
  readonly signalDbm: () => number | undefined;
  readonly stop: Cancel;
}

/** Starts the programs of all that is fitted. @throws Fault "invalid" for an empty command */
export function startHardware(parts: HardwareParts): Hardware {
  const { onPress, onLevel, button, muteButton, monitor, signalCommand, ...shared } = parts;
  const pressedAt = new Map<Press, Instant>();
  const press = (line: string, usual: Press) => {
    const one = parsePress(line, usual);
    const now = shared.clock.now();
    if (one === undefined || now - (pressedAt.get(one) ?? Number.NEGATIVE_INFINITY) < BOUNCE) return;
    pressedAt.set(one, now);
    onPress(one);
  };
  const signal = createSignalReading(shared.clock);
  const running: Cancel[] = [];
  const run = (command: string | undefined, onLine: (line: string) => void) => {
    if (command !== undefined) running.push(runHardwareCommand({ ...shared, command, onLine }));
  };
  run(button, (line) => press(line, "stop"));
  run(muteButton, (line) => press(line, "mute"));
  run(monitor, onLevel);
  run(signalCommand, signal.take);
  return {
    signalDbm: signal.dBm,
    stop() {
      for (const end of running) end();
    },
  };
}
