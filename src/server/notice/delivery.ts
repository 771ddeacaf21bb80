/**
 * How a message leaves the house.
 *
 * @module
 */
import type { Message, Notice } from "../../domain/notice.js";

/** What is handed over: the message for people, the notices for programs. */
export interface Parcel extends Message {
  readonly id: string;
  readonly station: string;
  /** Each with a number of its own that stays the same over all tries, so that whoever gets it twice can tell. */
  readonly notices: readonly (Notice & { readonly id: string })[];
}

/** One way to one recipient. @throws DeliveryFailure for everything but a word that it was taken */
export type Deliver = (parcel: Parcel, signal: AbortSignal) => Promise<void>;

/** It was not taken, or nobody knows. The message says why without secrets and without the recipient's address. */
export class DeliveryFailure extends Error {
  override readonly name = "DeliveryFailure";
}
