/**
 * A number for every request, in its answer and in the program's log, so that what a person saw and what the log says can be
 * brought together.
 *
 * @module
 */
import type { RequestListener } from "node:http";
import type { Clock } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import { until } from "../../base/units.js";

/** Header of every answer. */
export const REQUEST_ID = "X-Request-Id";
const READING = new Set(["GET", "HEAD", "OPTIONS"]);
/** Longest path in the log, letters. */
const PATH = 200;

export interface RequestLogOptions {
  readonly answer: RequestListener;
  readonly log: Log;
  readonly clock: Pick<Clock, "now">;
  /** Never gives a number twice. */
  readonly newId: () => string;
}

/** Readings are told at the level `debug`, since there are many; what changes something at `info`, and our own failures as warnings. */
export function withRequestLog({ answer, log, clock, newId }: RequestLogOptions): RequestListener {
  return (request, response) => {
    const id = newId();
    const began = clock.now();
    response.setHeader(REQUEST_ID, id);
    response.once("close", () => {
      const { method = "", url = "" } = request;
      const { statusCode: status, writableFinished } = response;
      const level = status >= 500 ? "warn" : READING.has(method) ? "debug" : "info";
      // Behind the question mark may stand what opens a door.
      const path = url.split("?", 1)[0]?.slice(0, PATH);
      const ms = Math.round(until(began, clock.now()));
      log[level]("api.request", { request: id, method, path, status, ms, ...(writableFinished ? {} : { cut: true }) });
    });
    return answer(request, response);
  };
}
