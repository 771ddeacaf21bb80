/**
 * The alarms that are open: opened when a trouble is seen, acknowledged by a person, cleared when it has been gone for a while.
 * Opened, acknowledged and cleared stand in the log; the open ones are kept over a restart.
 *
 * @module
 */

import { Fault, reasonOf } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import { type Epoch, epoch } from "../../base/units.js";
import { type Alarm, alarmId, alarmStep, TROUBLE_WORDS } from "../../domain/alarm.js";
import type { Trouble } from "../../domain/condition.js";
import type { AreaId, ReceiverId } from "../../domain/ids.js";
import type { LineKind } from "../../domain/line-words.js";
import type { EventLine } from "../../domain/log-line.js";
import type { Person } from "../../domain/person.js";
import type { AsRunLog } from "./ports.js";

/** The open alarms on disk. */
export interface AlarmRecords {
  all(): readonly Alarm[];
  /** All or none; on disk when it resolves. */
  commit(steps: readonly Step[]): Promise<void>;
}

export interface AlarmBookParts {
  readonly records: AlarmRecords;
  readonly asRun: Pick<AsRunLog, "events">;
  readonly now: () => Epoch;
  /** An alarm was opened or changed, or is over. */
  readonly onAlarm: (alarm: Alarm) => void;
  readonly onCleared: (id: string) => void;
  readonly log: Log;
}

type Step = { readonly put: Alarm } | { readonly delete: string };
/** Lines that wait while the log takes none, at most: two each of ten thousand loudspeakers. */
const MOST_WAITING = 20_000;

/** An alarm while it is open. */
interface Open {
  alarm: Alarm;
  /** Whether the trouble was there when the receiver was looked at last, and when it last was. */
  isThere: boolean;
  lastAt: number;
}

export type AlarmBook = ReturnType<typeof createAlarmBook>;

