/**
 * A clip decoded into a WAV file, as a loudspeaker would sound it.
 *
 * @module
 */
import { Fault } from "../base/errors.js";
import { OPUS_RATE, parseOggOpus } from "../protocol/ogg-opus.js";
import { createDecoders } from "../relay/sound/decoders.js";

const HEADER = 44;
const BYTES_PER_SAMPLE = 2;

/** @returns the bytes of a WAV file: 48 kHz, mono, 16 bit */
export async function wavOfClip(clip: Uint8Array): Promise<Buffer> {
  const { packets, preSkip, playableSamples } = parseOggOpus(clip);
  const wav = Buffer.alloc(HEADER + playableSamples * BYTES_PER_SAMPLE);
  writeHeader(wav, playableSamples);
  const failures: unknown[] = [];
  const decoders = await createDecoders((thrown) => failures.push(thrown));
  const decoder = decoders.take();
  if (decoder === undefined) throw noDecoder(failures[0]);
  let position = -preSkip;
  for (const packet of packets) {
    for (const sample of decoder.decode(packet)) {
      if (position >= 0 && position < playableSamples)
        wav.writeInt16LE(toInt16(sample), HEADER + position * BYTES_PER_SAMPLE);
      position += 1;
    }
  }
  decoders.give(decoder);
  await decoders.close();
  return wav;
}

const toInt16 = (sample: number) => Math.round(Math.max(-1, Math.min(1, sample)) * 0x7fff);

function writeHeader(wav: Buffer, samples: number): void {
  const bytes = samples * BYTES_PER_SAMPLE;
  wav.write("RIFF", 0, "latin1");
  wav.writeUInt32LE(HEADER - 8 + bytes, 4);
  wav.write("WAVEfmt ", 8, "latin1");
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(OPUS_RATE, 24);
  wav.writeUInt32LE(OPUS_RATE * BYTES_PER_SAMPLE, 28);
  wav.writeUInt16LE(BYTES_PER_SAMPLE, 32);
  wav.writeUInt16LE(BYTES_PER_SAMPLE * 8, 34);
  wav.write("data", 36, "latin1");
  wav.writeUInt32LE(bytes, 40);
}

const noDecoder = (cause: unknown) =>
  new Fault(
    "unavailable",
    { vi: "Không mở được bộ giải mã Opus.", en: "The Opus decoder cannot be opened." },
    { cause },
  );
