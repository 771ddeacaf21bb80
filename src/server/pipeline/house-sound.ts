/**
 * The house sound: Opus 48 kHz mono, 20 ms packets, −16 LUFS, at most −1.5 dBTP, both measured on what was encoded.
 *
 *     in ──► high-pass, compressor ──► front.pcm ──► gain, limiter, Opus ──► clip.opus ──► meter, waveform
 *            measured here                 ▲                                      │
 *                                          └───────── gain and limit corrected ◄──┘   at most three times
 *
 * @module
 */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../base/clock.js";
import { type Ms, ms, seconds } from "../../base/units.js";
import { runFfmpeg, type Step } from "./ffmpeg.js";
import * as loudness from "./loudness.js";
import { type Loudness, parseSummary, type Setting } from "./loudness.js";
import type { Probe } from "./probe.js";
import { refuse } from "./refusals.js";
import { createWaveform, RATE, type Waveform } from "./waveform.js";

/** Encodings after the first one. */
const MOST_CORRECTIONS = 3;
/** Shorter sounds cannot be told from a click. */
const SHORTEST_SECONDS = 0.1;
/** Below this a sound holds no whole block of the meter, so it is measured as if repeated without a pause. */
const ONE_METER_BLOCK_SECONDS = 0.4;
const BYTES_PER_SECOND = RATE * 2;

/** Bitstream and container carry no version, no time and no random number: the same sound makes the same bytes. */
const BIT_EXACT = ["-fflags", "+bitexact", "-flags:a", "+bitexact", "-map_metadata", "-1"];
const RAW = ["-f", "s16le", "-ar", String(RATE), "-ac", "1"];
/** Rumble away, loud and soft nearer to each other. */
export const FRONT = "highpass=f=80,acompressor=threshold=0.125:ratio=4:attack=5:release=100:knee=4";
/** Printed once, at the end. */
const METER = { front: "ebur128=peak=sample:framelog=verbose", clip: "ebur128=peak=true:framelog=verbose" };

