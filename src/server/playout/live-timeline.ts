/**
 * Gives each packet of speech the instant at which it is heard. Pure: packets come when they come, and time is told.
 *
 * The microphone's own clock goes its own way and networks tremble: what comes in step keeps its place, what comes too late to be
 * heard moves the line on, and what would only make everything later is left out. So the delay is what was promised, always.
 *
 * @module
 */
import { type Micros, micros } from "../../base/units.js";
import { LIVE_PACKET_MS, type LivePace } from "../../domain/live.js";
import type { Chunk } from "../../protocol/chunk.js";

/** What a loudspeaker needs from a packet's arrival until it sounds, and a little for the way, µs. */
const LEAST = 220_000;
/** Speech may come so much ahead of its pace, in one go after a pause of the network, before it is left out, µs. */
const MOST_AHEAD = 200_000;
const PACKET = LIVE_PACKET_MS * 1000;
/** When all of so many packets in a row, half a second, came so much ahead of a pace, part of its delay, some are left out. */
const CALM = 25;
const TOLERATED = 0.15;

/** A packet at its place in the stream. */
export type Placed = Omit<Chunk, "type" | "stream">;

export interface LiveTimeline {
  /** Packets that are ready at once, such as a chime; speech is heard behind them, and what is said meanwhile is not. */
  prepare(packets: readonly Uint8Array[], now: Micros): Placed[];
  /** A packet that has just come; `undefined`: it is left out. */
  place(packet: Uint8Array, now: Micros): Placed | undefined;
  /** When what was placed so far has been heard. */
  end(): Micros | undefined;
  /** Packets that were left out. */
  left(): number;
}

export function createLiveTimeline({ leadMs, pieceMs }: LivePace): LiveTimeline {
  const lead = leadMs * 1000;
  /** The first packet of a piece waits until the piece is full. */
  const least = LEAST + (pieceMs - LIVE_PACKET_MS) * 1000;
  let sequence = 0;
  /** Where the next packet is heard if it comes in step. */
  let next: number | undefined;
  let isBroken = true;
  let left = 0;
  /** The least by which packets came ahead of the pace lately, and how many they were. */
  let ahead = Number.POSITIVE_INFINITY;
  let seen = 0;
  /** Packets still to be left out, so that the delay is again what was promised. */
  let tooMany = 0;

  const watch = (slack: number) => {
    ahead = Math.min(ahead, slack);
    if (++seen < CALM) return;
    if (ahead > lead * TOLERATED) tooMany = Math.floor(ahead / PACKET);
    ahead = Number.POSITIVE_INFINITY;
    seen = 0;
  };
  const leaveOut = (): undefined => {
    left += 1;
    isBroken = true;
    return undefined;
  };
  const put = (packet: Uint8Array, at: number): Placed => {
    next = at + PACKET;
    const placed = { at: micros(at), sequence: sequence++, discontinuity: isBroken, last: false, packet };
    isBroken = false;
    return placed;
  };

  return {
    prepare(packets, now) {
      isBroken = true;
      const placed = packets.map((packet, index) => put(packet, now + lead + index * PACKET));
      isBroken = true;
      return placed;
    },
    place(packet, now) {
      const wanted = now + lead;
      const slack = (next ?? wanted) - wanted;
      // It came in one go with others, or is said while the chime is still to be heard.
      if (slack > MOST_AHEAD) return leaveOut();
      watch(slack);
      if (tooMany > 0) {
        tooMany -= 1;
        return leaveOut();
      }
      const isLate = next === undefined || next < now + least;
      if (isLate) isBroken = true;
      return put(packet, isLate ? wanted : (next ?? wanted));
    },
    end: () => (next === undefined ? undefined : micros(next)),
    left: () => left,
  };
}
