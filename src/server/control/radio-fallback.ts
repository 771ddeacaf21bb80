/**
 * What is prepared for the time in which a relayed station cannot be heard, packet by packet; it goes on where it was left.
 *
 * @module
 */
import type { Log } from "../../base/log.js";
import type { AnnouncementId, Sha256 } from "../../domain/ids.js";
import { LIVE_PACKET_MS } from "../../domain/live.js";
import type { RadioPacket } from "../../domain/radio.js";
import type { Ticket } from "../../domain/ticket.js";

/** 20 ms of Opus that sound of nothing: one frame, full band, without a bit in it (RFC 6716). */
const SILENCE = Uint8Array.of(0xf8, 0xff, 0xfe);

export interface FallbackParts {
  readonly items: Ticket["items"];
  /** What is taken first is heard so long after the slot's start, ms. */
  readonly from: number;
  readonly packetsOf: (sha256: Sha256) => Promise<readonly Uint8Array[]>;
  /** What is recalled is passed over. */
  readonly isRecalled: (id: AnnouncementId) => boolean;
  readonly log: Log;
}

export type Fallback = ReturnType<typeof createFallback>;

/** Each item sounds once, at the distances of the playlist; before, between and after them it is silent. */
export function createFallback({ items, from, packetsOf, isRecalled, log }: FallbackParts) {
  /** The item to come, or that sounds. */
  let index = -1;
  let packets: readonly Uint8Array[] | undefined;
  let position = 0;
  let gap = 0;
  let isFresh = true;

  const gapBefore = (next: number): number => {
    const item = items[next];
    const before = items[next - 1];
    const silence = (item?.offsetMs ?? 0) - (before ? before.offsetMs + before.durationMs : from);
    return Math.max(0, Math.round(silence / LIVE_PACKET_MS));
  };
  const advance = () => {
    index += 1;
    packets = undefined;
    position = 0;
    isFresh = true;
    const item = items[index];
    if (!item) return;
    gap = gapBefore(index);
    const mine = index;
    packetsOf(item.sha256).then(
      (read) => {
        if (mine === index) packets = read;
      },
      (thrown: unknown) => {
        log.error("radio.fallback-unreadable", { clip: item.sha256, thrown });
        if (mine === index) packets = [];
      },
    );
  };
  advance();

  const silence = (): RadioPacket => {
    const isBreak = !isFresh;
    isFresh = true;
    return { packet: SILENCE, isBreak };
  };
  const one = (): RadioPacket => {
    if (gap > 0) {
      gap -= 1;
      return silence();
    }
    const item = items[index];
    if (!item || packets === undefined) return silence();
    const packet = packets[position];
    if (packet === undefined || (item.announcement !== undefined && isRecalled(item.announcement))) {
      advance();
      return silence();
    }
    position += 1;
    const isBreak = isFresh;
    isFresh = false;
    return { packet, isBreak };
  };

  return {
    take: (count: number): RadioPacket[] => Array.from({ length: count }, one),
    /** Something else was heard in between: decoders begin anew. */
    pause(): void {
      isFresh = true;
    },
  };
}
