import { Encoder } from "@evan/opus";
import { writeOggOpus } from "../support/ogg-writer.js";

/** A clip of `ms` milliseconds that rises in pitch, so that every moment of it is told from every other. */
export function aChirp(ms: number, { from = 300, to = 2_000 } = {}): Uint8Array {
  const samples = ms * 48;
  const encoder = new Encoder({ channels: 1, sample_rate: 48_000, application: "audio" });
  const packets: Uint8Array[] = [];
  let phase = 0;
  for (let start = 0; start < samples + 312; start += 960) {
    const frame = new Int16Array(960);
    for (let index = 0; index < 960; index++) {
      const at = start + index;
      phase += (2 * Math.PI * (from + ((to - from) * at) / samples)) / 48_000;
      frame[index] = at < samples ? Math.round(Math.sin(phase) * 9_000) : 0;
    }
    packets.push(encoder.encode(frame).slice());
  }
  return writeOggOpus(packets, 960, { position: samples + 312 });
}
