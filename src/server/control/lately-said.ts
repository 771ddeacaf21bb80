/**
 * The last seconds of what is spoken live, for whoever listens along.
 *
 * @module
 */
import { LIVE_PACKET_MS } from "../../domain/live.js";

/** Kept at least, packets: whoever asks twice a second may miss a few turns. */
const KEPT = 10_000 / LIVE_PACKET_MS;
/** What whoever comes new begins with, packets: about what is on its way to the loudspeakers. */
const FIRST = 1_000 / LIVE_PACKET_MS;

/** Packets of 20 ms in order, and the number of the one after them. */
export interface Said {
  readonly packets: readonly Uint8Array[];
  readonly next: number;
}

export interface LatelySaid {
  add(packet: Uint8Array): void;
  /** What was said from packet number `from` on, as far as it is kept; the last second for whoever comes new. */
  since(from: number | undefined): Said;
}

export function createLatelySaid(): LatelySaid {
  let packets: Uint8Array[] = [];
  /** Number of the first of them. */
  let first = 0;
  return {
    add(packet) {
      packets.push(packet);
      // Now and then, so that it costs nothing for each packet.
      if (packets.length < 2 * KEPT) return;
      packets = packets.slice(-KEPT);
      first += KEPT;
    },
    since(from) {
      const next = first + packets.length;
      const start = Math.min(next, Math.max(first, from ?? next - FIRST));
      return { packets: packets.slice(start - first), next };
    },
  };
}
