/**
 * Any audio in, the house sound out.
 *
 * A file is copied into quarantine, recognised by its content, decoded under limits, brought to the house's loudness, encoded,
 * and measured again as a receiver would hear it. Only then is it handed on to be kept. A refusal leaves nothing behind.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { pipeline as flow } from "node:stream/promises";
import type { Clock } from "../../base/clock.js";
import { Fault, type Words } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import { MEGABYTE } from "../../base/units.js";
import type { PipSide } from "../../domain/alignment.js";
import type { Clip } from "../../domain/announcement.js";
import { sha256 } from "../../domain/ids.js";
import { checkOgg } from "./check-ogg.js";
import { chooseFfmpeg, type Ffmpeg } from "./choose-ffmpeg.js";
import type { PipSearch } from "./find-pips.js";
import { type Made, makeHouseSound, readFront, type Workshop } from "./house-sound.js";
import { SILENCE_LUFS } from "./loudness.js";
import { searchRecording, writePips } from "./pip-recording.js";
import { probe } from "./probe.js";
import { openQuarantine, takeIn } from "./quarantine.js";
import { type RadioListener, relayRadio } from "./radio-sound.js";
import { noFfmpeg, refuse } from "./refusals.js";
import { selfTest } from "./self-test.js";
import { createSlots } from "./slots.js";
import { RATE } from "./waveform.js";

/** What people may hand in unless the station says otherwise, and what our own voices may. */
const LIMITS = {
  upload: { mostBytes: 50 * MEGABYTE, mostSeconds: 15 * 60 },
  trusted: { mostBytes: 1_400_000_000, mostSeconds: 2 * 3600 },
} as const;
/** An upload that is silent for more than half, and for longer than a bell takes to die away, is a mistake. */
const MOST_SILENCE = { share: 0.5, seconds: 10 } as const;
/** One upload at a time and two texts, so that an urgent text never stands behind a recording. */
const AT_ONCE = { upload: 1, trusted: 2 } as const;
const MOST_WAITING = 50;
/** kbit/s */
const BITRATE = { least: 16, usual: 32, most: 64 } as const;

export interface PipelineOptions {
  /** A folder of its own, on the disk of the clips; holds up to 700 MB for two hours of speech. */
  readonly quarantine: string;
  /** Stores a finished clip and its waveform; the file is moved or copied before this resolves. */
  readonly keep: (tempFile: string, meta: { clip: Clip; peaks: number[] }) => Promise<Clip>;
  readonly clock: Clock;
  readonly log: Log;
  /** kbit/s, 16 to 64; 32 when left out. */
  readonly bitrate?: number | undefined;
  /** Largest file that people may hand in, bytes; 50 MB when left out. */
  readonly mostUploadBytes?: number | undefined;
  /** The only ffmpeg to be used. */
  readonly ffmpeg?: string | undefined;
  /** Where to look for the system's ffmpeg and sandbox programs; `PATH` when left out, empty for the bundled one and no sandbox. */
  readonly searchPath?: string | undefined;
}

/** How the pipeline is set up, for the panel, `/readyz` and `loa doctor`. */
export type Description = Partial<Pick<Ffmpeg, "path" | "version" | "source" | "sandbox">> & {
  /** Why no clip can be made; absent when all is well. */
  readonly problem?: Words;
};

export interface ClipPipeline {
  /**
   * Makes a clip of `file` and keeps it.
   *
   * @param options `name` as people know it; `trusted` for sound of our own making
   * @throws Fault `invalid` or `too-large` when refused, `unavailable` without ffmpeg, disk or time, `busy` when crowded
   */
  makeClip(
    file: string,
    options: { readonly name: string; readonly trusted: boolean },
    signal: AbortSignal,
  ): Promise<Clip>;
  /** Makes and keeps the clip of pips that one of two loudspeakers sounds. @throws Fault as {@link ClipPipeline.makeClip} */
  makePips(side: PipSide, signal: AbortSignal): Promise<Clip>;
  /** Looks for the pips of both in a recording of at most two minutes. @throws Fault as {@link ClipPipeline.makeClip} */
  findPips(file: string, name: string, signal: AbortSignal): Promise<PipSearch>;
  /** Makes house sound of another station's programme as it comes, until it ends. @throws Fault "unavailable" without ffmpeg */
  relayRadio(
    input: { readonly bytes: Readable; readonly isInPieces: boolean },
    listener: RadioListener,
    signal: AbortSignal,
  ): Promise<void>;
  describe(): Description;
}

