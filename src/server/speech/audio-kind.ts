/**
 * What a service really sent, whatever it says it is.
 *
 * @module
 */

/** Kinds of sound that a service may send, as file endings. */
export const AUDIO_KINDS = ["mp3", "wav", "ogg", "flac", "m4a"] as const;
export type AudioKind = (typeof AUDIO_KINDS)[number];

/** Tells by the first bytes; undefined for anything else, such as a page of HTML. */
export function audioKind(bytes: Buffer): AudioKind | undefined {
  const text = (from: number, to: number) => bytes.toString("latin1", from, to);
  if (text(0, 4) === "RIFF" && text(8, 12) === "WAVE") return "wav";
  if (text(0, 4) === "OggS") return "ogg";
  if (text(0, 4) === "fLaC") return "flac";
  if (text(4, 8) === "ftyp") return "m4a";
  const [first = 0, second = 0] = bytes;
  const isFrame = first === 0xff && (second & 0xe0) === 0xe0 && (second & 0x06) === 0x02;
  return text(0, 3) === "ID3" || isFrame ? "mp3" : undefined;
}
