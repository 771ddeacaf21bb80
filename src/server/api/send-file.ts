/**
 * Sends a file that never changes: in ranges when asked, cacheable for ever, named by its content. The bytes come from the
 * shelf and leave in one write.
 *
 * @module
 */
import type { Request, Response } from "express";
import { Fault } from "../../base/errors.js";
import type { Shelf } from "./shelf.js";

/** A year, which is what caches take for ever, seconds. */
const FOR_EVER = 365 * 24 * 3600;

interface Sent {
  /** Absolute; made by the store from a checked hash, never from what a stranger wrote. */
  readonly path: string;
  /** Names the content. */
  readonly etag: string;
  readonly shelf: Shelf;
}

/**
 * One range is sent as such; several are answered with the whole file, as RFC 9110 allows.
 *
 * @throws Fault "not-found" when the file has gone, "invalid" for a range outside it (answered 416 with the length)
 */
export async function sendFile(request: Request, response: Response, { path, etag, shelf }: Sent): Promise<void> {
  const file = await shelf(path).catch((cause: unknown) => {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT")
      throw new Fault("not-found", GONE, { cause });
    throw cause;
  });
  const headers = clipHeaders(etag);
  const wanted = rangeOf(request, file.length, headers.ETag);
  if (wanted === "outside") {
    response.set("Content-Range", `bytes */${file.length}`);
    throw new Fault("invalid", WRONG_RANGE, { reason: "range" });
  }
  response.set(headers);
  if (request.fresh) {
    response.status(304).end();
    return;
  }
  const { start, end } = wanted ?? { start: 0, end: file.length - 1 };
  if (wanted) response.status(206).set("Content-Range", `bytes ${start}-${end}/${file.length}`);
  response.set("Content-Length", String(end + 1 - start));
  response.end(request.method === "HEAD" ? undefined : file.subarray(start, end + 1));
}

/** What goes with a file that is named by its content. */
export const clipHeaders = (etag: string) => ({
  "Content-Type": "audio/ogg",
  "Accept-Ranges": "bytes",
  ETag: `"${etag}"`,
  "Cache-Control": `private, max-age=${FOR_EVER}, immutable`,
  "X-Content-Type-Options": "nosniff",
});

function rangeOf(request: Request, size: number, mark: string) {
  const condition = request.get("If-Range");
  if (condition !== undefined && condition !== mark) return undefined;
  const ranges = request.range(size, { combine: true });
  if (ranges === -1) return "outside";
  // Malformed, of another unit, or several: the whole file is a right answer to all of them.
  if (ranges === undefined || ranges === -2 || ranges.type !== "bytes" || ranges.length !== 1) return undefined;
  return ranges[0];
}

const GONE = { vi: "Âm thanh này không còn trong kho.", en: "This clip is no longer in the store." };
const WRONG_RANGE = {
  vi: "Đoạn được hỏi nằm ngoài tệp âm thanh.",
  en: "The range that was asked for lies outside the clip.",
};
