/**
 * Counts wrong guesses per address, so that nobody can try tokens or pairing codes by the thousand.
 *
 * @module
 */
import type { Clock } from "../../base/clock.js";
import { type Ms, minutes } from "../../base/units.js";

/** Wrong guesses that an address may make in one {@link WINDOW}. */
export const MAX_WRONG = 20;
export const WINDOW: Ms = minutes(1);
/** Addresses remembered; beyond it the oldest is forgotten, so that a flood of addresses costs no memory. */
export const MAX_ADDRESSES = 10_000;

export interface Throttle {
  /** Seconds until the address may guess again; 0 when it may now. */
  waitSeconds(address: string): number;
  wrong(address: string): void;
  /** Takes one wrong guess back. */
  forgive(address: string): void;
}

export function createThrottle(clock: Clock): Throttle {
  const seen = new Map<string, { since: number; wrong: number }>();
  const recent = (address: string) => {
    const entry = seen.get(networkOf(address));
    return entry && clock.now() - entry.since < WINDOW ? entry : undefined;
  };
  return {
    waitSeconds(address) {
      const entry = recent(address);
      if (entry === undefined || entry.wrong < MAX_WRONG) return 0;
      return Math.max(1, Math.ceil((entry.since + WINDOW - clock.now()) / 1000));
    },
    wrong(address) {
      const entry = recent(address);
      if (entry) {
        entry.wrong += 1;
        return;
      }
      const network = networkOf(address);
      seen.delete(network);
      seen.set(network, { since: clock.now(), wrong: 1 });
      const oldest = seen.size > MAX_ADDRESSES ? seen.keys().next().value : undefined;
      if (oldest !== undefined) seen.delete(oldest);
    },
    forgive(address) {
      const entry = recent(address);
      if (entry) entry.wrong -= 1;
    },
  };
}

/** A household owns a /64 of IPv6 addresses, so these count as one. */
function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(":")) return mapped ?? address;
  const [head = "", tail] = address.split("::");
  const groups = head.split(":").filter(Boolean);
  const zeros = tail === undefined ? 0 : 8 - groups.length - tail.split(":").filter(Boolean).length;
  return [...groups, ...Array<string>(Math.max(0, zeros)).fill("0")].slice(0, 4).join(":");
}
