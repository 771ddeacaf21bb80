/**
 * The sounds that may be needed within seconds: clips read from disk ahead of time, streams as they come.
 *
 * @module
 */
import type { Log } from "../../base/log.js";
import type { Sha256 } from "../../domain/ids.js";
import { type OpusClip, parseOggOpus } from "../../protocol/ogg-opus.js";
import type { JitterBuffer } from "../../receiver/jitter-buffer.js";
import { type ClipSound, createClipSound } from "./clip-sound.js";
import type { Decoders } from "./decoders.js";
import type { Sounds } from "./mixer.js";
import { createStreamSound, type StreamSound } from "./stream-sound.js";

export interface LibraryOptions {
  /** Whether a clip is on this disk; what is not there yet is not asked for. */
  readonly has: (sha256: Sha256) => boolean;
  readonly read: (sha256: Sha256) => Promise<Uint8Array>;
  readonly decoders: Decoders;
  readonly buffer: JitterBuffer;
  readonly log: Log;
}

export interface Library extends Sounds {
  /** Reads these clips from disk and forgets all others. */
  retain(needed: ReadonlySet<Sha256>): void;
  /** The clip can be decoded at once. */
  isReady(sha256: Sha256): boolean;
  openStream(stream: number, preSkip: number): void;
  closeStream(stream: number): void;
  /** There is sound of the stream for this sample of the timeline. */
  covers(stream: number, sample: number): boolean;
  /** A claim is over: its decoders are free. */
  release(key: string): void;
  late(): number;
  underruns(): number;
  close(): void;
}

export function createLibrary({ has, read, decoders, buffer, log }: LibraryOptions): Library {
  const loaded = new Map<Sha256, OpusClip>();
  const loading = new Set<Sha256>();
  let needed: ReadonlySet<Sha256> = new Set();
  /** By claim and clip. */
  const playing = new Map<string, Map<Sha256, ClipSound>>();
  const streams = new Map<number, StreamSound>();
  const starved = new Set<number>();
  let late = 0;
  let underruns = 0;

  const load = async (sha256: Sha256) => {
    loading.add(sha256);
    try {
      const clip = parseOggOpus(await read(sha256));
      if (needed.has(sha256)) loaded.set(sha256, clip);
    } catch (thrown) {
      log.warn("relay.clip-unreadable", { sha256, thrown });
    } finally {
      loading.delete(sha256);
    }
  };
  const soundOf = (key: string, sha256: Sha256): ClipSound | undefined => {
    const mine = playing.get(key) ?? new Map<Sha256, ClipSound>();
    playing.set(key, mine);
    const known = mine.get(sha256);
    if (known) return known;
    const clip = loaded.get(sha256);
    if (!clip) return undefined;
    // One item of a claim sounds at a time: what sounded before gives its decoder back.
    for (const sound of mine.values()) sound.close();
    mine.clear();
    const sound = createClipSound(clip, decoders);
    mine.set(sha256, sound);
    return sound;
  };

  return {
    retain(next) {
      needed = next;
      for (const sha256 of loaded.keys()) if (!next.has(sha256)) loaded.delete(sha256);
      for (const sha256 of next) if (has(sha256) && !loaded.has(sha256) && !loading.has(sha256)) void load(sha256);
    },
    isReady: (sha256) => loaded.has(sha256),
    clip(key, sha256, from, target) {
      const sound = soundOf(key, sha256);
      if (sound) sound.read(from, target);
      else target.fill(0);
    },
    stream(stream, from, target) {
      const sound = streams.get(stream);
      if (sound?.read(from, target)) {
        starved.delete(stream);
        return;
      }
      if (!sound) target.fill(0);
      if (!starved.has(stream)) underruns += 1;
      starved.add(stream);
    },
    openStream(stream, preSkip) {
      if (streams.has(stream)) return;
      const onLate = () => {
        late += 1;
      };
      streams.set(stream, createStreamSound({ stream, preSkip, buffer, decoders, onLate }));
    },
    closeStream(stream) {
      streams.get(stream)?.close();
      streams.delete(stream);
      starved.delete(stream);
    },
    covers: (stream, sample) => streams.get(stream)?.covers(sample) ?? false,
    release(key) {
      for (const sound of playing.get(key)?.values() ?? []) sound.close();
      playing.delete(key);
    },
    late: () => late,
    underruns: () => underruns,
    close() {
      for (const key of [...playing.keys()]) this.release(key);
      for (const stream of [...streams.keys()]) this.closeStream(stream);
    },
  };
}
