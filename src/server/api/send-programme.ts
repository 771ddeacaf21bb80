/**
 * The programme of a receiver as HTTP carries it: packed for whoever can unpack it, and not at all for whoever has it.
 *
 * @module
 */
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Request, Response } from "express";
import type { ProgrammeFile } from "./control-verbs.js";

/** In a thread of its own: it takes a millisecond, and thousands may ask. */
const pack = promisify(gzip);

/** Answers with the document, or that nothing has changed. */
export async function sendProgramme(request: Request, response: Response, programme: ProgrammeFile): Promise<void> {
  const mark = `"${programme.sha256}"`;
  const known = request.get("If-None-Match");
  const isPacked = request.acceptsEncodings("gzip", "identity") === "gzip";
  response.set({
    // The same bytes only once they are unpacked, which HTTP calls weak.
    ETag: isPacked ? `W/${mark}` : mark,
    "Loa-Revision": String(programme.revision),
    "Cache-Control": "no-cache",
    Vary: "Accept-Encoding",
  });
  // Judged here and not by Express, which sends everything again to a `fetch` that adds `Cache-Control: no-cache`.
  if (known === mark || known === `W/${mark}`) return void response.status(304).end();
  if (isPacked) response.set("Content-Encoding", "gzip");
  response.type("application/json").send(isPacked ? await pack(programme.body) : Buffer.from(programme.body));
}
