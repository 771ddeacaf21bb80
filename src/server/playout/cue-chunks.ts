/**
 * A cue as the chunks that carry it: every packet of its clips, stamped with the instant at which it is heard.
 *
 * @module
 */
import { type Micros, micros } from "../../base/units.js";
import type { Chunk } from "../../protocol/chunk.js";
import type { OpusClip } from "../../protocol/ogg-opus.js";
import type { Cue } from "../../protocol/orders.js";

/** µs of one sample at the house rate of 48 kHz. */
const SAMPLE = 1_000_000 / 48_000;

/** Gives the packets of a clip. */
export type ReadClip = (sha256: Cue["items"][number]["sha256"]) => Promise<OpusClip>;

/**
 * The chunks of a cue in order of time, from the instant `from` on, so that somebody who joins late starts in the middle.
 *
 * A packet is heard at the start of its item plus its samples so far less the pre-skip, exactly as a receiver plays the
 * same clip from its own disk: both ways of delivery sound in step. What reaches over the end of the cue is left out.
 */
export async function* cueChunks(cue: Cue, stream: number, from: Micros, readClip: ReadClip): AsyncGenerator<Chunk> {
  const end = cue.at + cue.durationMs * 1000;
  let sequence = 0;
  for (const item of cue.items) {
    const start = cue.at + item.offsetMs * 1000;
    const itemEnd = Math.min(end, start + item.durationMs * 1000);
    if (itemEnd <= from || start >= end) continue;
    const clip = await readClip(item.sha256);
    let samples = -clip.preSkip;
    let discontinuity = true;
    for (const [index, packet] of clip.packets.entries()) {
      const at = start + samples * SAMPLE;
      samples += clip.samplesPerPacket[index] ?? 960;
      const until = start + samples * SAMPLE;
      if (until <= from) continue;
      if (at >= itemEnd) break;
      yield {
        type: "loudspeaker",
        at: micros(Math.max(0, at)),
        stream,
        sequence: sequence++,
        discontinuity,
        last: false,
        packet,
      };
      discontinuity = false;
    }
  }
}
