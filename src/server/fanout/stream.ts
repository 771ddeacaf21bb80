/**
 * One stream of audio to many receivers. What costs is the write, not the byte: a whole period is built once into one
 * buffer, and that buffer is written once to each socket. Between two periods nothing happens for any receiver.
 *
 * @module
 */
import type { Socket } from "node:net";
import { WebSocket } from "ws";
import type { Cancel, Clock } from "../../base/clock.js";
import { type Micros, type Ms, ms } from "../../base/units.js";
import { judge, MAX_WAITING_AUDIO } from "./backpressure.js";
import type { Closing } from "./closing.js";
import { beginOnAir, type Connection, endOnAir } from "./connection.js";
import type { Counts } from "./counts.js";
import { type ChunkBody, chunkFrames, type SignSeal } from "./frames.js";

/** Receivers in one slot: about 20 ms of writing, so that nothing else waits longer. */
const SLOT = 1250;
/** From one slot to the next, at most. The last of 10,000 receivers gets its piece eight slots later. */
const SLOT_GAP = 60;

/** In place of an instant that has not come. */
const NEVER = -1;

interface Member {
  readonly connection: Connection;
  /** The two parts of the connection that each piece needs, one step away. */
  readonly socket: WebSocket;
  readonly raw: Socket;
  /** Since when its socket has been behind, or {@link NEVER}. */
  behindSince: number;
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

/** What a stream is, whoever gets it. */
export interface StreamKind {
  readonly stream: number;
  /** Audio in one push, ms; slots are packed closer when it is short. */
  readonly periodMs: number;
  /** Seals a piece with the key that the order of the stream names. */
  readonly seal: SignSeal;
}

export function createStream(
  { stream, periodMs, seal }: StreamKind,
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

  const written = (writes: number, length: number) => {
    counts.writes += writes;
    counts.sentBytes += writes * length;
  };
  /** A socket that is behind, or was: its piece is left out, or it is given up. Returns whether it was written after all. */
  const hesitate = (member: Member, frames: Buffer, now: number): boolean => {
    const { connection, raw, behindSince } = member;
    const verdict = judge(raw.writableLength, behindSince === NEVER ? 0 : now - behindSince);
    if (verdict === "send") {
      member.behindSince = NEVER;
      raw.write(frames);
      return true;
    }
    counts.skipped += 1;
    if (behindSince === NEVER) member.behindSince = now;
    if (verdict === "close") dismiss(connection, "too-slow");
    return false;
  };
  const offer = (member: Member, frames: Buffer, now: number): boolean => {
    const { socket, raw, behindSince } = member;
    if (socket.readyState !== WebSocket.OPEN) return false;
    if (behindSince !== NEVER || raw.writableLength > MAX_WAITING_AUDIO) return hesitate(member, frames, now);
    raw.write(frames);
    return true;
  };
  const serve = ({ number, frames, slot: index }: Round) => {
    const slot = slots[index] ?? [];
    const now = clock.now();
    let writes = 0;
    // Backwards, for a member that is dismissed is replaced by the last one, which has been served.
    for (let place = slot.length - 1; place >= 0; place--) {
      const member = slot[place];
      if (member === undefined || member.upTo >= number) continue;
      member.upTo = number;
      if (offer(member, frames, now)) writes += 1;
    }
    written(writes, frames.length);
  };
  const serveNext = (round: Round) => {
    serve(round);
    round.slot += 1;
  };
  const settle = () => {
    rounds = rounds.filter((round) => round.slot < slots.length);
    if (rounds.length > 0 && !closed) cancel ??= clock.after(gap(), turn);
  };
  const turn = () => {
    cancel = undefined;
    // Oldest first: every member gets its pieces in order.
    for (const round of rounds) serveNext(round);
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
      const frames = chunkFrames(stream, chunks, seal);
      forgetThePast();
      ahead.push({ frames, lastAt: last.at });
      catchUp = undefined;
      const round = { number: ++pushed, frames, slot: 0 };
      rounds.push(round);
      serveNext(round);
      settle();
    },
    add(connection) {
      if (closed || members.has(connection)) return;
      forgetThePast();
      const slot = roomIn(slots);
      const { socket, raw } = connection;
      const index = slots[slot]?.length ?? 0;
      const member = { connection, socket, raw, behindSince: NEVER, slot, index, upTo: pushed };
      slots[slot]?.push(member);
      members.set(connection, member);
      beginOnAir(connection, clock.now());
      if (ahead.length === 0) return;
      catchUp ??= Buffer.concat(ahead.map(({ frames }) => frames));
      if (offer(member, catchUp, clock.now())) written(1, catchUp.length);
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
