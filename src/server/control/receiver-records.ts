/**
 * A place for a loudspeaker as it is kept: with the hash of its device's secret.
 *
 * @module
 */
import type { ReceiverId } from "../../domain/ids.js";
import type { Receiver } from "../../domain/receiver.js";
import type { Records } from "./ports.js";

export interface ReceiverRecord extends Receiver {
  readonly device?: { readonly tokenHash: string; readonly pairedAt: number } | undefined;
  readonly pairing?: { readonly codeHash: string; readonly expiresAt: number } | undefined;
}
export type ReceiverRecords = Records<ReceiverId, ReceiverRecord>;

/** The place without its secrets. */
export function placeOnly({ device: _device, pairing: _pairing, ...receiver }: ReceiverRecord): Receiver {
  return receiver;
}