/** Opens the pipeline; without a working ffmpeg it opens too, and looks again at every clip. @throws RangeError for a bitrate out of range */
export async function createPipeline(options: PipelineOptions): Promise<ClipPipeline> {
  const { clock, keep, log, bitrate = BITRATE.usual, mostUploadBytes = LIMITS.upload.mostBytes } = options;
  if (!(bitrate >= BITRATE.least && bitrate <= BITRATE.most)) throw new RangeError(`${bitrate} kbit/s`);
  const root = resolve(options.quarantine);
  const quarantine = await openQuarantine(root);
  const slots = {
    upload: createSlots(AT_ONCE.upload, MOST_WAITING),
    trusted: createSlots(AT_ONCE.trusted, MOST_WAITING),
  };

  const choose = () =>
    chooseFfmpeg({
      folder: root,
      configured: options.ffmpeg,
      searchPath: options.searchPath ?? process.env.PATH ?? "",
      tryOut: (ffmpeg) =>
        quarantine.within((folder) => selfTest({ ffmpeg, folder, clock, signal: new AbortController().signal })),
      log,
    });
  let ffmpeg = await choose();
  if (ffmpeg === undefined) log.error("ffmpeg.none-works");
  else log.info("ffmpeg.chosen", { ...ffmpeg });

  const ready = async (): Promise<Ffmpeg> => {
    ffmpeg ??= await choose();
    if (ffmpeg === undefined) throw noFfmpeg();
    return ffmpeg;
  };

  const makeClip: ClipPipeline["makeClip"] = (file, { name, trusted }, signal) => {
    const kind = trusted ? "trusted" : "upload";
    const { mostSeconds } = LIMITS[kind];
    const mostBytes = trusted ? LIMITS.trusted.mostBytes : mostUploadBytes;
    return slots[kind].run(signal, async () => {
      const { launcher } = await ready();
      return quarantine.within(async (folder) => {
        const inside = await takeIn(file, folder, { name, mostBytes });
        const shop = { ffmpeg: launcher, folder, clock, signal };
        const made = await make(shop, inside, { name, trusted, mostSeconds, bitrate });
        signal.throwIfAborted();
        return keep(made.file, { clip: await clipOf(made), peaks: made.waveform.peaks() });
      });
    });
  };

  return {
    describe() {
      if (ffmpeg === undefined) return { problem: noFfmpeg().words };
      const { path, version, source, sandbox } = ffmpeg;
      return { path, version, source, sandbox };
    },
    makeClip,
    async relayRadio(input, listener, signal) {
      const { launcher } = await ready();
      await quarantine.within((folder) =>
        relayRadio(input, { ffmpeg: launcher, folder, clock, signal, bitrate }, listener),
      );
    },
    makePips: (side, signal) =>
      quarantine.within(async (folder) =>
        makeClip(await writePips(side, folder), { name: "pips", trusted: true }, signal),
      ),
    findPips: (file, name, signal) =>
      slots.upload.run(signal, async () => {
        const { launcher } = await ready();
        return quarantine.within(async (folder) => {
          const inside = await takeIn(file, folder, { name, mostBytes: mostUploadBytes });
          return searchRecording({ ffmpeg: launcher, folder, clock, signal }, inside, name);
        });
      }),
  };
}

interface Wish {
  readonly name: string;
  readonly trusted: boolean;
  readonly mostSeconds: number;
  readonly bitrate: number;
}

async function make(shop: Workshop, file: string, wish: Wish): Promise<Made> {
  const { name, trusted } = wish;
  const found = await probe(file, name, { clock: shop.clock, mostSeconds: wish.mostSeconds });
  if (found.demuxer === "ogg" && !trusted)
    await checkOgg(file).catch((cause) => {
      throw cause instanceof Fault ? refuse("damaged", name, cause) : cause;
    });
  const front = await readFront(shop, found, wish);
  if (front.measured.lufs < SILENCE_LUFS) throw refuse("silent", name);
  const made = await makeHouseSound(shop, front, wish);
  const silence = made.waveform.silentShare();
  const isMistake = silence > MOST_SILENCE.share && silence * front.seconds > MOST_SILENCE.seconds;
  if (isMistake && !trusted) throw refuse("silent", name);
  return made;
}

async function clipOf({ file, samples, measured }: Made): Promise<Clip> {
  const hash = createHash("sha256");
  await flow(createReadStream(file), hash);
  return {
    sha256: sha256(hash.digest("hex")),
    durationMs: (samples * 1000) / RATE,
    bytes: (await stat(file)).size,
    loudnessLufs: measured.lufs,
    truePeakDb: measured.peakDb,
  };
}
