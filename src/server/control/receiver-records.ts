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
  /** Who silenced it from here, and when; civil milliseconds. */
  readonly muted?: { readonly by: string; readonly at: number } | undefined;
}
export type ReceiverRecords = Records<ReceiverId, ReceiverRecord>;

/** The place without its secrets. */
export function placeOnly({
  device: _device,
  pairing: _pairing,
  muted: _muted,
  ...receiver
}: ReceiverRecord): Receiver {
  return receiver;
}
