/**
 * A place for a loudspeaker as it is kept: with the device that has it, and the one that wants it.
 *
 * @module
 */
import type { ReceiverId } from "../../domain/ids.js";
import type { Receiver } from "../../domain/receiver.js";
import type { Records } from "./ports.js";

/** A device that a person has confirmed. Keys are raw and public, base64url; times are civil milliseconds. */
export interface Device {
  readonly publicKey: string;
  readonly pairedAt: number;
  readonly confirmedAt: number;
  readonly confirmedBy: string;
  /** Of the code that it came with: the same device may ask again. */
  readonly codeHash: string;
}

/** A device that came with a good code and waits for a person to compare the words. */
export interface Candidate {
  readonly publicKey: string;
  readonly pairedAt: number;
  readonly codeHash: string;
  /** What it calls itself. */
  readonly name: string;
  readonly words: readonly string[];
  /** Of the text under the words. */
  readonly factsHash: string;
}

export interface ReceiverRecord extends Receiver {
  readonly device?: Device | undefined;
  readonly candidate?: Candidate | undefined;
  /** A pairing code that waits to be used. */
  readonly pairing?: { readonly codeHash: string; readonly expiresAt: number } | undefined;
  /** Who silenced it from here, and when; civil milliseconds. */
  readonly muted?: { readonly by: string; readonly at: number } | undefined;
  /** What it was last ordered about that, while it has not confirmed it; `order` is the last one that said so. */
  readonly muteWish?: { readonly muted: boolean; readonly by: string; readonly order: string } | undefined;
  /** Who set its output delay and path bias last, when, and by which loudspeaker when they were measured. */
  readonly aligned?:
    | { readonly by: string; readonly at: number; readonly reference?: ReceiverId | undefined }
    | undefined;
  /** Two devices showed the same key, and nobody has looked into it yet. */
  readonly quarantine?: { readonly since: number } | undefined;
}
export type ReceiverRecords = Records<ReceiverId, ReceiverRecord>;

/** A key that is refused for ever. */
export interface Tombstone {
  /** `keyIdOf` the key. */
  readonly id: string;
  readonly publicKey: string;
  readonly receiver: ReceiverId;
  readonly why: "revoked" | "replaced";
  readonly at: number;
  readonly by: string;
}
export type Tombstones = Records<string, Tombstone>;

/** The place without its devices, and without what is ordered of them. */
export function placeOnly(record: ReceiverRecord): Receiver {
  const {
    device: _device,
    candidate: _candidate,
    pairing: _code,
    quarantine: _held,
    muted: _muted,
    muteWish: _wish,
    aligned: _aligned,
    ...place
  } = record;
  return place;
}
