/**
 * Asks the server for its time: several questions one after the other make a burst, of which the quickest answers count. The
 * first question of a burst may carry a nonce, for a signed answer beside the plain one.
 *
 * @module
 */
import type { Cancel, Clock } from "../../base/clock.js";
import { ms } from "../../base/units.js";
import type { Body, ReceiverMessage, ServerMessage } from "../../protocol/messages.js";
import { BURST, type Exchange } from "../../receiver/clock-filter.js";

/** An answer that takes longer is not waited for, ms. */
const PATIENCE = 2_000;
/** Bursts one after the other when a connection begins. */
const FIRST_BURSTS = 3;
/** From burst to burst while something sounds or soon will, and otherwise, ms. */
const BUSY = 15_000;
export const IDLE = 1_200_000;
/** Questions in a burst while nothing will sound soon: one more than the filter needs. */
const IDLE_BURST = 4;
/** Between the first bursts, ms. */
const PAUSE = 200;

export interface BurstsOptions {
  readonly clock: Clock;
  readonly send: (message: ReceiverMessage) => boolean;
  /** Something sounds or soon will: measure more often. */
  readonly isBusy: () => boolean;
  /** A nonce to ask with, when a signed answer is wanted. Called once for each burst, when it begins. */
  readonly nonce: () => string | undefined;
  /** What came of a burst. */
  readonly onBurst: (burst: readonly Exchange[]) => void;
}

export interface Bursts {
  /** A connection began. */
  welcome(): void;
  answer(body: Body<ServerMessage, "time">): void;
  /** Begins a burst now, unless one is under way or nobody would hear it. */
  hurry(): void;
  /** The connection is lost. */
  lost(): void;
}

export function createBursts({ clock, send, isBusy, nonce, onBurst }: BurstsOptions): Bursts {
  const monotonic = () => clock.now() * 1000;
  let burst: Exchange[] = [];
  let sent: number | undefined;
  let connected = false;
  let size = BURST;
  let left = 0;
  let cancel: Cancel | undefined;

  const later = (delay: number, task: () => void) => {
    cancel?.();
    cancel = clock.after(ms(delay), task);
  };
  const ask = (signed?: string) => {
    sent = Math.round(monotonic());
    if (!send({ t: "time", p: { c1: sent, ...(signed === undefined ? {} : { nonce: signed }) } })) return;
    later(PATIENCE, finish);
  };
  const begin = () => {
    size = left > 0 || isBusy() ? BURST : IDLE_BURST;
    ask(nonce());
  };
  const finish = () => {
    sent = undefined;
    const done = burst;
    burst = [];
    onBurst(done);
    left = Math.max(0, left - 1);
    later(left > 0 ? PAUSE : isBusy() ? BUSY : IDLE, begin);
  };

  return {
    welcome() {
      connected = true;
      burst = [];
      left = FIRST_BURSTS;
      begin();
    },
    answer({ c1, s2, s3 }) {
      if (c1 !== sent) return;
      burst.push({ sent: c1, serverReceived: s2, serverSent: s3, received: monotonic() });
      if (burst.length >= size) finish();
      else ask();
    },
    hurry() {
      if (connected && sent === undefined) begin();
    },
    lost() {
      cancel?.();
      cancel = undefined;
      connected = false;
      sent = undefined;
      burst = [];
    },
  };
}
