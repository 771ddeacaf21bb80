import type { ReceiverId } from "../../src/domain/ids.js";
import type { EventLine } from "../../src/domain/log-line.js";
import { type Settled, supersedes } from "../../src/domain/result.js";
import { isFinal, type Result } from "../../src/domain/ticket.js";
import { type HeardLine, resultStateOf } from "../../src/protocol/journal-results.js";
import type { AsRunLog } from "../../src/server/control/ports.js";

/** An as-run log in memory that takes each journal line, and each result, once. */
export function fakeAsRun() {
  const events: EventLine[] = [];
  const heard = new Map<string, HeardLine>();
  const settled = new Map<string, Map<ReceiverId, Settled>>();
  const keys = new Set<string>();
  const key = (receiver: ReceiverId, journal: string, seq: number) => `${receiver}/${journal}/${seq}`;
  const upTo = (receiver: ReceiverId, journal: string) => {
    let seq = 0;
    while (heard.has(key(receiver, journal, seq + 1))) seq += 1;
    return seq;
  };
  const settledAt = (occurrence: string) => {
    const known = settled.get(occurrence) ?? new Map<ReceiverId, Settled>();
    settled.set(occurrence, known);
    return known;
  };
  /** Every result that was written, with its reason. */
  const written: (Settled & { occurrence: string; receiver: ReceiverId; why: string | undefined })[] = [];
  const settleOne = (
    occurrence: string,
    receiver: ReceiverId,
    { why, ...after }: Settled & { why: string | undefined },
  ) => {
    if (!supersedes(settledAt(occurrence).get(receiver), after)) return;
    settledAt(occurrence).set(receiver, after);
    written.push({ occurrence, receiver, ...after, why });
  };
  const log: AsRunLog = {
    event: (line) => events.push(line),
    events: (lines) => events.push(...lines),
    heardAll(reports) {
      for (const { receiver, journal, lines } of reports)
        for (const line of lines) {
          heard.set(key(receiver, journal, line.seq), line);
          const state = resultStateOf(line.event, line.why);
          if (state !== undefined && isFinal(state))
            settleOne(line.cue, receiver, { state, said: true, why: line.why });
        }
      return reports.map(({ receiver, journal }) => upTo(receiver, journal));
    },
    reportedUpTo: upTo,
    resultsOf(occurrence) {
      const results = new Map<ReceiverId, Result>();
      for (const [place, { cue, event, why }] of heard) {
        const [receiver = ""] = place.split("/");
        const state = cue === occurrence ? resultStateOf(event, why) : undefined;
        if (state !== undefined) results.set(receiver as ReceiverId, { state, ...(why === undefined ? {} : { why }) });
      }
      return results;
    },
    acceptGap: () => {},
    settle(lines) {
      for (const { state, receivers, ...line } of lines) {
        const fresh = receivers.filter((receiver) => !settledAt(line.occurrence).has(receiver));
        if (fresh.length === 0) continue;
        events.push({ ...line, detail: { ...line.detail, state, ...(line.receiver ? {} : { receivers: fresh }) } });
        for (const receiver of fresh) settleOne(line.occurrence, receiver, { state, said: false, why: line.why });
      }
    },
    settledAt,
    eventOnce(name, line) {
      if (keys.has(name)) return false;
      keys.add(name);
      events.push(line);
      return true;
    },
    page: async () => [],
    lastSignOf: () => undefined,
    lastSounds: () => new Map(),
  };
  return { log, events, written, lines: () => [...heard.values()] };
}
