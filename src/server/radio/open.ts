/**
 * The bytes of a station, whichever way it sends them.
 *
 * @module
 */
import type { Readable } from "node:stream";
import type { RadioSource } from "../../domain/radio.js";
import { connect, RadioFailure } from "./connect.js";

/** @throws RadioFailure when it cannot be had; the signal's reason on abort */
export async function openRadio({ url, allowPrivate }: RadioSource, signal: AbortSignal): Promise<Readable> {
  const answer = await connect({ url: new URL(url), allowPrivate }, signal);
  if (/mpegurl/i.test(answer.headers["content-type"] ?? "")) {
    answer.destroy();
    throw new RadioFailure("a list");
  }
  return answer;
}
