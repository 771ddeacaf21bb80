/**
 * The programme a receiver holds, with what live orders have added, moved or taken back since.
 *
 * @module
 */
import { type Micros, micros } from "../base/units.js";
import type { Sha256 } from "../domain/ids.js";
import type { Place } from "../domain/place.js";
import type { Cue } from "../protocol/orders.js";
import type { Programme } from "../protocol/programme.js";
import type { Memory } from "./memory.js";

/** A cue that is to be played, and what is known of its order. */
export interface DueCue {
  readonly cue: Cue;
  readonly confirmed: boolean;
  readonly issuedAt: Micros;
}

/** A clip that will be needed. */
export interface WantedClip {
  readonly sha256: Sha256;
  readonly bytes: number;
  /** Start of the first cue that needs it, µs. */
  readonly deadline: number;
}

/** Whether a programme may take the place of the one held. Never back to an older one. */
export const isNewer = (programme: Programme, held: Programme | undefined): boolean =>
  held === undefined || programme.revision > held.revision;

/** All cues that count now: those of the programme and those ordered since, without what was taken back. In order of time. */
export function cuesOf(programme: Programme | undefined, memory: Memory): DueCue[] {
  const due = new Map<string, DueCue>();
  const issuedAt = programme?.issuedAt ?? 0;
  for (const cue of programme?.cues ?? [])
    if ((memory.cancelled.get(cue.id) ?? -1) < issuedAt)
      due.set(cue.id, { cue, confirmed: false, issuedAt: micros(issuedAt) });
  for (const { cue, issuedAt: ordered, confirmed } of memory.cues.values())
    if (!due.has(cue.id) || ordered >= issuedAt) due.set(cue.id, { cue, confirmed, issuedAt: micros(ordered) });
  return [...due.values()].sort((a, b) => a.cue.at - b.cue.at || (a.cue.id < b.cue.id ? -1 : 1));
}

/** When a cue can at last be forgotten: it can neither begin nor go on after this, µs. */
export const lastOf = (cue: Cue): number => Math.max(cue.at, cue.notAfter) + cue.durationMs * 1000;

/** Clips of cues that are still to come, the most urgent first, each once. */
export function wantedClips(cues: readonly DueCue[], now: Micros): WantedClip[] {
  const wanted = new Map<Sha256, WantedClip>();
  for (const { cue } of cues) {
    if (lastOf(cue) < now) continue;
    for (const { sha256, bytes } of cue.items)
      if (!wanted.has(sha256)) wanted.set(sha256, { sha256, bytes, deadline: cue.at });
  }
  return [...wanted.values()];
}

/** Where the receiver stands, by its programme. Without one no hour is known to be loud: the defaults hold. */
export const placeIn = (programme: Programme | undefined): Place => ({
  zone: programme?.zone ?? "Asia/Ho_Chi_Minh",
  areas: programme?.areas ?? [],
  sensitive: programme?.sensitive ?? true,
  policies: programme?.policies ?? [],
});
