/**
 * Fetches programmes and clips over HTTP, beside the WebSocket, slowly enough that no order ever waits behind a clip.
 *
 * @module
 */
import { backoff } from "../../base/backoff.js";
import type { Cancel, Clock } from "../../base/clock.js";
import { reasonOf } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import { ms } from "../../base/units.js";
import type { Sha256 } from "../../domain/ids.js";
import { createFetchPace } from "../../receiver/fetch-pace.js";
import type { WantedClip } from "../../receiver/programme-holder.js";
import type { ClipStore } from "../disk/clip-store.js";
import { fetchInPieces, Unfetched } from "./fetch-in-pieces.js";
import { type StationHttp, spreadWait } from "./station-http.js";

/** Largest clip taken, bytes: fifteen minutes at 64 kbit/s, twice. */
const MAX_CLIP = 16 * 1024 * 1024;
/** Bytes a second until the server names its own figure: half of a 1 Mbit/s line. */
const DEFAULT_RATE = 64 * 1024;
/** Failures of one clip after which it is reported, and tried again much later. */
const REPORT_AFTER = 3;
const RETRY = { base: ms(2_000), cap: ms(300_000) };

export interface DownloadsOptions {
  readonly http: Pick<StationHttp, "get" | "hasToken">;
  readonly clips: ClipStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  /** What is held, or cannot be had, has changed. */
  readonly onChange: () => void;
}

export interface Downloads {
  /** Sets what is to be fetched, the most urgent first. Clips named here are never removed to make room. */
  want(clips: readonly WantedClip[]): void;
  /** There is a token that the server takes. */
  welcome(): void;
  setRate(bytesPerSecond: number): void;
  failed(): { sha256: Sha256; why: string }[];
  close(): Promise<void>;
}

export function createDownloads(options: DownloadsOptions): Downloads {
  const { http, clips, clock, log, random, onChange } = options;
  let wanted: readonly WantedClip[] = [];
  const failures = new Map<Sha256, { tries: number; why: string; notBefore: number }>();
  const pace = createFetchPace(DEFAULT_RATE);
  /** Whether the server takes our token; the next connection brings another. */
  let isLetIn = http.hasToken();
  let running: Promise<void> | undefined;
  let wake: Cancel | undefined;
  const stop = new AbortController();

  const transfer = async ({ sha256, bytes }: WantedClip) => {
    if (!(await clips.makeRoom(bytes, new Set(wanted.map((one) => one.sha256))))) throw new Error("disk budget");
    try {
      const what = { path: `clips/${sha256}`, bytes, most: MAX_CLIP };
      await fetchInPieces(clips.partOf(sha256), what, { http, clock, pace, signal: stop.signal });
    } catch (thrown) {
      if (thrown instanceof Unfetched && thrown.status === 401) isLetIn = false;
      throw thrown;
    }
    await clips.adopt(sha256);
  };

  const next = () => (isLetIn ? firstMissing() : undefined);
  const firstMissing = () =>
    wanted.find(({ sha256 }) => !clips.has(sha256) && (failures.get(sha256)?.notBefore ?? 0) <= clock.now());

  const work = async () => {
    for (let one = next(); one && !stop.signal.aborted; one = next()) {
      const { sha256 } = one;
      try {
        await transfer(one);
        failures.delete(sha256);
        log.info("relay.clip-fetched", { sha256 });
        onChange();
      } catch (thrown) {
        if (stop.signal.aborted || !isLetIn) return;
        const asked = thrown instanceof Unfetched ? thrown.waitMs : undefined;
        // A busy server is no failure of the clip.
        const tries = (failures.get(sha256)?.tries ?? 0) + (asked === undefined ? 1 : 0);
        const wait = asked === undefined ? backoff(tries, { ...RETRY, random }) : spreadWait(asked, random);
        failures.set(sha256, { tries, why: reasonOf(thrown).slice(0, 48), notBefore: clock.now() + wait });
        const level = asked === undefined ? "warn" : "debug";
        log[level]("relay.clip-failed", { sha256, tries, why: reasonOf(thrown), retryMs: Math.round(wait) });
        wake?.();
        wake = clock.after(ms(wait + 1), begin);
        if (tries === REPORT_AFTER && asked === undefined) onChange();
      }
    }
  };
  function begin(): void {
    if (running || stop.signal.aborted) return;
    running = work()
      .catch((thrown: unknown) => log.error("relay.downloads-failed", { thrown }))
      .finally(() => {
        running = undefined;
        if (next()) begin();
      });
  }

  return {
    want(next) {
      wanted = next;
      begin();
    },
    welcome() {
      isLetIn = true;
      begin();
    },
    setRate: pace.setLimit,
    failed: () =>
      [...failures].filter(([, { tries }]) => tries >= REPORT_AFTER).map(([sha256, { why }]) => ({ sha256, why })),
    async close() {
      stop.abort();
      wake?.();
      await running;
    },
  };
}

/** Wanted by the programme first, then what else the server names, such as the standard warnings. */
export function withUrgent<T extends { readonly sha256: string }>(own: readonly T[], named: readonly T[]): T[] {
  const known = new Set(own.map(({ sha256 }) => sha256));
  return [...own, ...named.filter(({ sha256 }) => !known.has(sha256))];
}
