/**
 * What waits to be told: kept on disk, sent to each recipient in its own time, several at once, again after a failure, and
 * given up in the end. Nothing here ever keeps anything else waiting (R8).
 *
 * @module
 */
import { createHash } from "node:crypto";
import { backoff } from "../../base/backoff.js";
import type { Clock } from "../../base/clock.js";
import { reasonOf } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import { hours, type Instant, later, minutes, ms, seconds } from "../../base/units.js";
import type { AreaId } from "../../domain/ids.js";
import { isWanted, messageOf, type Notice, type NoticeWish } from "../../domain/notice.js";
import type { Deliver } from "./delivery.js";

/** A notice that one recipient has not got yet. */
export interface WaitingNotice {
  readonly id: string;
  /** Name of the recipient. */
  readonly recipient: string;
  readonly notice: Notice;
}

export interface Recipient extends NoticeWish {
  readonly name: string;
  readonly deliver: Deliver;
}

export interface OutboxParts {
  readonly recipients: readonly Recipient[];
  readonly records: {
    all(): readonly WaitingNotice[];
    /** All or none; on disk when it resolves. */
    commit(steps: readonly ({ readonly put: WaitingNotice } | { readonly delete: string })[]): Promise<void>;
  };
  readonly station: string;
  /** Messages to one recipient in an hour. */
  readonly perHour: number;
  readonly timeOf: (at: number) => string;
  readonly isBelow: (area: AreaId, others: readonly AreaId[]) => boolean;
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly newId: () => string;
  readonly log: Log;
}

export interface OutboxCounts {
  readonly waiting: number;
  readonly sent: number;
  readonly failed: number;
  /** Given up because they were too many or too old. */
  readonly dropped: number;
}

export interface Outbox {
  /** Takes a notice for everybody who wants it, and sends it at once when it is of an emergency. Never throws or waits. */
  post(notice: Notice): void;
  /** Sends what may be sent now. Call it every few seconds; it never throws. */
  look(): void;
  counts(): OutboxCounts;
  /** Resolves when nothing is under way any more; what waits stays on disk. */
  close(): Promise<void>;
}

/** What comes together is told together: a power cut silences a ward in the same minute. */
const GATHER = seconds(20);
const FIRST_WAIT = minutes(1);
/** Whoever must know of an emergency is tried again so soon, whatever failed before, and never later than this. */
const FIRST_URGENT_WAIT = seconds(15);
const LONGEST_URGENT_WAIT = minutes(5);
const LONGEST_WAIT = hours(6);
/** Whoever has not been reached for so long looks at the panel instead. */
const GIVE_UP_MS = 3 * 86_400_000;
/** More waiting notices for one recipient push the oldest out. */
const MOST_WAITING = 200;
/** More notices than this are not sent in one message. */
const MOST_AT_ONCE = 100;
/** Connections at once. */
const MOST_UNDER_WAY = 4;
const HOUR = hours(1);

/** One recipient's queue. */
interface Queue {
  readonly recipient: Recipient;
  waiting: WaitingNotice[];
  notBefore: Instant;
  failures: number;
  /** When messages went out in the last hour. */
  sentAt: Instant[];
  isBusy: boolean;
  /** When what waits of emergencies may be tried again; a new one is tried at once. */
  urgentNotBefore: Instant;
  urgentFailures: number;
}

/** What cannot wait until more has come, nor until an hour is over. */
const isUrgent = ({ notice }: WaitingNotice): boolean => notice.kind === "emergency";

