/**
 * Takes an update that the station ordered: judges it, fetches it, lays it beside the program that runs, changes over in a
 * quiet moment, and proves the new program healthy or lets the launcher go back.
 *
 * @module
 */
import { rm } from "node:fs/promises";
import { backoff } from "../../base/backoff.js";
import { type Cancel, every } from "../../base/clock.js";
import { Fault } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import { codeOf } from "../../base/system-words.js";
import { type Instant, ms, seconds } from "../../base/units.js";
import { sha256Schema } from "../../domain/ids.js";
import type { UpdateBody, UpdateReport, UpdateStep } from "../../protocol/update.js";
import { judgeUpdate, type UpdateRefusal } from "./judge-update.js";
import { fetchPackage, type PackageFetchOptions } from "./package-fetch.js";
import type { Lack, Slots } from "./slots.js";
import { unpack } from "./unpack.js";
import type { UpdateKeys } from "./update-keys.js";
import { openWanted, type Wanted } from "./wanted.js";

/** A new program must be well for so long without a break to count as healthy, ms. */
const WELL_FOR = 20_000;
/** It is looked at so often: health on trial, quiet before the change. */
const LOOK = seconds(2);
const RETRY = { base: ms(30_000), cap: ms(3_600_000) };
/** Bytes of the disk that an update leaves to journal and programme. */
const RESERVE = 64 * 1024 * 1024;
/** Wrong contents so often: whoever offers it has nothing better. */
const MOST_WRONG = 3;

/** How the program does, as far as a new one has to prove. */
export interface Wellness {
  readonly sink: "ok" | "restarting" | "failed";
  readonly clock: "trusted" | "untrusted";
}

export interface UpdaterOptions extends Omit<PackageFetchOptions, "rate"> {
  /** Bytes a second until {@link Updating.setRate}. */
  readonly defaultRate: number;
  /** `undefined` where no launcher could go back: then no update is taken. */
  readonly slots: Slots | undefined;
  /** The program that runs: its package's SHA-256 or `base`, and its version. */
  readonly program: string;
  readonly version: string;
  /** Of Node, such as `20.19.0`. */
  readonly node: string;
  readonly keys: UpdateKeys;
  readonly random: () => number;
  readonly log: Log;
  /** Of the disk that holds this folder. */
  readonly freeBytes: (folder: string) => Promise<number>;
  /** Nothing sounds and nothing is planned for a while, by a clock that is trusted. */
  readonly isQuiet: () => boolean;
  readonly wellness: () => Wellness;
  readonly send: (report: UpdateReport) => void;
  /** Ends the program, to be started again. */
  readonly restart: () => void;
}

export interface Updating {
  /** Why an update cannot be taken; `undefined` when it can. */
  hindrance(body: UpdateBody): UpdateRefusal | undefined;
  /** Goes about an update without a hindrance, in place of any before. */
  take(body: UpdateBody): void;
  /** Leaves an update that does not run yet. */
  drop(rollout: string): void;
  /** A connection is open: tells how things are, and goes on with what the network held up. */
  welcome(): void;
  /** The connection is lost. */
  lost(): void;
  /** Bytes a second that fetching should not exceed. */
  setRate(bytesPerSecond: number): void;
  close(): Promise<void>;
}

