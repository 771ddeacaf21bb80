/**
 * A station that sends its sound as a list of short files (HLS), as one stream of bytes.
 *
 * @module
 */
import * as HLS from "hls-parser";
import { type Ms, ms } from "../../base/units.js";
import { type Address, connect, RadioFailure, target } from "./connect.js";

/** A list of a day is longer than any station's; a piece of ten seconds of sound alone is 0.4 MB. */
const MOST_LIST_BYTES = 1_000_000;
const MOST_PIECE_BYTES = 8_000_000;
/** Of several qualities the best up to this, bit/s: it is heard through a horn at 32 kbit/s. */
const ENOUGH = 200_000;
/** A list of qualities leads to lists of pieces; one that leads to another list of qualities leads nowhere. */
const MOST_MASTERS = 2;
/** Pieces from the end of the list with which it begins: a player that begins nearer to it waits for what is not there yet. */
const FROM_END = 3;
/** A list is asked for again after half a piece, but not more often than this and not more seldom, ms. */
const AGAIN = { least: 1_000, most: 10_000 };

// It would write what is wrong with a list to the console.
HLS.setOptions({ silent: true });

type Wait = (length: Ms, signal: AbortSignal) => Promise<void>;

/**
 * The pieces of a list, each once, for as long as the list goes on.
 *
 * @throws RadioFailure for what is no list, is encrypted or too large, and as {@link connect} does
 */
export async function* hlsBytes(list: Address, signal: AbortSignal, wait: Wait): AsyncGenerator<Buffer> {
  let { url } = list;
  let next: number | undefined;
  let header: string | undefined;
  let masters = 0;
  for (;;) {
    const found = parsed(await textOf({ ...list, url }, signal));
    if (found.isMasterPlaylist) {
      if (++masters > MOST_MASTERS) throw new RadioFailure("bad list");
      url = target(variantOf(found as HLS.types.MasterPlaylist), url, "bad list");
      continue;
    }
    const { segments, targetDuration, endlist } = found as HLS.types.MediaPlaylist;
    // A list that was begun anew counts anew.
    const last = segments.at(-1)?.mediaSequenceNumber ?? 0;
    if (next === undefined || next > last + 1) next = Math.max(0, last - FROM_END + 1);
    const fresh = segments.filter(({ mediaSequenceNumber: number }) => number >= (next ?? 0));
    for (const { uri, key, map, byterange, mediaSequenceNumber } of fresh) {
      if (byterange || map?.byterange) throw new RadioFailure("byte ranges");
      if (key && key.method !== "NONE") throw new RadioFailure("encrypted");
      if (map && map.uri !== header) {
        header = map.uri;
        yield await bytesOf({ ...list, url: target(map.uri, url, "bad list") }, MOST_PIECE_BYTES, signal);
      }
      yield await bytesOf({ ...list, url: target(uri, url, "bad list") }, MOST_PIECE_BYTES, signal);
      next = mediaSequenceNumber + 1;
    }
    if (endlist) return;
    const pause = (targetDuration || 6) * 500;
    await wait(ms(Math.min(AGAIN.most, Math.max(AGAIN.least, pause))), signal);
  }
}

function parsed(text: string): HLS.types.Playlist {
  try {
    return HLS.parse(text);
  } catch (thrown) {
    throw new RadioFailure("bad list", { cause: thrown });
  }
}

/** Of several qualities one that is good enough. */
function variantOf({ variants }: HLS.types.MasterPlaylist): string {
  const [cheapest, ...dearer] = variants
    .filter(({ isIFrameOnly }) => !isIFrameOnly)
    .toSorted((one, other) => one.bandwidth - other.bandwidth);
  if (!cheapest) throw new RadioFailure("bad list");
  return (dearer.findLast(({ bandwidth }) => bandwidth <= ENOUGH) ?? cheapest).uri;
}

const textOf = async (address: Address, signal: AbortSignal) =>
  (await bytesOf(address, MOST_LIST_BYTES, signal)).toString("utf8");

async function bytesOf(address: Address, most: number, signal: AbortSignal): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of (await connect(address, signal)) as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > most) throw new RadioFailure("too large");
    parts.push(part);
  }
  return Buffer.concat(parts);
}
