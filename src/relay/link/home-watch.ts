/**
 * While a receiver is connected by its second address, looks now and then whether the first one answers again. It looks beside the
 * connection, with a plain request, and changes over only while nothing sounds: never two connections, never a gap in a sound.
 *
 * @module
 */
import type { Cancel, Clock } from "../../base/clock.js";
import { type Ms, minutes, ms } from "../../base/units.js";
import type { Addresses } from "./addresses.js";

/** From one look to the next: doubling, so that a first address that is gone for good costs little data. */
const FIRST_LOOK = minutes(5);
const RAREST: Ms = minutes(60);

export interface HomeWatchOptions {
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly addresses: Addresses;
  /** Whether the station answers at its first address. Must not fail. */
  readonly ask: () => Promise<boolean>;
  /** Connected, and nothing sounds. */
  readonly isFree: () => boolean;
  readonly onBack: () => void;
}

/** Looks until the returned function is called. */
export function watchHome({ clock, random, addresses, ask, isFree, onBack }: HomeWatchOptions): Cancel {
  if (addresses.all.length < 2) return () => {};
  let looks = 0;
  let cancel: Cancel = () => {};
  let closed = false;
  const arm = () => {
    if (closed) return;
    const bound = Math.min(RAREST, FIRST_LOOK * 2 ** looks);
    cancel = clock.after(ms(bound * (0.5 + random() / 2)), look);
  };
  const look = () => {
    if (addresses.isAtFirst()) looks = 0;
    if (addresses.isAtFirst() || !isFree()) return arm();
    looks = Math.min(looks + 1, 8);
    void ask().then((answers) => {
      if (answers && !closed && !addresses.isAtFirst() && isFree()) onBack();
      arm();
    });
  };
  arm();
  return () => {
    closed = true;
    cancel();
  };
}
