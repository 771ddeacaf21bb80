/**
 * What time it is, and how far to believe it: the server's clock once it has been seen, until then the machine's own if it
 * can be right.
 *
 * @module
 */
import { type Cancel, type Clock, every } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import { type Instant, type Micros, micros, ms } from "../../base/units.js";
import type { Body, ReceiverMessage, ServerMessage } from "../../protocol/messages.js";
import { BURST, createClockFilter, type Exchange } from "../../receiver/clock-filter.js";

/** An answer that takes longer is not waited for, ms. */
const PATIENCE = 2_000;
/** Bursts one after the other when a connection begins. */
const FIRST_BURSTS = 3;
/** From burst to burst while something sounds or soon will, and otherwise, ms. */
const BUSY = 15_000;
export const IDLE = 1_200_000;
/** Exchanges in a burst while nothing will sound soon: one more than the filter needs. */
const IDLE_BURST = 4;
/** Between the first bursts, ms. */
const PAUSE = 200;
/** A machine's clock set by hand, by NTP or by a battery is believed to this, µs. */
const CIVIL_ERROR = 1_000_000;
/** While the machine's clock is all there is, a difference beyond this is followed, µs. */
const FOLLOW = 100_000;

export interface TimekeeperOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly send: (message: ReceiverMessage) => boolean;
  /** Something sounds or soon will: measure more often. */
  readonly isBusy: () => boolean;
  /** The machine's clock is wrong when it is earlier than this, or later than the other, µs. */
  readonly plausible: () => { readonly from: number; readonly to: number };
}

export interface Timekeeper {
  at(instant: Instant): Micros;
  now(): Micros;
  trusted(): boolean;
  errorUs(): number;
  setPathBias(bias: number): void;
  /** A connection began, with this time base of the server. */
  welcome(epoch: number): void;
  answer(body: Body<ServerMessage, "time">): void;
  lost(): void;
  close(): void;
}

export function createTimekeeper({ clock, log, send, isBusy, plausible }: TimekeeperOptions): Timekeeper {
  const monotonic = (at: Instant = clock.now()) => at * 1000;
  const filter = createClockFilter(monotonic(), clock.date() * 1000);
  filter.adopt(monotonic(), clock.date() * 1000, CIVIL_ERROR);
  let everSynchronised = false;
  let epoch: number | undefined;
  let burst: Exchange[] = [];
  let sent: number | undefined;
  let size = BURST;
  let left = 0;
  let cancel: Cancel | undefined;

  const later = (delay: number, task: () => void) => {
    cancel?.();
    cancel = clock.after(ms(delay), task);
  };
  const probe = () => {
    sent = Math.round(monotonic());
    if (!send({ t: "time", p: { c1: sent } })) return;
    later(PATIENCE, finish);
  };
  const begin = () => {
    size = left > 0 || isBusy() ? BURST : IDLE_BURST;
    probe();
  };
  const finish = () => {
    sent = undefined;
    filter.observe(burst);
    if (burst.length >= 3 && filter.synchronised()) {
      if (!everSynchronised) log.info("relay.clock-synchronised", { errorUs: Math.round(filter.errorAt(monotonic())) });
      everSynchronised = true;
    }
    burst = [];
    left = Math.max(0, left - 1);
    later(left > 0 ? PAUSE : isBusy() ? BUSY : IDLE, begin);
  };
  // The idle pause is long; something may begin to sound before it is over.
  let busy = false;
  const stopWatching = every(clock, ms(1000), () => {
    const civil = clock.date() * 1000;
    if (!everSynchronised && Math.abs(civil - filter.serverTime(monotonic())) > FOLLOW)
      filter.adopt(monotonic(), civil, CIVIL_ERROR);
    const was = busy;
    busy = isBusy();
    if (busy && !was && sent === undefined && epoch !== undefined) begin();
  });

  return {
    at: (at) => filter.serverTime(monotonic(at)),
    now: () => filter.serverTime(monotonic()),
    trusted() {
      if (everSynchronised) return true;
      const now = filter.serverTime(monotonic());
      const { from, to } = plausible();
      return now >= from && now <= to;
    },
    errorUs: () => Math.round(filter.errorAt(monotonic())),
    setPathBias: (bias) => filter.setPathBias(bias),
    welcome(next) {
      if (epoch !== next) filter.reset();
      epoch = next;
      burst = [];
      left = FIRST_BURSTS;
      begin();
    },
    answer({ c1, s2, s3 }) {
      if (c1 !== sent) return;
      burst.push({ sent: c1, serverReceived: s2, serverSent: s3, received: monotonic() });
      if (burst.length >= size) finish();
      else probe();
    },
    lost() {
      cancel?.();
      cancel = undefined;
      sent = undefined;
      burst = [];
    },
    close() {
      cancel?.();
      stopWatching();
    },
  };
}

/** A time that no clock reaches. */
export const NEVER: Micros = micros(Number.MAX_SAFE_INTEGER);
