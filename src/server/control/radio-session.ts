/**
 * One slot of relayed radio, second by second: the station while it is heard, else what is prepared for it, always in time.
 *
 * @module
 */
import { type Clock, every } from "../../base/clock.js";
import { epoch, type Micros, micros, ms, toMicros } from "../../base/units.js";
import { LIVE_PACKET_MS } from "../../domain/live.js";
import { RADIO_LEAD_MS, RADIO_PIECE_MS, type RadioPacket, type Tuned } from "../../domain/radio.js";
import type { Ticket } from "../../domain/ticket.js";
import { createLatelySaid } from "./lately-said.js";
import type { RadioFeed } from "./live-ports.js";
import type { Fallback } from "./radio-fallback.js";

/** How often it is looked whether a piece is due, ms: a piece then leaves by so much late at most. */
const LOOK = ms(200);
const PACKETS = RADIO_PIECE_MS / LIVE_PACKET_MS;
/** So many packets of the station must be at hand before it is turned to: a stumble must not turn away again at once. */
const ENOUGH = 2 * PACKETS;
const PACKET_US = LIVE_PACKET_MS * 1000;
const PIECE_US = RADIO_PIECE_MS * 1000;
const LEAD_US = RADIO_LEAD_MS * 1000;
/** What is sent later than this before its instant comes too late for some, µs. */
const LEAST_US = 400_000;

/** What is sent. */
export type RadioSide = "station" | "fallback";

/** Milliseconds of each side that were sent. */
export interface RadioHeard {
  readonly stationMs: number;
  readonly fallbackMs: number;
}

export interface RadioSessionParts {
  readonly ticket: Ticket;
  readonly tuned: Tuned;
  readonly fallback: Fallback;
  readonly feed: RadioFeed;
  readonly clock: Clock;
  /** The server clock by which sound is stamped. */
  readonly micros: () => Micros;
  /** The other side is sent from now on; told first for the side with which it begins. */
  readonly onSide: (side: RadioSide) => void;
  /** Everything is sent. */
  readonly onSent: () => void;
}

export function createRadioSession(parts: RadioSessionParts) {
  const { ticket, tuned, fallback, feed, clock, onSide } = parts;
  const start = toMicros(epoch(ticket.start));
  const end = toMicros(epoch(ticket.end));
  let cursor: number = start;
  let side: RadioSide | undefined;
  let isMoved = true;
  const heard = { station: 0, fallback: 0 };
  const said = createLatelySaid();

  const choose = (): RadioSide => {
    if (tuned.isSilent()) return "fallback";
    return tuned.held() >= (side === "station" ? PACKETS : ENOUGH) ? "station" : "fallback";
  };
  const take = (count: number): RadioPacket[] => {
    const next = choose();
    if (next !== side) {
      if (side === "fallback") fallback.pause();
      // What has waited longer is only delay.
      if (next === "station") tuned.take(tuned.held() - ENOUGH);
      side = next;
      isMoved = true;
      onSide(next);
    }
    const taken = next === "station" ? tuned.take(count) : fallback.take(count);
    heard[next] += taken.length;
    const [first, ...rest] = taken;
    const isBreak = isMoved;
    isMoved = false;
    return first && isBreak ? [{ ...first, isBreak }, ...rest] : taken;
  };
  /** After a stall, or when it begins late, nothing is sent that nobody could sound in time. */
  const catchUp = (now: number) => {
    if (cursor >= now + LEAST_US) return;
    const late = now + LEAD_US - cursor;
    cursor += Math.ceil(late / PACKET_US) * PACKET_US;
    isMoved = true;
  };
  const send = () => {
    const now = parts.micros();
    catchUp(now);
    while (cursor < end && cursor - LEAD_US <= now) {
      const length = Math.min(PIECE_US, Math.ceil((end - cursor) / PACKET_US) * PACKET_US);
      const packets = take(length / PACKET_US);
      feed.push(packets, micros(cursor), cursor + length >= end);
      for (const { packet } of packets) said.add(packet);
      cursor += length;
    }
    if (cursor < end) return;
    stop();
    parts.onSent();
  };
  let stop = () => {};

  return {
    /** Begins to send; what was due before is left out. */
    start(): void {
      stop = every(clock, LOOK, send);
      send();
    },
    /** What is on its way to the loudspeakers, for whoever listens along. */
    said: said.since,
    heard: (): RadioHeard => ({
      stationMs: heard.station * LIVE_PACKET_MS,
      fallbackMs: heard.fallback * LIVE_PACKET_MS,
    }),
    stop: () => stop(),
  };
}
