/**
 * Streams cues to receivers that do not hold their clips: a little at a time, ahead of the hour, paced so that neither a
 * narrow line nor a full buffer delays an order.
 *
 * @module
 */
import type { Cancel, Clock } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import { type Micros, micros, ms } from "../../base/units.js";
import type { OccurrenceId, ReceiverId } from "../../domain/ids.js";
import type { Chunk } from "../../protocol/chunk.js";
import { MAX_SEND_AHEAD, PRE_SKIP } from "../../protocol/limits.js";
import type { Cue, OrderBody } from "../../protocol/orders.js";
import { cueChunks, type ReadClip } from "./cue-chunks.js";

/** A stream on the wire to a set of receivers. */
export interface OpenStream {
  /** One write to each receiver: all these chunks in one buffer. */
  push(chunks: readonly Omit<Chunk, "type" | "stream">[]): void;
  /** A late joiner; it gets what is still ahead. */
  add(receiver: ReceiverId): void;
  remove(receiver: ReceiverId): void;
  close(): void;
}

/** A key that seals one stream and is forgotten with it. */
export interface SealKey {
  /** Raw, base64url; the signed order names it. */
  readonly publicKey: string;
  readonly sign: (text: string) => Uint8Array;
}

export interface PlayoutOptions {
  readonly clock: Clock;
  /** The server clock by which chunks are stamped. */
  readonly now: () => Micros;
  readonly readClip: ReadClip;
  /** @param seal signs with the key of the stream */
  readonly openStream: (stream: number, seal: SealKey["sign"]) => OpenStream;
  /** A fresh key for a stream. */
  readonly newSealKey: () => SealKey;
  /** Orders these receivers to do something; resolves when the order is on its way. */
  readonly order: (body: OrderBody, receivers: readonly ReceiverId[], cue: Cue) => Promise<unknown>;
  /** A number that no other stream has, of this run or of another. */
  readonly nextStream: () => number;
  readonly log: Log;
}

/**
 * Seconds of audio in the first pieces and in all later ones: the first must be through a 256 kbit/s line well before a
 * second has passed, the later ones are few because each write costs (one write per receiver per piece).
 */
const PIECES = [1, 1, 2, 5] as const;
/** Twice real time at most, so that a queue on the way never grows. */
const SPEED = 2;

interface Running {
  readonly cue: Cue;
  readonly stream: number;
  readonly sealKey: string;
  readonly wire: OpenStream;
  readonly receivers: Set<ReceiverId>;
  cancel: Cancel;
  ended: boolean;
}

export interface Playout {
  /** Starts streaming a cue. Receivers that are already fed by it are left alone. */
  feed(cue: Cue, receivers: readonly ReceiverId[]): void;
  /** Stops feeding cues for which `matches` says so, for these receivers or for all. */
  stop(matches: (cue: Cue) => boolean, receivers?: readonly ReceiverId[]): void;
  /** Its connection is gone: when it is back it may be fed anew, at the live edge. */
  lost(receiver: ReceiverId): void;
  /** Whether this receiver is being fed with this cue. */
  feeds(occurrence: OccurrenceId, receiver: ReceiverId): boolean;
  /** Streams that run now. */
  running(): number;
  close(): void;
}

