/**
 * A clip decoded into a WAV file, as a loudspeaker would sound it.
 *
 * @module
 */
import { Fault } from "../base/errors.js";
import { wavFile } from "../base/wav.js";
import { OPUS_RATE, parseOggOpus } from "../protocol/ogg-opus.js";
import { createDecoders } from "../relay/sound/decoders.js";

/** @returns the bytes of a WAV file: 48 kHz, mono, 16 bit */
export async function wavOfClip(clip: Uint8Array): Promise<Uint8Array> {
  const { packets, preSkip, playableSamples } = parseOggOpus(clip);
  const samples = new Int16Array(playableSamples);
  const failures: unknown[] = [];
  const decoders = await createDecoders((thrown) => failures.push(thrown));
  const decoder = decoders.take();
  if (decoder === undefined) throw noDecoder(failures[0]);
  let position = -preSkip;
  for (const packet of packets) {
    for (const sample of decoder.decode(packet)) {
      if (position >= 0 && position < playableSamples) samples[position] = toInt16(sample);
      position += 1;
    }
  }
  decoders.give(decoder);
  await decoders.close();
  return wavFile(samples, OPUS_RATE);
}

const toInt16 = (sample: number) => Math.round(Math.max(-1, Math.min(1, sample)) * 0x7fff);

const noDecoder = (cause: unknown) =>
  new Fault(
    "unavailable",
    { vi: "Không mở được bộ giải mã Opus.", en: "The Opus decoder cannot be opened." },
    { cause },
  );
