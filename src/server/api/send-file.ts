/**
 * Sends a file that never changes: in ranges when asked, cacheable for ever, named by its content.
 *
 * @module
 */
import type { Response } from "express";
import { Fault } from "../../base/errors.js";

/** A year, which is what caches take for ever. */
const FOR_EVER_MS = 365 * 24 * 3_600_000;

/**
 * @param path absolute; made by the store from a checked hash, never from what a stranger wrote
 * @throws Fault "not-found" when the file has gone, "invalid" for a range outside it (answered 416 with the length)
 */
export function sendFile(response: Response, { path, etag }: { path: string; etag: string }): Promise<void> {
  response.set("ETag", `"${etag}"`).removeHeader("Cache-Control");
  response.type("audio/ogg");
  return new Promise((resolve, reject) => {
    response.sendFile(
      path,
      { maxAge: FOR_EVER_MS, immutable: true, dotfiles: "allow", lastModified: false },
      (error) => {
        if (error === undefined || response.headersSent) resolve();
        else reject(faultOf(response, error));
      },
    );
  });
}

function faultOf(response: Response, error: Error & { status?: number; headers?: Record<string, string> }): Error {
  response.removeHeader("ETag");
  response.set("Cache-Control", "no-store");
  if (error.status === 404) return new Fault("not-found", GONE, { cause: error });
  if (error.status !== 416) return error;
  return new Fault("invalid", WRONG_RANGE, { reason: "range", cause: error });
}

const GONE = { vi: "Âm thanh này không còn trong kho.", en: "This clip is no longer in the store." };
const WRONG_RANGE = {
  vi: "Đoạn được hỏi nằm ngoài tệp âm thanh.",
  en: "The range that was asked for lies outside the clip.",
};