export function createPlayout({
  clock,
  now,
  readClip,
  openStream,
  newSealKey,
  order,
  nextStream,
  log,
}: PlayoutOptions): Playout {
  /** By turn of an occurrence; a receiver that joins later shares the stream of the others. */
  const running = new Map<string, Running>();

  const end = (run: Running) => {
    if (run.ended) return;
    run.ended = true;
    run.cancel();
    run.wire.close();
    if (running.get(turnOf(run.cue)) === run) running.delete(turnOf(run.cue));
  };

  /** No chunk leaves for a receiver before the order that opens its stream. */
  const join = async (run: Running, fresh: readonly ReceiverId[]) => {
    for (const receiver of fresh) run.receivers.add(receiver);
    await order(openOrder(run), fresh, run.cue);
    // A stop may have come meanwhile.
    if (!run.ended) for (const receiver of fresh) if (run.receivers.has(receiver)) run.wire.add(receiver);
  };
  const pump = async (run: Running) => {
    const chunks = cueChunks(run.cue, run.stream, micros(Math.max(now(), run.cue.at - 20_000)), readClip);
    for (let piece = 0; !run.ended; piece++) {
      const length = (PIECES[Math.min(piece, PIECES.length - 1)] ?? 5) * 1_000_000;
      const batch = await take(chunks, length);
      const first = batch[0];
      if (run.ended) return;
      if (first === undefined) break;
      await waitUntil(run, first.at - MAX_SEND_AHEAD * 1000 + length);
      if (run.ended) return;
      run.wire.push(batch);
      await wait(run, length / 1000 / SPEED);
    }
    if (run.ended) return;
    await waitUntil(run, run.cue.at + run.cue.durationMs * 1000);
    if (run.ended) return;
    await order({ kind: "close", stream: run.stream }, [...run.receivers], run.cue);
    end(run);
  };

  const wait = (run: Running, length: number) =>
    new Promise<void>((resolve) => {
      const cancel = clock.after(ms(length), resolve);
      run.cancel = () => {
        cancel();
        resolve();
      };
    });
  const waitUntil = async (run: Running, instant: number) => {
    const left = (instant - now()) / 1000;
    if (left > 0) await wait(run, left);
  };

  const openOrder = ({ stream, sealKey, cue }: Running): OrderBody => ({
    kind: "open",
    stream,
    sealKey,
    cue,
    class: cue.class,
    title: cue.title,
    preSkip: PRE_SKIP,
    maxMs: cue.durationMs,
  });

  return {
    feed(cue, receivers) {
      const run = running.get(turnOf(cue));
      const fresh = receivers.filter((receiver) => !run?.receivers.has(receiver));
      if (fresh.length === 0) return;
      if (run) {
        join(run, fresh).catch((thrown: unknown) => {
          log.error("playout.not-joined", { cue: cue.id, thrown });
          for (const receiver of fresh) run.receivers.delete(receiver);
        });
        return;
      }
      const stream = nextStream();
      const seal = newSealKey();
      const started: Running = {
        ...{ cue, stream },
        sealKey: seal.publicKey,
        wire: openStream(stream, seal.sign),
        receivers: new Set(),
        cancel: () => {},
        ended: false,
      };
      running.set(turnOf(cue), started);
      join(started, fresh)
        .then(() => pump(started))
        .catch((thrown: unknown) => {
          log.error("playout.failed", { cue: cue.id, thrown });
          end(started);
        });
    },
    lost(receiver) {
      for (const run of running.values()) run.receivers.delete(receiver);
    },
    stop(matches, receivers) {
      for (const run of [...running.values()]) {
        if (!matches(run.cue)) continue;
        for (const receiver of receivers ?? run.receivers) {
          if (run.receivers.delete(receiver)) run.wire.remove(receiver);
        }
        if (run.receivers.size === 0) end(run);
      }
    },
    feeds: (occurrence, receiver) =>
      [...running.values()].some(({ cue, receivers }) => cue.id === occurrence && receivers.has(receiver)),
    running: () => running.size,
    close() {
      for (const run of [...running.values()]) end(run);
    },
  };
}

/** Neighbours that take turns sound one occurrence at different instants, and places with other limits may end it earlier. */
const turnOf = ({ id, at, durationMs, notAfter }: Cue): string => `${id} ${at} ${durationMs} ${notAfter}`;

/** The next `length` µs of chunks; fewer at the end. */
async function take(chunks: AsyncGenerator<Chunk>, length: number): Promise<Chunk[]> {
  const batch: Chunk[] = [];
  for (;;) {
    const next = await chunks.next();
    if (next.done) return batch;
    batch.push(next.value);
    const first = batch[0];
    if (first && next.value.at - first.at >= length - 20_000) return batch;
  }
}
