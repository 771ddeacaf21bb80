/**
 * Who goes first when several claims want the same loudspeaker.
 *
 * @module
 */
import { rankOf } from "../domain/class.js";
import type { Claim } from "./claims.js";

/** A claim and how far it has come. */
export interface Contender {
  readonly claim: Claim;
  readonly phase: "pending" | "waiting" | "sounding" | "interrupted";
}

/** Only a higher class interrupts; equals wait for each other (Circular 39/2020). */
export const interrupts = (challenger: Claim, sounding: Claim): boolean =>
  rankOf(challenger.class) > rankOf(sounding.class);

/**
 * Sorts the strongest first: higher class; of equals what has begun already, then the ward's order, then the earlier one.
 * The key decides last, so that all receivers of a place choose alike.
 */
export const byStrength = (a: Contender, b: Contender): number =>
  rankOf(b.claim.class) - rankOf(a.claim.class) ||
  Number(b.phase === "interrupted") - Number(a.phase === "interrupted") ||
  a.claim.order - b.claim.order ||
  a.claim.start - b.claim.start ||
  (a.claim.key < b.claim.key ? -1 : 1);
