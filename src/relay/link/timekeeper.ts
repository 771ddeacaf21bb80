/**
 * What time it is, and how far to believe it: the server's time once it has said so under its signature, until then the
 * machine's own clock if something keeps it right.
 *
 * @module
 */
import { type Clock, every } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import { type Instant, type Micros, micros, ms } from "../../base/units.js";
import type { DeviceHealth } from "../../protocol/device-health.js";
import type { Body, ReceiverMessage, ServerMessage } from "../../protocol/messages.js";
import type { Signed } from "../../protocol/orders.js";
import { parseTimeText, type SignedTime, timeText } from "../../protocol/signed-time.js";
import { createClockFilter, type Exchange } from "../../receiver/clock-filter.js";
import { createTrustedTime } from "../../receiver/trusted-time.js";
import { createBursts } from "./bursts.js";

/** A machine's clock set by hand, by NTP or by a battery is believed to this, µs. */
const CIVIL_ERROR = 1_000_000;
/** While the machine's clock is all there is, a difference beyond this is followed, µs. */
const FOLLOW = 100_000;
/** A correction beyond this is heard as a tear, µs: it waits until nothing sounds. Less is stretched away by the output. */
const TEAR = 50_000;
/** A filter this far outside the bounds begins anew, µs. */
const FAR = 500_000;
/** Bounds this far apart want a new signed answer, µs. */
const WIDE = 400_000;
/** A signed time that does not fit is asked about no more often than this, µs: it may be an old one, sent again. */
const ASK_APART = 15e6;
/** A signed answer that took longer says too little, µs: the next one will be quicker. */
const ANSWER_WITHIN = 5_000_000;
/** From one question for a signed answer to the next while it does not come, ms. */
const ASK_AGAIN = [2_000, 5_000, 15_000, 60_000] as const;

/** Where the time comes from: the server, the machine's clock by what keeps it right, or nowhere that can be believed. */
export type ClockSource = NonNullable<DeviceHealth["clockSource"]>;

/** Who may say what time it is. */
export interface TimeTrust {
  readonly verify: (signed: Signed) => boolean;
  /** The station's keys now. */
  readonly keyIds: () => readonly string[];
}

export interface TimekeeperOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly send: (message: ReceiverMessage) => boolean;
  /** Something sounds or soon will: measure more often. */
  readonly isBusy: () => boolean;
  /** The machine's clock is wrong when it is earlier than this, or later than the other, µs. */
  readonly plausible: () => { readonly from: number; readonly to: number };
  /** What keeps the machine's clock right. */
  readonly machineClock: () => Exclude<ClockSource, "server">;
  /** By which keys the time is signed; without it the connection vouches for the plain answers. */
  readonly trust?: TimeTrust | undefined;
  /** A new nonce: 16 random bytes in base64url. */
  readonly nonce: () => string;
  /** Nothing sounds, and nothing will within seconds. */
  readonly isSilent: () => boolean;
  /** Whether what sounds must not at this time, µs: then a correction waits for nothing. */
  readonly isHushedAt: (time: Micros) => boolean;
}

export interface Timekeeper {
  at(instant: Instant): Micros;
  now(): Micros;
  trusted(): boolean;
  source(): ClockSource;
  errorUs(): number;
  setPathBias(bias: number): void;
  /** A connection began, with this time base of the server. */
  welcome(epoch: number): void;
  answer(body: Body<ServerMessage, "time">): void;
  /** A signed answer to a nonce. */
  answerSigned(signed: Signed): void;
  /** A signed time that nobody asked for. */
  hear(signed: SignedTime): void;
  lost(): void;
  close(): void;
}

