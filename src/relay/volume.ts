/**
 * The volume of this loudspeaker from moment to moment: what is configured, once the station has confirmed it, below the ceilings
 * of the place, and nothing while a person has muted it.
 *
 * @module
 */
import type { Cancel } from "../base/clock.js";
import { micros, seconds } from "../base/units.js";
import type { Claim } from "../receiver/claims.js";
import { silencedBy } from "../receiver/hindrance.js";
import { loudness } from "../receiver/loudness.js";
import { microsOf } from "../receiver/samples.js";
import { configuredVolume, type House, placeOf } from "./house.js";

/** A volume changes by at most this much from block to block: no click. */
const STEP = 0.1;
/** A station that has a newer programme says so within this time of its greeting. */
const SETTLED = seconds(5);

export interface Volume {
  /** Percent for a claim that is heard at a sample of the timeline; 0 while it is muted. */
  percent(claim: Pick<Claim, "key" | "class" | "confirmed">, sample: number): number;
  /** The factor for the next block of a claim, which follows {@link percent} without a click. */
  next(claim: Claim, sample: number): number;
  /** Nothing sounds: the next sound begins at its own volume at once. */
  rest(): void;
  /** The station has said what is configured. */
  confirm(): void;
  /**
   * The station has let us in. Unless it has something newer to say, what is held is what is configured; until then what begins
   * keeps to the safe volume.
   */
  greeted(): void;
  /** A newer programme is on its way. */
  awaits(): void;
  lost(): void;
  /** Percent at which an ordinary sound would be heard now, whether or not it is muted. */
  inForce(): number;
}

export function createVolume(house: House): Volume {
  let confirmed = false;
  let cancel: Cancel | undefined;
  /** What began at a confirmed volume keeps it to its end. */
  let begunConfirmed: string | undefined;
  let last: { readonly key: string; readonly level: number } | undefined;

  const allowed = ({ key, class: of }: Pick<Claim, "key" | "class">, sample: number) =>
    loudness({
      of,
      configured: configuredVolume(house),
      confirmed: confirmed || key === begunConfirmed,
      place: placeOf(house),
      at: microsOf(sample),
    });
  const percent: Volume["percent"] = (claim, sample) =>
    silencedBy(house.disk.memory, claim) ? 0 : allowed(claim, sample);

  return {
    percent,
    next(claim, sample) {
      if (confirmed) begunConfirmed = claim.key;
      const wanted = percent(claim, sample) / 100;
      const before = last?.key === claim.key ? last.level : wanted;
      const level = before + Math.max(-STEP, Math.min(STEP, wanted - before));
      last = { key: claim.key, level };
      return level;
    },
    rest() {
      last = undefined;
    },
    confirm() {
      cancel?.();
      confirmed = true;
    },
    greeted() {
      cancel?.();
      confirmed = false;
      cancel = house.clock.after(SETTLED, () => {
        confirmed = true;
      });
    },
    awaits: () => cancel?.(),
    lost: () => cancel?.(),
    inForce: () =>
      loudness({
        of: "ordinary",
        configured: configuredVolume(house),
        confirmed,
        place: placeOf(house),
        at: micros(house.time.now()),
      }),
  };
}
