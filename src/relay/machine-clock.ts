/**
 * What keeps this machine's clock right: the network's time, or a clock chip with a battery. A small box has often neither,
 * and wakes up at whatever time it was switched off.
 *
 * @module
 */
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import type { Clock } from "../base/clock.js";
import type { TimekeeperOptions } from "./link/timekeeper.js";

/** The machine is asked anew after this, ms. */
const LOOK_AGAIN = 30_000;
/** The asking itself may take this long, ms. */
const TIMEOUT = 2_000;
const CHIPS = "/sys/class/rtc";

export interface MachineClockOptions {
  readonly clock: Clock;
  /** Where Linux lists its clock chips. */
  readonly chips?: string;
  /** Finds out whether the kernel's clock is steered by the network's time. */
  readonly askNetworkTime?: (tell: (isKept: boolean) => void) => void;
}

/** Returns what says what is known; it never waits, so the first answer may still miss the network's time. */
export function createMachineClock(options: MachineClockOptions): TimekeeperOptions["machineClock"] {
  const { clock, chips = CHIPS, askNetworkTime = askSystemd } = options;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let byNetwork = false;
  let byChip = false;

  return () => {
    if (clock.now() - lookedAt >= LOOK_AGAIN) {
      lookedAt = clock.now();
      byChip = isSetByChip(chips);
      askNetworkTime((isKept) => {
        byNetwork = isKept;
      });
    }
    return byNetwork ? "ntp" : byChip ? "rtc" : "none";
  };
}

/** Whether the kernel took its time from a chip when it booted. */
function isSetByChip(folder: string): boolean {
  try {
    return readdirSync(folder).some((chip) => readFileSync(`${folder}/${chip}/hctosys`, "utf8").trim() === "1");
  } catch {
    // No chip, or none that says so: then nothing is known of it.
    return false;
  }
}

/** The kernel knows, whichever program steers it; `timedatectl` reads it out. A machine without it has no answer. */
function askSystemd(tell: (isKept: boolean) => void): void {
  const argv = ["show", "--property=NTPSynchronized", "--value"];
  execFile("timedatectl", argv, { timeout: TIMEOUT }, (thrown, answer) => tell(!thrown && answer.trim() === "yes"));
}
