/**
 * Another station's programme as house sound while it comes: the same front as of clips, loudness that follows the programme,
 * Opus packets of 20 ms.
 *
 * @module
 */
import type { Readable } from "node:stream";
import type { Clock } from "../../base/clock.js";
import { hours } from "../../base/units.js";
import { runFfmpeg } from "./ffmpeg.js";
import { FRONT } from "./house-sound.js";
import { createPacketReader } from "./packet-reader.js";

/** What a station may send; found by its content. */
const FORMATS = "mp3,aac,ogg,flac,wav,mpegts,mov";
/** So much is looked at before the format is known: half a second to two of a usual stream. */
const LOOK = ["-probesize", "65536", "-analyzeduration", "2000000"] as const;
/** Quieter than this counts as silence: hiss of a receiver without a station is louder, a pause of a speaker shorter. */
const SILENCE = "silencedetect=noise=-60dB:d=2";
/** A slot lasts two hours at most; who forgets to end it is ended. */
const LONGEST = hours(3);

export interface RadioParts {
  readonly ffmpeg: string;
  readonly folder: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** kbit/s */
  readonly bitrate: number;
}

/** Who takes it. */
export interface RadioListener {
  /** 20 ms of sound. */
  readonly onPacket: (packet: Uint8Array) => void;
  /** It has been silent for two seconds, or is heard again. */
  readonly onSilence: (isSilent: boolean) => void;
}

/**
 * Makes house sound of what a station sends until that ends.
 *
 * @throws Fault "unavailable" when ffmpeg cannot be started; the signal's reason on abort
 */
export async function relayRadio(
  { bytes, isInPieces }: { readonly bytes: Readable; readonly isInPieces: boolean },
  { ffmpeg, folder, clock, signal, bitrate }: RadioParts,
  { onPacket, onSilence }: RadioListener,
): Promise<void> {
  await runFfmpeg(
    ffmpeg,
    {
      folder,
      inputOptions: [
        // Pieces of seconds that come in one go are read at the pace of their sound.
        ...(isInPieces ? ["-re"] : []),
        ...["-protocol_whitelist", "pipe", "-format_whitelist", FORMATS, ...LOOK],
      ],
      input: bytes,
      outputOptions: [
        ...["-map", "0:a:0", "-vn", "-sn", "-dn", "-threads", "1", "-map_metadata", "-1"],
        "-af",
        `aresample=48000,aformat=channel_layouts=mono,${FRONT},${SILENCE},` +
          "loudnorm=I=-16:TP=-1.5:LRA=11,aresample=48000",
        ...["-c:a", "libopus", "-b:a", `${bitrate}k`, "-vbr", "constrained", "-compression_level", "3"],
        ...["-frame_duration", "20", "-application", "audio", "-ar", "48000", "-ac", "1"],
        ...["-flush_packets", "1", "-page_duration", "20000", "-f", "ogg"],
      ],
      output: createPacketReader(onPacket),
      limit: LONGEST,
      onLine(line) {
        if (line.includes("silence_start")) onSilence(true);
        else if (line.includes("silence_end")) onSilence(false);
      },
      isLive: true,
    },
    { clock, signal },
  );
}