/** What the makers below work with. */
export interface Workshop {
  /** The launcher of ffmpeg. */
  readonly ffmpeg: string;
  /** Where all files of this one clip lie. */
  readonly folder: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** A decoded sound behind the compressor. */
export interface Front {
  readonly seconds: number;
  readonly measured: Loudness;
}

/** An encoded sound, in `clip.opus` of its folder. */
export interface Made {
  readonly file: string;
  readonly samples: number;
  readonly measured: Loudness;
  readonly waveform: Waveform;
}

/** What may be read, and how strictly. */
export interface Reading {
  readonly name: string;
  readonly mostSeconds: number;
  /** Sound of our own making may have been joined from parts, which a strict decoder takes for damage. */
  readonly trusted: boolean;
}

/**
 * Decodes `in` of the folder into `front.pcm` and measures it.
 *
 * @throws Fault "invalid": `damaged`, `too-long`, `too-short`
 */
export async function readFront(shop: Workshop, { demuxer, claimedSeconds }: Probe, reading: Reading): Promise<Front> {
  const { name, mostSeconds, trusted } = reading;
  const { ok, log } = await run(shop, mostSeconds, {
    inputOptions: [
      ...["-protocol_whitelist", "file,pipe", "-format_whitelist", demuxer],
      ...(trusted ? [] : ["-xerror", "-err_detect", "crccheck+bitstream+buffer+explode"]),
      ...["-f", demuxer, "-t", String(mostSeconds + 1)],
    ],
    input: "in",
    outputOptions: [
      ...["-map", "0:a:0", "-vn", "-sn", "-dn", "-threads", "1", ...BIT_EXACT],
      ...["-af", `aresample=${RATE},aformat=channel_layouts=mono,${FRONT},${METER.front}`, ...RAW],
    ],
    output: "front.pcm",
  });
  const produced = await secondsOf(join(shop.folder, "front.pcm"));
  if (produced > mostSeconds) throw refuse("too-long", name);
  // MP3 files often end in tags or padding that a strict decoder takes for a frame. They also say how long they are, so
  // when all of that came out, the complaint was about what lies behind the end.
  const isForgiven = ok || trusted || demuxer === "mp3";
  const isWhole = produced >= claimedSeconds - 0.25 - claimedSeconds * 0.01;
  if (!isWhole || !isForgiven || produced === 0) throw refuse("damaged", name, new Error(lastLine(log)));
  if (produced < SHORTEST_SECONDS) throw refuse("too-short", name);
  const short = produced < ONE_METER_BLOCK_SECONDS;
  const measured = parseSummary(short ? await meterRepeated(shop, produced) : log);
  return {
    seconds: produced,
    measured: measured ?? { lufs: Number.NEGATIVE_INFINITY, peakDb: Number.NEGATIVE_INFINITY },
  };
}

/**
 * Encodes `front.pcm` and corrects until the clip measures right, or is the best that can be had.
 *
 * @param bitrate kbit/s
 * @throws Fault "invalid", `peaky`, when no try was usable
 */
export async function makeHouseSound(
  shop: Workshop,
  front: Front,
  { bitrate, name }: { bitrate: number; name: string },
): Promise<Made> {
  let setting: Setting | undefined = loudness.firstSetting(front.measured);
  let best: { setting: Setting; measured: Loudness } | undefined;
  let made: Made | undefined;
  for (let tries = 0; setting !== undefined && tries <= MOST_CORRECTIONS; tries++) {
    made = await makeOnce(shop, front, { setting, bitrate });
    const { measured } = made;
    if (best === undefined || loudness.badness(measured) < loudness.badness(best.measured))
      best = { setting, measured };
    setting = loudness.nextSetting(setting, measured);
  }
  if (made === undefined || best === undefined || !loudness.isUsable(best.measured)) throw refuse("peaky", name);
  return made.measured === best.measured ? made : makeOnce(shop, front, { setting: best.setting, bitrate });
}

async function makeOnce(shop: Workshop, front: Front, { setting, bitrate }: { setting: Setting; bitrate: number }) {
  const { complexity, limiterRate } = effort(front.seconds);
  const limit = (10 ** (setting.limitDb / 20)).toFixed(6);
  await sure(shop, front.seconds, {
    inputOptions: RAW,
    input: "front.pcm",
    outputOptions: [
      "-af",
      `volume=${setting.gainDb.toFixed(2)}dB,aresample=${limiterRate},` +
        `alimiter=limit=${limit}:level=0:attack=1:release=50,aresample=${RATE}`,
      ...["-c:a", "libopus", "-b:a", `${bitrate}k`, "-vbr", "constrained", "-compression_level", String(complexity)],
      ...["-frame_duration", "20", "-application", "audio", "-ar", String(RATE), "-ac", "1", ...BIT_EXACT, "-f", "ogg"],
    ],
    output: "clip.opus",
  });
  return meterClip(shop, front.seconds);
}

/** Decodes the clip as a receiver will, and measures that. */
async function meterClip(shop: Workshop, length: number): Promise<Made> {
  const waveform = createWaveform(Math.round(length * RATE));
  const log = await sure(shop, length, {
    inputOptions: ["-f", "ogg"],
    input: "clip.opus",
    outputOptions: ["-af", `${METER.clip}`, ...RAW],
    output: (bytes) => waveform.add(bytes),
  });
  const short = length < ONE_METER_BLOCK_SECONDS;
  const measured = parseSummary(short ? await meterRepeated(shop, length, "clip.opus") : log);
  if (measured === undefined) throw new TypeError(`no loudness in ${lastLine(log)}`);
  return { file: join(shop.folder, "clip.opus"), samples: waveform.samples(), measured, waveform };
}

/** Measures a sound too short for the meter as if it were repeated for two seconds; returns ffmpeg's talk. */
function meterRepeated(shop: Workshop, length: number, input = "front.pcm"): Promise<string> {
  const samples = Math.round(length * RATE);
  return sure(shop, length, {
    inputOptions: input === "front.pcm" ? RAW : ["-f", "ogg"],
    input,
    outputOptions: ["-af", `aloop=loop=${Math.ceil(2 / length)}:size=${samples},${METER.clip}`, "-f", "null"],
    output: "-",
  });
}

/**
 * How hard to try, by length in seconds. Opus' complexity costs most; on 10 minutes of speech 0 took 1.8 s, 5 took 5.8 s and
 * 9 took 15.4 s, and the meter saw no difference. Oversampling the limiter fourfold costs another 0.9 s and is
 * not needed for safety, since the finished clip's true peak is measured.
 */
function effort(length: number): { complexity: number; limiterRate: number } {
  if (length <= 300) return { complexity: 5, limiterRate: 4 * RATE };
  return length <= 900 ? { complexity: 3, limiterRate: 4 * RATE } : { complexity: 0, limiterRate: RATE };
}

type Rest = Omit<Step, "folder" | "limit">;

const run = ({ ffmpeg, folder, clock, signal }: Workshop, length: number, rest: Rest) =>
  runFfmpeg(ffmpeg, { ...rest, folder, limit: limitFor(length) }, { clock, signal });

/** For steps whose input we made ourselves: a failure is not the file's fault. */
async function sure(shop: Workshop, length: number, rest: Rest): Promise<string> {
  const { ok, log } = await run(shop, length, rest);
  if (!ok) throw new Error(`ffmpeg: ${lastLine(log)}`);
  return log;
}

/** A minute, and for long sound a tenth of it: fifty times what an idle machine needs. */
const limitFor = (length: number): Ms => ms(seconds(60) + seconds(length / 10));

const secondsOf = (pcm: string): Promise<number> =>
  stat(pcm).then(
    ({ size }) => size / BYTES_PER_SECOND,
    () => 0,
  );

const lastLine = (log: string): string => log.trimEnd().split("\n").at(-1) ?? "";
