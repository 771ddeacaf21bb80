/**
 * Counts wrong guesses, so that nobody can try passwords, tokens or pairing codes by the thousand.
 *
 * @module
 */
import type { Clock } from "./clock.js";
import { type Ms, minutes } from "./units.js";

/** Wrong guesses that an address may make within a minute, and how long it waits from the first one. */
export const ADDRESS_LIMIT: ThrottleLimit = { most: 20, within: minutes(1) };
/** What is remembered; beyond it the oldest is forgotten, so that a flood of addresses costs no memory. */
export const MAX_REMEMBERED = 10_000;

export interface ThrottleLimit {
  /** Wrong guesses under one key. */
  readonly most: number;
  /** Within this time, counted from the first. */
  readonly within: Ms;
  /** How long nothing more is taken after the last of them; until `within` is over when left out. */
  readonly wait?: Ms;
}

export interface Throttle {
  /** Seconds until there may be another guess under this key; 0 when it may be now. */
  waitSeconds(key: string): number;
  wrong(key: string): void;
  /** Takes one wrong guess back. */
  forgive(key: string): void;
}

interface Entry {
  readonly since: number;
  wrong: number;
  /** When the last guess that is taken was made; absent before. */
  fullAt?: number;
}

export function createThrottle(clock: Pick<Clock, "now">, { most, within, wait }: ThrottleLimit): Throttle {
  const seen = new Map<string, Entry>();
  const endOf = ({ since, fullAt }: Entry) => Math.max(since + within, fullAt === undefined ? 0 : fullAt + (wait ?? 0));
  const recent = (key: string) => {
    const entry = seen.get(key);
    return entry && clock.now() < endOf(entry) ? entry : undefined;
  };
  return {
    waitSeconds(key) {
      const entry = recent(key);
      if (entry === undefined || entry.wrong < most) return 0;
      return Math.max(1, Math.ceil((endOf(entry) - clock.now()) / 1000));
    },
    wrong(key) {
      const entry = recent(key) ?? { since: clock.now(), wrong: 0 };
      entry.wrong += 1;
      if (entry.wrong === most) entry.fullAt = clock.now();
      if (entry.wrong > 1) return;
      seen.delete(key);
      seen.set(key, entry);
      const oldest = seen.size > MAX_REMEMBERED ? seen.keys().next().value : undefined;
      if (oldest !== undefined) seen.delete(oldest);
    },
    forgive(key) {
      const entry = recent(key);
      if (entry) entry.wrong -= 1;
    },
  };
}

/** What counts as one address: a household owns a /64 of IPv6 addresses. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(":")) return mapped ?? address;
  const [head = "", tail] = address.split("::");
  const groups = head.split(":").filter(Boolean);
  const zeros = tail === undefined ? 0 : 8 - groups.length - tail.split(":").filter(Boolean).length;
  return [...groups, ...Array<string>(Math.max(0, zeros)).fill("0")].slice(0, 4).join(":");
}
