/**
 * What a file really holds, by its content, before ffmpeg may touch it. The only file that knows mediabunny.
 *
 * @module
 */
import { ADTS, FilePathSource, FLAC, Input, type InputFormat, MP3, MP4, OGG, WAVE, WEBM } from "mediabunny";
import type { Clock } from "../../base/clock.js";
import { Fault } from "../../base/errors.js";
import { type Ms, seconds } from "../../base/units.js";
import { refuse } from "./refusals.js";

/** A file that claims to be sound we take. */
export interface Probe {
  /** ffmpeg's name of the one demuxer that may read it. */
  readonly demuxer: string;
  /** The longest length that the file claims, seconds: by its header or by counting its frames. */
  readonly claimedSeconds: number;
}

/** The containers that are taken and ffmpeg's demuxer for each. Anything else is refused whatever it is called. */
const DEMUXERS = new Map<InputFormat, string>([
  [MP3, "mp3"],
  [MP4, "mov"],
  [WAVE, "wav"],
  [FLAC, "flac"],
  [OGG, "ogg"],
  [WEBM, "matroska"],
  [ADTS, "aac"],
]);

/** The codecs that are taken, as mediabunny calls them; PCM of every width besides. */
const CODECS = /^(mp3|aac|flac|opus|vorbis|pcm-\w+|ulaw|alaw)$/;

/** Longest look at one file: 50 MB of MP3 take 1.3 s. */
const LIMIT: Ms = seconds(20);

/**
 * Looks into `file`, which people know as `name`.
 *
 * @param mostSeconds longer claims are refused without counting
 * @throws Fault "invalid": `unknown-format`, `damaged`, `too-long`
 */
export async function probe(file: string, name: string, { clock, mostSeconds }: { clock: Clock; mostSeconds: number }) {
  const input = new Input({ formats: [...DEMUXERS.keys()], source: new FilePathSource(file) });
  // Whatever is still being read when the time is up fails at once when the input is disposed of.
  const cancel = clock.after(LIMIT, () => input.dispose());
  try {
    const format = await input.getFormat().catch((cause: unknown) => {
      throw refuse("unknown-format", name, cause);
    });
    const claimedSeconds = await claim(input, name, mostSeconds).catch((cause: unknown) => {
      throw cause instanceof Fault ? cause : refuse("damaged", name, cause);
    });
    return { demuxer: DEMUXERS.get(format) ?? "", claimedSeconds } satisfies Probe;
  } finally {
    cancel();
    input.dispose();
  }
}

async function claim(input: Input, name: string, mostSeconds: number): Promise<number> {
  const track = await input.getPrimaryAudioTrack();
  if ((await input.getTracks()).length === 0) throw refuse("damaged", name);
  const codec = await track?.getCodec();
  if (track == null || codec == null || !CODECS.test(codec)) throw refuse("unknown-format", name);
  const written = (await track.getDurationFromMetadata()) ?? 0;
  if (written > mostSeconds) throw refuse("too-long", name);
  const counted = await track.computeDuration();
  if (counted > mostSeconds) throw refuse("too-long", name);
  return Math.max(written, counted);
}
