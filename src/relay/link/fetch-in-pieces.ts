/**
 * Fetches a file that never changes over HTTP, in pieces that no order waits long behind, and goes on where it was broken off.
 *
 * @module
 */
import { open, rm, stat } from "node:fs/promises";
import type { Clock } from "../../base/clock.js";
import { ms } from "../../base/units.js";
import type { FetchPace, PieceTimes } from "../../receiver/fetch-pace.js";
import type { Answer, StationHttp } from "./station-http.js";

/** Without any byte for this long a transfer is given up, ms. */
const STALL = 20_000;

/** What the server answered in place of the file. */
export class Unfetched extends Error {
  readonly status: number;
  /** The wait that the server asks for, ms: it is only busy. */
  readonly waitMs: number | undefined;
  constructor({ status, waitMs }: Pick<Answer, "status" | "waitMs">) {
    super(`HTTP ${status}`);
    this.status = status;
    this.waitMs = waitMs;
  }
}

export interface FetchOptions {
  readonly http: Pick<StationHttp, "get">;
  readonly clock: Clock;
  readonly pace: FetchPace;
  readonly signal: AbortSignal;
}

/**
 * Resolves when `part` holds the whole of what lies at `path`, by the length that the server names; `bytes` is what is
 * expected. What it holds already is taken for the beginning; whoever calls checks the whole.
 *
 * @throws Unfetched when the server refuses, another error when the line fails; `part` keeps what came
 */
export async function fetchInPieces(
  part: string,
  { path, bytes, most }: { readonly path: string; readonly bytes: number; readonly most: number },
  options: FetchOptions,
): Promise<void> {
  let had = await sizeOf(part);
  for (let total = Math.max(bytes, had + 1); had < total; ) {
    const came = await fetchPiece(part, { path, had, count: options.pace.next(total - had), total, most }, options);
    had = await sizeOf(part);
    total = came.total ?? had;
    if (had > most || total > most) {
      await rm(part, { force: true });
      throw new Error("too large");
    }
    if (came.bytes === 0) throw new Error("an empty answer");
    await pause(options, options.pace.took(came));
  }
}

interface Piece {
  readonly path: string;
  readonly had: number;
  readonly count: number;
  readonly total: number;
  readonly most: number;
}

/** What came, and how: fewer bytes than asked for when they took too long. `total` is the length of the whole. */
interface Came extends PieceTimes {
  readonly total: number | undefined;
}

async function fetchPiece(
  part: string,
  { path, had, count, total, most }: Piece,
  options: FetchOptions,
): Promise<Came> {
  const { http, clock, pace, signal } = options;
  const alive = new AbortController();
  let cancelStall = clock.after(ms(STALL), () => alive.abort());
  const began = clock.now();
  try {
    // A whole file is asked for plainly: that way is the shortest at the server.
    const isWhole = had === 0 && count === total;
    const headers: Record<string, string> = isWhole ? {} : { range: `bytes=${had}-${had + count - 1}` };
    const response = await http.get(path, { headers, signal: AbortSignal.any([signal, alive.signal]) });
    const firstMs = clock.now() - began;
    if (!response.isOk) {
      response.body.resume();
      if (response.status === 416) await rm(part, { force: true });
      throw new Unfetched(response);
    }
    const isRest = response.status === 206;
    // Whoever does not know ranges sends all of it.
    const file = await open(part, isRest && had > 0 ? "a" : "w", 0o600);
    let read = 0;
    try {
      for await (const data of response.body) {
        cancelStall();
        cancelStall = clock.after(ms(STALL), () => alive.abort());
        read += data.length;
        await file.write(data);
        // Given up, with its connection: the rest is asked for anew in smaller pieces.
        if (read > most || (isRest && clock.now() - began > pace.patienceMs)) break;
      }
    } finally {
      await file.close();
    }
    const named = totalOf(response.body.headers["content-range"]);
    return { bytes: read, firstMs, ms: clock.now() - began, total: named };
  } finally {
    cancelStall();
  }
}

/** `bytes 0-99/1000` says 1000. */
const totalOf = (range: string | undefined): number | undefined => {
  const total = /^bytes \d+-\d+\/(\d{1,15})$/.exec(range ?? "")?.[1];
  return total === undefined ? undefined : Number(total);
};

const sizeOf = async (part: string): Promise<number> => (await stat(part).catch(() => undefined))?.size ?? 0;

/** Waits, unless it is called off. */
function pause({ clock, signal }: FetchOptions, length: number): Promise<void> {
  if (length < 1 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      cancel();
      signal.removeEventListener("abort", done);
      resolve();
    };
    const cancel = clock.after(ms(length), done);
    signal.addEventListener("abort", done);
  });
}