export function createOutbox(parts: OutboxParts): Outbox {
  const { recipients, records, clock, random, newId, log, isBelow } = parts;
  const counts = { sent: 0, failed: 0, dropped: 0 };
  const ending = new AbortController();
  const underWay = new Set<Promise<void>>();
  const queues = new Map(
    recipients.map((recipient): [string, Queue] => [
      recipient.name,
      {
        recipient,
        waiting: [],
        notBefore: clock.now(),
        failures: 0,
        sentAt: [],
        isBusy: false,
        urgentNotBefore: clock.now(),
        urgentFailures: 0,
      },
    ]),
  );
  const keep = (steps: Parameters<OutboxParts["records"]["commit"]>[0]) => {
    if (steps.length === 0) return;
    // It is still sent when the disk refuses, only not after a restart.
    records.commit(steps).catch((thrown: unknown) => log.warn("notices.not-kept", { reason: reasonOf(thrown) }));
  };
  const drop = (queue: Queue, given: readonly WaitingNotice[], why: string) => {
    if (given.length === 0) return;
    const ids = new Set(given.map(({ id }) => id));
    queue.waiting = queue.waiting.filter(({ id }) => !ids.has(id));
    counts.dropped += given.length;
    log.error("notices.dropped", { recipient: queue.recipient.name, count: given.length, why });
    keep(given.map(({ id }) => ({ delete: id })));
  };

  // What an earlier run left; those of whom the settings no longer speak are forgotten.
  const orphans = records.all().filter((one) => !queues.has(one.recipient));
  for (const one of records.all()) queues.get(one.recipient)?.waiting.push(one);
  keep(orphans.map(({ id }) => ({ delete: id })));

  const failed = (queue: Queue, thrown: unknown) => {
    counts.failed += 1;
    const wait = ms(FIRST_WAIT / 2 + backoff(queue.failures, { base: FIRST_WAIT, cap: LONGEST_WAIT, random }));
    queue.failures += 1;
    queue.notBefore = later(clock.now(), wait);
    const soon = { base: FIRST_URGENT_WAIT, cap: LONGEST_URGENT_WAIT, random };
    queue.urgentNotBefore = later(clock.now(), ms(FIRST_URGENT_WAIT / 2 + backoff(queue.urgentFailures, soon)));
    queue.urgentFailures += 1;
    log.warn("notices.not-sent", {
      recipient: queue.recipient.name,
      reason: reasonOf(thrown),
      againInMs: Math.round(wait),
    });
  };
  const send = async (queue: Queue) => {
    const { recipient } = queue;
    // An emergency goes by itself: its subject is all that a telephone shows, and nothing that failed before goes along.
    const urgent = queue.waiting.filter(isUrgent);
    const batch = (urgent.length > 0 ? urgent : queue.waiting).slice(0, MOST_AT_ONCE);
    const notices = batch.map(({ id, notice }) => ({ ...notice, id }));
    const id = createHash("sha256")
      .update(batch.map((one) => one.id).join())
      .digest("hex")
      .slice(0, 32);
    try {
      const message = messageOf(parts.station, notices, parts.timeOf);
      await recipient.deliver({ ...message, id, station: parts.station, notices }, ending.signal);
    } catch (thrown) {
      if (!ending.signal.aborted) failed(queue, thrown);
      return;
    }
    const done = new Set(batch.map((one) => one.id));
    queue.waiting = queue.waiting.filter((one) => !done.has(one.id));
    if (urgent.length === 0) queue.sentAt.push(clock.now());
    queue.failures = 0;
    counts.sent += 1;
    log.info("notices.sent", { recipient: recipient.name, count: batch.length });
    keep(batch.map((one) => ({ delete: one.id })));
  };
  const mayGo = (queue: Queue): boolean => {
    const now = clock.now();
    queue.sentAt = queue.sentAt.filter((at) => now - at < HOUR);
    if (queue.isBusy || queue.waiting.length === 0) return false;
    if (queue.waiting.some(isUrgent)) return now >= queue.urgentNotBefore;
    return now >= queue.notBefore && queue.sentAt.length < parts.perHour;
  };
  /** Emergencies find a line free also while others hang. */
  const mayBegin = (queue: Queue): boolean =>
    mayGo(queue) && (underWay.size < MOST_UNDER_WAY || queue.waiting.some(isUrgent));
  const begin = (queue: Queue) => {
    queue.isBusy = true;
    const work = send(queue).finally(() => {
      queue.isBusy = false;
      underWay.delete(work);
    });
    underWay.add(work);
  };

  return {
    post(notice) {
      for (const queue of queues.values()) {
        if (!isWanted(notice, queue.recipient, isBelow)) continue;
        if (queue.waiting.length === 0 && queue.failures === 0) queue.notBefore = later(clock.now(), GATHER);
        const waiting = { id: newId(), recipient: queue.recipient.name, notice };
        queue.waiting.push(waiting);
        keep([{ put: waiting }]);
        if (queue.waiting.length > MOST_WAITING) {
          const oldest = queue.waiting.find((one) => !isUrgent(one)) ?? waiting;
          drop(queue, [oldest], "too-many");
        }
        if (!isUrgent(waiting) || ending.signal.aborted) continue;
        queue.urgentNotBefore = clock.now();
        queue.urgentFailures = 0;
        if (mayBegin(queue)) begin(queue);
      }
    },
    look() {
      if (ending.signal.aborted) return;
      const oldest = clock.date() - GIVE_UP_MS;
      for (const queue of queues.values()) {
        if (!queue.isBusy)
          drop(
            queue,
            queue.waiting.filter(({ notice }) => notice.at < oldest),
            "too-old",
          );
        if (mayBegin(queue)) begin(queue);
      }
    },
    counts: () => ({
      ...counts,
      waiting: [...queues.values()].reduce((sum, { waiting }) => sum + waiting.length, 0),
    }),
    async close() {
      ending.abort();
      await Promise.all(underWay);
    },
  };
}
