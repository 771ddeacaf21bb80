/**
 * What the timekeeper of this loudspeaker is built from.
 *
 * @module
 */
import { randomBytes } from "node:crypto";
import { type Cancel, type Clock, every } from "../base/clock.js";
import type { Log } from "../base/log.js";
import { minutes } from "../base/units.js";
import type { MemoryFile } from "./disk/memory-file.js";
import type { House } from "./house.js";
import type { KnownTime } from "./link/certificate-judge.js";
import { createTimekeeper, type Timekeeper, type TimekeeperOptions, type TimeTrust } from "./link/timekeeper.js";
import type { Loudspeaker } from "./loudspeaker.js";
import { createMachineClock } from "./machine-clock.js";
import type { Trust } from "./trust.js";

/** The trusted time is written down this often: at the next boot an earlier clock is known to be wrong. */
const PERIOD = minutes(10);
/** How far behind the written time a clock may be at boot, µs. */
const SLACK = 5_000_000;

interface Choices extends Pick<TimekeeperOptions, "clock" | "log"> {
  readonly timeTrust?: TimeTrust | "none" | undefined;
  readonly machineClock?: TimekeeperOptions["machineClock"] | undefined;
}

/** `house` and `loudspeaker` are asked for later: they are built on the time. */
interface Wiring extends Pick<TimekeeperOptions, "send"> {
  readonly disk: MemoryFile;
  readonly trust: Trust;
  readonly house: () => House;
  readonly loudspeaker: () => Loudspeaker;
}

export function buildTimekeeper(options: Choices, { disk, trust, send, house, loudspeaker }: Wiring): Timekeeper {
  const { clock, log, timeTrust, machineClock } = options;
  const station: TimeTrust = {
    verify: (signed) => trust.verify("time", signed).keyId !== false,
    keyIds: trust.keyIds,
  };
  return createTimekeeper({
    ...{ clock, log, send, trust: timeTrust === "none" ? undefined : (timeTrust ?? station) },
    isBusy: () => loudspeaker().agenda.isBusy(),
    plausible: () => ({
      from: Math.max(disk.memory.lastTime, house().programme?.issuedAt ?? Number.MAX_SAFE_INTEGER) - SLACK,
      to: house().programme?.until ?? 0,
    }),
    machineClock: machineClock ?? createMachineClock({ clock }),
    nonce: () => randomBytes(16).toString("base64url"),
    isSilent: () => loudspeaker().isSilent(),
    isHushedAt: (at) => loudspeaker().isHushedAt(at),
  });
}

/**
 * By what a server's certificate is judged, ms: the time within what it may be off, or while nobody knows it, that it is not
 * before the last one that was known.
 */
export function knownTime({ time, disk, programme }: House): KnownTime {
  const written = Math.max(disk.memory.lastTime, programme?.issuedAt ?? 0);
  if (!time.trusted()) return { from: (written - SLACK) / 1000, to: Number.POSITIVE_INFINITY };
  const [now, error] = [time.now(), time.errorUs()];
  return { from: (now - error) / 1000, to: (now + error) / 1000 };
}

interface Writing {
  readonly clock: Clock;
  readonly log: Log;
  readonly disk: MemoryFile;
  readonly time: Timekeeper;
}

/** Writes the time down now and then, until the returned function is called. */
export const writeTimeDown = ({ clock, log, disk, time }: Writing): Cancel =>
  every(clock, PERIOD, () => {
    if (!time.trusted()) return;
    disk
      .remember({ kind: "time", at: time.now() })
      .catch((thrown: unknown) => log.error("relay.disk-failed", { thrown }));
  });
