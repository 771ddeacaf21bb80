/**
 * The bytes of a station, whichever way it sends them.
 *
 * @module
 */
import { Readable } from "node:stream";
import type { Clock } from "../../base/clock.js";
import type { RadioSource } from "../../domain/radio.js";
import { connect } from "./connect.js";
import { hlsBytes, waiting } from "./hls.js";

const isList = (url: URL, contentType = ""): boolean => /mpegurl/i.test(contentType) || url.pathname.endsWith(".m3u8");

/** @returns what opens a station. @throws RadioFailure (by what it returns) when it cannot be had; the signal's reason on abort */
export const createOpenRadio =
  (clock: Clock) =>
  async ({ url: text, allowPrivate }: RadioSource, signal: AbortSignal): Promise<Readable> => {
    const url = new URL(text);
    const answer = await connect({ url, allowPrivate }, signal);
    if (!isList(url, answer.headers["content-type"])) return answer;
    answer.destroy();
    return Readable.from(hlsBytes({ url, allowPrivate }, signal, waiting(clock)), { objectMode: false });
  };
