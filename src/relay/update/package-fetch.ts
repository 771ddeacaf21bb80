/**
 * Fetches a package piece by piece, so slowly that nothing waits behind it: not an order, not a clip, not what sounds. A piece
 * that came is never fetched again, also after a restart.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, rm, stat } from "node:fs/promises";
import type { Clock } from "../../base/clock.js";
import { Fault } from "../../base/errors.js";
import { ms } from "../../base/units.js";
import type { Manifest } from "../../protocol/update.js";
import { createFetchPace } from "../../receiver/fetch-pace.js";
import type { StationHttp } from "../link/station-http.js";

/** Without an answer for this long a piece is given up, ms. */
const PATIENCE = 20_000;
/** How often it is looked whether the way is free again, ms. */
const LOOK_AGAIN = 5_000;

export interface PackageFetchOptions {
  readonly http: Pick<StationHttp, "get">;
  readonly clock: Clock;
  /** Something sounds or soon will, or clips are missing. */
  readonly isBusy: () => boolean;
  /** Bytes a second that must not be exceeded. */
  readonly rate: () => number;
}

/** @throws Fault "unavailable" (reason `network` or `not-found`), "invalid" (reason `hash`); or what the disk throws */
export async function fetchPackage(
  { sha256, bytes }: Pick<Manifest, "sha256" | "bytes">,
  part: string,
  { signal, http, clock, isBusy, rate }: PackageFetchOptions & { readonly signal: AbortSignal },
): Promise<void> {
  const pause = (length: number) =>
    new Promise<void>((resolve) => {
      const leave = () => {
        cancel();
        signal.removeEventListener("abort", leave);
        resolve();
      };
      const cancel = clock.after(ms(length), leave);
      signal.addEventListener("abort", leave);
    });
  let size = (await stat(part).catch(() => undefined))?.size ?? 0;
  if (size > bytes) {
    await rm(part, { force: true });
    size = 0;
  }
  const pace = createFetchPace(rate());
  while (size < bytes) {
    while (isBusy() && !signal.aborted) await pause(LOOK_AGAIN);
    signal.throwIfAborted();
    const began = clock.now();
    const wanted = pace.next(bytes - size);
    const { piece, firstMs } = await fetchPiece({ http, clock, signal }, `updates/${sha256}`, { from: size, wanted });
    const file = await open(part, "a", 0o600);
    try {
      await file.writeFile(piece);
      size += piece.length;
      if (size === bytes) await file.sync();
    } finally {
      await file.close();
    }
    pace.setLimit(rate());
    await pause(pace.took({ bytes: piece.length, firstMs, ms: clock.now() - began }));
  }
  if ((await hashOf(part)) === sha256) return;
  await rm(part, { force: true });
  throw new Fault("invalid", WRONG, { reason: "hash" });
}

async function fetchPiece(
  { http, clock, signal }: { http: Pick<StationHttp, "get">; clock: Clock; signal: AbortSignal },
  path: string,
  { from, wanted }: { from: number; wanted: number },
): Promise<{ readonly piece: Buffer; readonly firstMs: number }> {
  const late = new AbortController();
  const began = clock.now();
  const cancel = clock.after(ms(PATIENCE), () => late.abort());
  try {
    const answer = await http.get(path, {
      headers: { range: `bytes=${from}-${from + wanted - 1}` },
      signal: AbortSignal.any([signal, late.signal]),
    });
    const firstMs = clock.now() - began;
    if (answer.status !== 206) {
      answer.body.destroy();
      throw unreachable(`HTTP ${answer.status}`, answer.status === 404 ? "not-found" : "network");
    }
    const piece = await answer.bytes(wanted);
    if (piece.length === 0) throw unreachable("an empty piece", "network");
    return { piece, firstMs };
  } catch (thrown) {
    signal.throwIfAborted();
    throw thrown instanceof Fault ? thrown : unreachable(String(thrown), "network");
  } finally {
    cancel();
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(file)) hash.update(piece);
  return hash.digest("hex");
}

const unreachable = (what: string, reason: "network" | "not-found"): Fault =>
  new Fault(
    "unavailable",
    { vi: `không tải được gói chương trình: ${what}`, en: `the program's package could not be fetched: ${what}` },
    { reason },
  );

const WRONG = {
  vi: "gói chương trình tải về không đúng băm, đã bỏ",
  en: "the package that was fetched has another hash and was thrown away",
};
