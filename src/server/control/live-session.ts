/**
 * One time that somebody speaks into a microphone: from the order that opens the loudspeakers until the last word has been heard.
 *
 * @module
 */
import { type Cancel, type Clock, every } from "../../base/clock.js";
import { type Epoch, epoch, type Instant, ms, toEpoch, until } from "../../base/units.js";
import type { ReceiverId } from "../../domain/ids.js";
import { LIVE_LONGEST_MS, LIVE_LOST_MS, LIVE_PACKET_MS, type LiveEnd } from "../../domain/live.js";
import type { Ticket } from "../../domain/ticket.js";
import { createLatelySaid, type Said } from "./lately-said.js";
import type { LiveFeed, Recording } from "./live-ports.js";

/** Whoever opened a microphone has so long until the first word must have come, ms. */
const FIRST_WORD_MS = 15_000;
/** How often it is looked whether somebody still speaks, ms. */
const LOOK = ms(250);

export interface LiveSessionParts {
  readonly ticket: Ticket;
  readonly feed: LiveFeed;
  readonly recording: Recording;
  /** Whoever may speak: by the session they opened it with. */
  readonly speaker: string;
  readonly clock: Clock;
  readonly now: () => Epoch;
  /** It is over, for this reason; what was sent is heard until then. */
  readonly onEnd: (session: LiveSession, why: LiveEnd, heardUntil: Epoch) => void;
}

export interface LiveSession {
  readonly ticket: Ticket;
  readonly feed: LiveFeed;
  readonly recording: Recording;
  readonly speaker: string;
  /** Loudspeakers that the stream goes to. */
  readonly joined: Set<ReceiverId>;
  /** Those that a stop has reached: nothing of it is heard there again (R3). */
  readonly stopped: Set<ReceiverId>;
  /** Milliseconds of speech so far, and of speech that came too late to be heard. */
  readonly spoken: () => { readonly spokenMs: number; readonly leftOutMs: number };
  /** What is heard of it, for whoever listens along. */
  readonly said: (from: number | undefined) => Said;
  isOver(): boolean;
  /** Sends what is heard first, such as a chime. */
  prepare(packets: readonly Uint8Array[]): void;
  push(packet: Uint8Array): void;
  end(why: LiveEnd): void;
  /** Calls `listener` when it is over; at once when it is. */
  onEnd(listener: (why: LiveEnd) => void): void;
}

export function createLiveSession(parts: LiveSessionParts): LiveSession {
  const { ticket, feed, recording, speaker, clock, now } = parts;
  const openedAt = clock.now();
  const listeners: ((why: LiveEnd) => void)[] = [];
  let heardAt: Instant | undefined;
  let over: LiveEnd | undefined;
  let spoken = 0;
  let leftOut = 0;
  const said = createLatelySaid();

  const look = () => {
    const silent = until(heardAt ?? openedAt, clock.now());
    if (until(openedAt, clock.now()) >= LIVE_LONGEST_MS) session.end("too-long");
    else if (heardAt === undefined ? silent >= FIRST_WORD_MS : silent >= LIVE_LOST_MS)
      session.end(heardAt === undefined ? "no-sound" : "network-lost");
  };
  const stopLooking: Cancel = every(clock, LOOK, look);

  const session: LiveSession = {
    ...{ ticket, feed, recording, speaker },
    joined: new Set(),
    stopped: new Set(),
    spoken: () => ({ spokenMs: spoken * LIVE_PACKET_MS, leftOutMs: leftOut * LIVE_PACKET_MS }),
    said: said.since,
    isOver: () => over !== undefined,
    prepare(packets) {
      feed.prepare(packets);
      for (const packet of packets) said.add(packet);
    },
    push(packet) {
      if (over !== undefined) return;
      heardAt = clock.now();
      spoken += 1;
      recording.write(packet);
      if (feed.push(packet)) said.add(packet);
      else leftOut += 1;
    },
    end(why) {
      if (over !== undefined) return;
      over = why;
      stopLooking();
      const last = toEpoch(feed.finish());
      // A stop has silenced the loudspeakers already.
      parts.onEnd(session, why, why === "stopped" ? now() : epoch(Math.max(now(), last)));
      for (const listener of listeners) listener(why);
    },
    onEnd(listener) {
      if (over === undefined) listeners.push(listener);
      else listener(over);
    },
  };
  return session;
}