export function createAlarmBook({ records, asRun, now, onAlarm, onCleared, log }: AlarmBookParts) {
  const open = new Map<ReceiverId, Map<Trouble, Open>>();
  let lines: EventLine[] = [];
  /** What has changed, by the alarm's id; and what of it is in the log, and so may go to disk. */
  const steps = new Map<string, Step>();
  let ready = new Map<string, Step>();
  let saving: Promise<void> = Promise.resolve();

  const remember = (alarm: Alarm, isThere: boolean) => {
    const mine = open.get(alarm.receiver) ?? new Map<Trouble, Open>();
    open.set(alarm.receiver, mine);
    mine.set(alarm.trouble, { alarm, isThere, lastAt: now() });
  };
  const forget = ({ receiver, trouble }: Alarm) => {
    const mine = open.get(receiver);
    mine?.delete(trouble);
    if (mine?.size === 0) open.delete(receiver);
  };
  // What an earlier run has seen may be over by now, but it has not been gone for long enough to know.
  for (const alarm of records.all()) remember(alarm, true);

  const lineOf = (
    kind: LineKind,
    { id, receiver, area, trouble, since, times }: Alarm,
    by?: EventLine["by"],
  ): EventLine => ({
    ...{ kind, receiver, area, why: trouble, by, detail: { id, since, times } },
  });
  const tell = (line: EventLine) => {
    if (lines.length < MOST_WAITING) lines.push({ ...line, at: Math.round(now()) });
  };
  const openAlarm = (alarm: Alarm) => {
    remember(alarm, true);
    tell(lineOf("alarm.opened", alarm));
    steps.set(alarm.id, { put: alarm });
    onAlarm(alarm);
  };
  const clear = (alarm: Alarm, by?: EventLine["by"]) => {
    forget(alarm);
    tell(lineOf("alarm.cleared", alarm, by));
    steps.set(alarm.id, { delete: alarm.id });
    onCleared(alarm.id);
  };
  const save = async () => {
    if (ready.size === 0) return;
    const kept = ready;
    ready = new Map();
    try {
      await records.commit([...kept.values()]);
    } catch (thrown) {
      ready = new Map([...kept, ...ready]);
      throw thrown;
    }
  };
  /** What log or disk does not take waits for the next time, and nobody is told before that it is written. */
  const flush = async () => {
    if (lines.length > 0) asRun.events(lines);
    lines = [];
    for (const [id, step] of steps) ready.set(id, step);
    steps.clear();
    saving = saving.then(save, save);
    await saving;
  };
  const find = (id: string): Open => {
    for (const mine of open.values()) for (const one of mine.values()) if (one.alarm.id === id) return one;
    throw new Fault("not-found", {
      vi: `Không có cảnh báo «${id}» nào đang mở. Có thể sự cố đã hết.`,
      en: `There is no open alarm "${id}". The trouble may be over.`,
    });
  };
  const viewOf = ({ alarm, isThere, lastAt }: Open) => {
    const { since, acknowledgedAt, ...rest } = alarm;
    return {
      ...rest,
      since: iso(since),
      lastAt: iso(Math.max(alarm.lastAt, isThere ? now() : lastAt)),
      isThere,
      ...(acknowledgedAt === undefined ? {} : { acknowledgedAt: iso(acknowledgedAt) }),
      words: TROUBLE_WORDS[alarm.trouble],
    };
  };

  return {
    /** A receiver was looked at, and these are its troubles now. */
    see(receiver: ReceiverId, area: AreaId, troubles: readonly Trouble[]) {
      const mine = open.get(receiver);
      if (troubles.length === 0 && mine === undefined) return;
      for (const trouble of new Set([...troubles, ...(mine?.keys() ?? [])])) {
        const one = mine?.get(trouble);
        const isThere = troubles.includes(trouble);
        const known = { isThere, wasThere: one?.isThere ?? false, lastAt: one?.lastAt };
        const step = alarmStep(one?.alarm, { receiver, area, trouble, now: now(), ...known });
        if (one) {
          one.isThere = isThere;
          if (isThere) one.lastAt = now();
        }
        if (step.kind === "open") openAlarm(step.alarm);
        else if (step.kind === "clear") clear(step.alarm);
        else if (step.kind === "again" && one) {
          one.alarm = step.alarm;
          steps.set(step.alarm.id, { put: step.alarm });
          onAlarm(step.alarm);
        }
      }
    },
    /** The receiver is no longer looked after: its alarms are over. */
    dismiss(receiver: ReceiverId, by?: string) {
      for (const { alarm } of [...(open.get(receiver)?.values() ?? [])]) clear(alarm, by);
    },
    has: (receiver: ReceiverId) => open.has(receiver),
    /** @throws Fault "not-found" when it is over already */
    async acknowledge(id: string, by: Person) {
      const one = find(id);
      if (one.alarm.acknowledgedBy === undefined) {
        const before = one.alarm;
        one.alarm = { ...before, acknowledgedBy: by.name, acknowledgedAt: now() };
        tell({ ...lineOf("alarm.acknowledged", one.alarm, by), before, after: one.alarm });
        steps.set(one.alarm.id, { put: one.alarm });
        onAlarm(one.alarm);
      }
      // Also for whoever asks again because the first time it could not be written.
      await flush();
      return viewOf(one);
    },
    /** The oldest first. */
    alarms: () =>
      [...open.values()]
        .flatMap((mine) => [...mine.values()])
        .sort((a, b) => a.alarm.since - b.alarm.since)
        .map(viewOf),
    viewOf(receiver: ReceiverId, trouble: Trouble) {
      const one = open.get(receiver)?.get(trouble);
      return one && viewOf(one);
    },
    /** How many are open, by trouble. */
    counts() {
      const counts: Partial<Record<Trouble, number>> = {};
      for (const mine of open.values()) for (const trouble of mine.keys()) counts[trouble] = (counts[trouble] ?? 0) + 1;
      return counts;
    },
    /** Brings what has changed into the log and to disk. Call it about once a second. */
    flush: () => flush().catch((thrown: unknown) => log.error("alarms.not-kept", { reason: reasonOf(thrown), thrown })),
    idOf: alarmId,
  };
}

const iso = (time: number) => new Date(epoch(time)).toISOString();