export function createTimekeeper(options: TimekeeperOptions): Timekeeper {
  const { clock, log, send, isBusy, plausible, machineClock, trust, nonce, isSilent, isHushedAt } = options;
  const monotonic = (at: Instant = clock.now()) => at * 1000;
  const filter = createClockFilter(monotonic(), clock.date() * 1000);
  filter.adopt(monotonic(), clock.date() * 1000, CIVIL_ERROR);
  const signed = createTrustedTime();
  let everSynchronised = false;
  let epoch: number | undefined;
  /** The nonce that was sent last, and how often in a row none was answered. */
  let question: { readonly nonce: string; readonly sent: number } | undefined;
  let lastAsked = Number.NEGATIVE_INFINITY;
  let unanswered = 0;
  /** Ask at the next burst, however much is known. */
  let mustAsk = true;
  /** The last burst that came while nothing bounded it. */
  let unproven: readonly Exchange[] = [];
  /** What a correction that waits for silence has not moved yet, µs. */
  let held = 0;

  const judged = (at: number): number => signed.judge(at, filter.serverTime(at));
  const shown = (at: number): Micros => micros(judged(at) + held);
  /** Does what moves the time. What would be heard waits, unless what sounds must not sound then. */
  const move = (task: () => void) => {
    const at = monotonic();
    const before = shown(at);
    task();
    held = before - judged(at);
    settle();
  };
  const settle = () => {
    if (held === 0) return;
    const target = micros(judged(monotonic()));
    if (Math.abs(held) > TEAR && !isSilent() && !isHushedAt(target)) return;
    if (Math.abs(held) > TEAR) log.info("relay.clock-stepped", { ms: Math.round(-held / 1000) });
    held = 0;
  };

  const isUnbounded = () => trust !== undefined && signed.bounds(monotonic()) === undefined;
  const wantsAnswer = () => {
    const bounds = signed.bounds(monotonic());
    return trust !== undefined && (mustAsk || !bounds || !isBusy() || bounds.latest - bounds.earliest > WIDE);
  };
  const bursts = createBursts({
    clock,
    send,
    isBusy,
    nonce() {
      if (!wantsAnswer()) return undefined;
      lastAsked = monotonic();
      question = { nonce: nonce(), sent: lastAsked };
      unanswered += 1;
      mustAsk = false;
      return question.nonce;
    },
    onBurst: (burst) => move(() => learn(burst)),
  });
  const learn = (burst: readonly Exchange[]) => {
    unproven = isUnbounded() ? burst : [];
    if (isUnbounded()) return;
    const possible = burst.filter(signed.admits);
    if (possible.length < burst.length)
      log.warn("relay.clock-answers-impossible", { of: burst.length, impossible: burst.length - possible.length });
    filter.observe(possible);
    if (possible.length < 3 || !filter.synchronised()) return;
    if (!everSynchronised) log.info("relay.clock-synchronised", { errorUs: Math.round(filter.errorAt(monotonic())) });
    everSynchronised = true;
  };
  /** What the filter had before the bounds were known is worth nothing; later it learns its drift from being a little off. */
  const refit = () => {
    const at = monotonic();
    const bounds = signed.bounds(at);
    const off = Math.abs(filter.serverTime(at) - judged(at));
    if (!bounds || off === 0 || (everSynchronised && off < FAR)) return;
    filter.reset();
    filter.adopt(at, (bounds.earliest + bounds.latest) / 2, (bounds.latest - bounds.earliest) / 2);
  };

  const civil = (): ClockSource => {
    const kept = machineClock();
    const now = filter.serverTime(monotonic());
    const { from, to } = plausible();
    return kept !== "none" && now >= from && now <= to ? kept : "none";
  };
  const source = (): ClockSource => {
    if (signed.bounds(monotonic()) || (trust === undefined && everSynchronised)) return "server";
    return civil();
  };

  // The idle pause is long; something may begin to sound before it is over.
  let busy = false;
  const stopWatching = every(clock, ms(1000), () => {
    const machine = clock.date() * 1000;
    const isAlone = !everSynchronised && signed.bounds(monotonic()) === undefined;
    if (isAlone && Math.abs(machine - filter.serverTime(monotonic())) > FOLLOW)
      move(() => filter.adopt(monotonic(), machine, CIVIL_ERROR));
    settle();
    const was = busy;
    busy = isBusy();
    const patience = ASK_AGAIN[Math.min(unanswered, ASK_AGAIN.length) - 1] ?? 0;
    const isOverdue = isUnbounded() && monotonic() - lastAsked >= patience * 1000;
    if ((busy && !was) || isOverdue) bursts.hurry();
  });

  return {
    at: (at) => shown(monotonic(at)),
    now: () => shown(monotonic()),
    trusted: () => source() !== "none",
    source,
    errorUs() {
      const bounds = signed.bounds(monotonic());
      const widest = bounds ? (bounds.latest - bounds.earliest) / 2 : Number.POSITIVE_INFINITY;
      return Math.round(Math.min(filter.errorAt(monotonic()), widest) + Math.abs(held));
    },
    setPathBias: (bias) => move(() => filter.setPathBias(bias)),
    welcome(next) {
      if (epoch !== next) filter.reset();
      epoch = next;
      unanswered = 0;
      mustAsk = true;
      bursts.welcome();
    },
    answer: bursts.answer,
    answerSigned(answer) {
      const received = monotonic();
      const statement = parseTimeText(answer.text);
      if (!question || statement?.nonce !== question.nonce || !trust?.verify(answer)) {
        log.warn("relay.signed-time-refused", { why: statement ? "not an answer" : "malformed" });
        return;
      }
      const { sent } = question;
      question = undefined;
      // Held back by somebody it would leave wide bounds, in which a clock could be set to an hour that is over.
      if (received - sent > ANSWER_WITHIN) {
        log.warn("relay.signed-time-refused", { why: "late", tookMs: Math.round((received - sent) / 1000) });
        mustAsk = true;
        return;
      }
      unanswered = 0;
      move(() => {
        signed.answered(statement, sent, received);
        refit();
        learn(unproven);
      });
      if (!everSynchronised) bursts.hurry();
    },
    hear({ signature, ...statement }) {
      const received = monotonic();
      const text = timeText(statement);
      const written = Buffer.from(signature).toString("base64url");
      if (!trust?.keyIds().some((keyId) => trust.verify({ text, keyId, signature: written }))) return;
      move(() => {
        const found = signed.heard(statement, received);
        refit();
        if (found === "kept" || received - lastAsked < ASK_APART) return;
        mustAsk = true;
        bursts.hurry();
      });
    },
    lost() {
      question = undefined;
      bursts.lost();
    },
    close() {
      bursts.lost();
      stopWatching();
    },
  };
}