export function createUpdater(options: UpdaterOptions): Updating {
  const { slots, program, version, clock, log, random, keys } = options;
  const wanted = slots && openWanted(slots);
  let told: Pick<UpdateReport, "rollout" | "step" | "why"> = lastWord(options);
  let work: Promise<void> | undefined;
  let stop = new AbortController();
  let tries = 0;
  let wrong = 0;
  let retry: Cancel | undefined;
  let wellSince: Instant | undefined;
  let isClosed = false;
  let isConnected = false;
  let rate = options.defaultRate;
  let onTrial = slots !== undefined && slots.trial()?.sha256 === program;

  const sha256 = sha256Schema.safeParse(program).data;
  const report = () => options.send({ version, ...(sha256 ? { sha256 } : {}), ...told });
  const tell = (rollout: string, step: UpdateStep, why?: string) => {
    const next = { rollout, step, ...(why === undefined ? {} : { why }) };
    if (JSON.stringify(next) === JSON.stringify(told)) return;
    told = next;
    log.info(`relay.update-${step}`, { rollout, why });
    report();
  };

  const prepare = async (one: Wanted, within: Slots, signal: AbortSignal) => {
    const { sha256 } = one.manifest;
    if (within.has(sha256)) return;
    within.tidy([sha256, `${sha256}.part`]);
    const part = within.folderOf(`${sha256}.part`);
    if ((await options.freeBytes(within.folder)) < one.manifest.bytes + one.manifest.unpackedBytes + RESERVE)
      throw full();
    tell(one.rollout, "fetching");
    await fetchPackage(one.manifest, part, { ...options, rate: () => rate, signal });
    const fresh = within.folderOf(`${sha256}.unpacking`);
    try {
      await unpack(part, fresh, one.manifest);
    } catch (thrown) {
      // Its hash is right and its contents are not: no other try gives another.
      if (thrown instanceof Fault) await rm(part, { force: true });
      throw thrown;
    }
    signal.throwIfAborted();
    within.files.rename(fresh, within.folderOf(sha256));
    await rm(part, { force: true });
  };

  const refuse = (one: Wanted, why: string) => {
    wanted?.clear();
    tell(one.rollout, "refused", why);
  };
  const failed = (one: Wanted, thrown: unknown) => {
    const why = whyOf(thrown);
    log.warn("relay.update-failed", { rollout: one.rollout, why, thrown });
    if (why === "hash") wrong += 1;
    if (why === "package" || wrong >= MOST_WRONG) return refuse(one, why);
    tries += 1;
    tell(one.rollout, "failed", why);
    retry = clock.after(backoff(tries, { ...RETRY, random }), begin);
  };
  function begin(): void {
    const one = wanted?.get();
    if (!slots || !one || work || isClosed) return;
    retry?.();
    const { signal } = stop;
    work = prepare(one, slots, signal)
      .then(
        () => tell(one.rollout, "waiting"),
        (thrown: unknown) => {
          if (!signal.aborted) failed(one, thrown);
        },
      )
      .finally(() => {
        work = undefined;
        if (signal.aborted) begin();
      });
  }
  /** Leaves what is under way. What comes next begins when it has let go. */
  const leave = () => {
    stop.abort();
    stop = new AbortController();
    retry?.();
    tries = 0;
    wrong = 0;
  };

  const change = (within: Slots) => {
    const one = wanted?.get();
    if (!one || work || told.step !== "waiting" || !options.isQuiet()) return;
    try {
      within.switchTo({ rollout: one.rollout, sha256: one.manifest.sha256, version: one.manifest.version });
    } catch (thrown) {
      return failed(one, thrown);
    }
    tell(one.rollout, "trying");
    options.restart();
  };
  const prove = (within: Slots) => {
    const trial = onTrial ? within.trial() : undefined;
    if (!trial) return;
    const lacks = isConnected ? lackOf(options.wellness()) : "not-connected";
    if (lacks) {
      wellSince = undefined;
      return within.noteLack(lacks);
    }
    wellSince ??= clock.now();
    if (clock.now() - wellSince < WELL_FOR) return;
    const holds = wanted?.get()?.manifest.keys;
    if (holds) keys.replace(holds);
    within.confirm(trial);
    onTrial = false;
    wanted?.clear();
    within.tidy([]);
    tell(trial.rollout, "updated");
  };
  const look = () => {
    if (!slots) return;
    try {
      prove(slots);
      change(slots);
    } catch (thrown) {
      log.error("relay.update-disk-failed", { thrown });
    }
  };

  const stopLooking = every(clock, LOOK, look);
  if (!onTrial) begin();

  return {
    hindrance(body) {
      if (!slots) return "no-launcher";
      if (onTrial && slots.trial()?.rollout !== body.rollout) return "busy";
      return judgeUpdate(body, { ...options, slots });
    },
    take(body) {
      // The station asks again after each of its restarts.
      if (onTrial || wanted?.get()?.rollout === body.rollout) return report();
      leave();
      try {
        wanted?.set(body);
      } catch (thrown) {
        log.warn("relay.update-failed", { rollout: body.rollout, thrown });
        return tell(body.rollout, "failed", whyOf(thrown));
      }
      if (wanted?.get()?.manifest.sha256 === program) {
        wanted.clear();
        return tell(body.rollout, "updated");
      }
      log.info("relay.update-taken", { rollout: body.rollout, manifest: body.manifest });
      return begin();
    },
    drop(rollout) {
      if (wanted?.get()?.rollout !== rollout || onTrial) return;
      leave();
      wanted.clear();
      told = {};
      report();
    },
    welcome() {
      isConnected = true;
      report();
      if (!onTrial) begin();
    },
    lost() {
      isConnected = false;
    },
    setRate(bytesPerSecond) {
      if (bytesPerSecond > 0) rate = bytesPerSecond;
    },
    async close() {
      isClosed = true;
      stopLooking();
      leave();
      await work;
    },
  };
}

/** What became of the last update, for a program that has just been started. */
function lastWord({ slots, program }: UpdaterOptions): Pick<UpdateReport, "rollout" | "step" | "why"> {
  const trial = slots?.trial();
  if (trial?.sha256 === program) return { rollout: trial.rollout, step: "trying" };
  const ended = slots?.outcome();
  if (!ended) return {};
  return { rollout: ended.rollout, step: ended.step, ...(ended.why === undefined ? {} : { why: ended.why }) };
}

function lackOf({ sink, clock }: Wellness): Lack | undefined {
  if (sink !== "ok") return "no-sink";
  return clock === "trusted" ? undefined : "no-clock";
}

const full = () =>
  new Fault(
    "unavailable",
    { vi: "đĩa không đủ chỗ cho bản cập nhật", en: "the disk has no room for the update" },
    { reason: "disk-full" },
  );

function whyOf(thrown: unknown): string {
  if (thrown instanceof Fault) return thrown.reason ?? thrown.code;
  return codeOf(thrown) === "ENOSPC" ? "disk-full" : "disk";
}
