/**
 * One stream of audio to many receivers. What costs is the write, not the byte: a whole period is built once into one
 * buffer, and that buffer is written once to each socket. Between two periods nothing happens for any receiver.
 *
 * @module
 */
import type { Cancel, Clock } from "../../base/clock.js";
import { type Micros, type Ms, ms } from "../../base/units.js";
import type { Closing } from "./closing.js";
import { beginOnAir, type Connection, endOnAir, writeAudio } from "./connection.js";
import type { Counts } from "./counts.js";
import { type ChunkBody, chunkFrames } from "./frames.js";

/** Receivers in one slot: about 20 ms of writing, so that nothing else waits longer. */
const SLOT = 1250;
/** From one slot to the next, at most. The last of 10,000 receivers gets its piece eight slots later. */
const SLOT_GAP = 60;

interface Member {
  readonly connection: Connection;
  slot: number;
  index: number;
  /** Number of the last piece it got or was denied. */
  upTo: number;
}

/** One push on its way through the slots. */
interface Round {
  readonly number: number;
  readonly frames: Buffer;
  slot: number;
}

/** A piece that a late joiner can still hear in time. */
interface Piece {
  readonly frames: Buffer;
  readonly lastAt: number;
}

export interface StreamParts {
  readonly clock: Clock;
  readonly counts: Counts;
  readonly serverMicros: () => Micros;
  readonly dismiss: (connection: Connection, closing: Closing) => void;
}

/** A stream as its owner in this folder sees it: by connection. */
export interface ConnectionStream {
  push(chunks: readonly ChunkBody[]): void;
  add(connection: Connection): void;
  remove(connection: Connection): void;
  size(): number;
  /** How much later than the first the last member gets a piece. */
  spread(): Ms;
  close(): void;
}

/** @param periodMs audio in one push, ms; slots are packed closer when it is short */
export function createStream(
  stream: number,
  periodMs: number,
  { clock, counts, serverMicros, dismiss }: StreamParts,
): ConnectionStream {
  const slots: Member[][] = [[]];
  const members = new Map<Connection, Member>();
  let rounds: Round[] = [];
  let ahead: Piece[] = [];
  let catchUp: Buffer | undefined;
  let pushed = 0;
  let cancel: Cancel | undefined;
  let closed = false;

  const gap = () => ms(Math.min(SLOT_GAP, periodMs / slots.length));

  const serve = (round: Round) => {
    const slot = slots[round.slot++] ?? [];
    const now = clock.now();
    // Backwards, for a member that is dismissed is replaced by the last one, which has been served.
    for (let index = slot.length - 1; index >= 0; index--) {
      const member = slot[index];
      if (member === undefined || member.upTo >= round.number) continue;
      member.upTo = round.number;
      if (writeAudio(member.connection, round.frames, now, counts) === "close") dismiss(member.connection, "too-slow");
    }
  };
  const settle = () => {
    rounds = rounds.filter((round) => round.slot < slots.length);
    if (rounds.length > 0 && !closed) cancel ??= clock.after(gap(), turn);
  };
  const turn = () => {
    cancel = undefined;
    // Oldest first: every member gets its pieces in order.
    for (const round of rounds) serve(round);
    settle();
  };
  const forgetThePast = () => {
    const now = serverMicros();
    if ((ahead[0]?.lastAt ?? now) >= now) return;
    ahead = ahead.filter((piece) => piece.lastAt >= now);
    catchUp = undefined;
  };

  return {
    push(chunks) {
      const last = chunks.at(-1);
      if (closed || last === undefined) return;
      const frames = chunkFrames(stream, chunks);
      forgetThePast();
      ahead.push({ frames, lastAt: last.at });
      catchUp = undefined;
      const round = { number: ++pushed, frames, slot: 0 };
      rounds.push(round);
      serve(round);
      settle();
    },
    add(connection) {
      if (closed || members.has(connection)) return;
      forgetThePast();
      const slot = roomIn(slots);
      const member = { connection, slot, index: slots[slot]?.length ?? 0, upTo: pushed };
      slots[slot]?.push(member);
      members.set(connection, member);
      beginOnAir(connection, clock.now());
      if (ahead.length === 0) return;
      catchUp ??= Buffer.concat(ahead.map(({ frames }) => frames));
      writeAudio(connection, catchUp, clock.now(), counts);
    },
    remove(connection) {
      const member = members.get(connection);
      if (member === undefined) return;
      members.delete(connection);
      takeOut(slots, member);
      endOnAir(connection, clock.now());
    },
    size: () => members.size,
    spread: () => ms(gap() * (slots.length - 1)),
    close() {
      if (closed) return;
      closed = true;
      cancel?.();
      for (const { connection } of members.values()) endOnAir(connection, clock.now());
      members.clear();
      rounds = [];
      ahead = [];
      catchUp = undefined;
    },
  };
}

/** Index of the emptiest slot; a new one when all are full. */
function roomIn(slots: Member[][]): number {
  let best = 0;
  for (let slot = 1; slot < slots.length; slot++) {
    if ((slots[slot]?.length ?? 0) < (slots[best]?.length ?? 0)) best = slot;
  }
  if ((slots[best]?.length ?? 0) < SLOT) return best;
  return slots.push([]) - 1;
}

function takeOut(slots: Member[][], { slot, index }: Member): void {
  const members = slots[slot];
  const last = members?.pop();
  if (members === undefined || last === undefined || last.index === index) return;
  members[index] = last;
  last.index = index;
}
