/**
 * Which clips are in use: those that lie ready at every loudspeaker, and those that the station must not throw away.
 *
 * @module
 */
import type { Sha256 } from "../../domain/ids.js";
import type { Kept, StationFacts } from "./knowledge.js";
import type { Wire } from "./ports.js";
import type { Tickets } from "./tickets.js";

export interface ClipUseParts {
  readonly facts: Pick<StationFacts, "library">;
  readonly kept: Pick<Kept, "announcements">;
  readonly wire: Pick<Wire, "connected" | "wantClips">;
  readonly tickets: Pick<Tickets, "open">;
}

export function createClipUse({ facts, kept, wire, tickets }: ClipUseParts) {
  /** What receivers were last told to keep at hand. */
  let told = "";
  const pinned = () =>
    kept.announcements
      .all()
      .flatMap(({ class: of, clip, approval, recalledAt }) =>
        of === "emergency" && clip && approval && recalledAt === undefined
          ? [{ sha256: clip.sha256, bytes: clip.bytes }]
          : [],
      );

  return {
    /** Emergency announcements that lie ready everywhere, so that ordering one is a single short message. */
    pinned,
    /** Tells everybody what to keep at hand, when that has changed. */
    tellPinned() {
      const clips = pinned();
      const text = JSON.stringify(clips);
      if (text === told) return;
      told = text;
      for (const receiver of wire.connected()) wire.wantClips(receiver, clips);
    },
    /** Clips that anything still refers to. */
    used: () =>
      new Set<Sha256>([
        ...kept.announcements.all().flatMap(({ clip }) => (clip ? [clip.sha256] : [])),
        ...[...facts.library.values()].map(({ clip }) => clip.sha256),
        ...tickets.open().flatMap((ticket) => ticket.items.map((item) => item.sha256)),
      ]),
  };
}
