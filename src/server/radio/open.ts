/**
 * The bytes of a station, whichever way it sends them.
 *
 * @module
 */
import { Readable } from "node:stream";
import { type Clock, pause } from "../../base/clock.js";
import type { Ms } from "../../base/units.js";
import type { RadioSource } from "../../domain/radio.js";
import { connect } from "./connect.js";
import { hlsBytes } from "./hls.js";
import type { Received } from "./tuner.js";

const isList = (url: URL, contentType = ""): boolean => /mpegurl/i.test(contentType) || url.pathname.endsWith(".m3u8");

/** @returns what opens a station. @throws RadioFailure (by what it returns) when it cannot be had; the signal's reason on abort */
export const createOpenRadio =
  (clock: Clock) =>
  async ({ url: text, allowPrivate }: RadioSource, signal: AbortSignal): Promise<Received> => {
    const url = new URL(text);
    const answer = await connect({ url, allowPrivate }, signal);
    if (!isList(url, answer.headers["content-type"])) return { bytes: answer, isInPieces: false };
    answer.destroy();
    const wait = (length: Ms, stop: AbortSignal) => pause(clock, length, stop);
    const bytes = Readable.from(hlsBytes({ url, allowPrivate }, signal, wait), { objectMode: false });
    return { bytes, isInPieces: true };
  };
