/**
 * Fetches programmes and clips over HTTP, beside the WebSocket, slowly enough that no order ever waits behind a clip.
 *
 * @module
 */
import { backoff } from "../../base/backoff.js";
import type { Cancel, Clock } from "../../base/clock.js";
import { Fault, reasonOf } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import { codeOf } from "../../base/system-words.js";
import { type Instant, later, ms } from "../../base/units.js";
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
  const failures = new Map<Sha256, { tries: number; why: string; notBefore: Instant }>();
  const pace = createFetchPace(DEFAULT_RATE);
  /** Whether the server takes our token; the next connection brings another. */
  let isLetIn = http.hasToken();
  /** The server is busy, and asks to be left alone until then. */
  let busyUntil: Instant = clock.now();
  let running: Promise<void> | undefined;
  let wake: Cancel | undefined;
  const stop = new AbortController();

  const transfer = async ({ sha256, bytes }: WantedClip) => {
    if (!(await clips.makeRoom(bytes, new Set(wanted.map((one) => one.sha256))))) throw noRoom();
    try {
      const what = { path: `clips/${sha256}`, bytes, most: MAX_CLIP };
      await fetchInPieces(clips.partOf(sha256), what, { http, clock, pace, signal: stop.signal });
    } catch (thrown) {
      if (thrown instanceof Unfetched && thrown.status === 401) isLetIn = false;
      throw thrown;
    }
    await clips.adopt(sha256);
  };

  /** When the clip may be asked for; never, when it is here or nobody lets us in. */
  const dueAt = ({ sha256 }: WantedClip): number =>
    !isLetIn || clips.has(sha256)
      ? Number.POSITIVE_INFINITY
      : Math.max(busyUntil, failures.get(sha256)?.notBefore ?? Number.NEGATIVE_INFINITY);
  const next = () => wanted.find((one) => dueAt(one) <= clock.now());

  const put = ({ sha256 }: WantedClip, thrown: unknown) => {
    const asked = thrown instanceof Unfetched ? thrown.waitMs : undefined;
    // A busy server is no failure of the clip, and busy for all of them.
    if (asked !== undefined) {
      const wait = ms(spreadWait(asked, random));
      busyUntil = later(clock.now(), wait);
      return log.debug("relay.clip-later", { sha256, retryMs: Math.round(wait) });
    }
    const tries = (failures.get(sha256)?.tries ?? 0) + 1;
    const wait = backoff(tries, { ...RETRY, random });
    failures.set(sha256, { tries, why: whyOf(thrown), notBefore: later(clock.now(), wait) });
    log.warn("relay.clip-failed", { sha256, tries, why: reasonOf(thrown), retryMs: Math.round(wait) });
    if (tries === REPORT_AFTER) onChange();
  };
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
        put(one, thrown);
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
        else sleep();
      });
  }
  /** Until the first of those that wait is due. */
  function sleep(): void {
    wake?.();
    wake = undefined;
    const until = Math.min(...wanted.map(dueAt));
    if (Number.isFinite(until) && !stop.signal.aborted) wake = clock.after(ms(until - clock.now() + 1), begin);
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

/** Reason code of a clip that was not got. What a line does that fails has many names and one meaning. */
function whyOf(thrown: unknown): string {
  if (thrown instanceof Fault) return thrown.reason ?? thrown.code;
  if (thrown instanceof Unfetched) return thrown.status === 404 ? "not-found" : `http-${thrown.status}`;
  return codeOf(thrown) === "ENOSPC" ? "no-room" : "network";
}

/** What is left of the disk, or of the budget for clips, is for others. */
const noRoom = (): Fault =>
  new Fault(
    "unavailable",
    { vi: "ổ đĩa không còn chỗ cho âm thanh này", en: "there is no room on the disk for this clip" },
    { reason: "no-room" },
  );
