import type { AnnouncementId, ReceiverId } from "../../src/domain/ids.js";
import type { EventLine, LogLine } from "../../src/domain/log-line.js";
import { type Settled, supersedes } from "../../src/domain/result.js";
import { isFinal, type Result } from "../../src/domain/ticket.js";
import { type HeardLine, resultStateOf } from "../../src/protocol/journal-results.js";
import type { AsRunLog, Hearing } from "../../src/server/control/ports.js";

/** An as-run log in memory that takes each journal line, and each result, once. */
export function fakeAsRun() {
  /** As the log tells them: who is behind one by the name alone. */
  const events: Omit<LogLine, "n" | "at" | "hash">[] = [];
  /** What was changed, by the kind of its line. */
  const changes: Pick<EventLine, "kind" | "before" | "after">[] = [];
  const write = ({ by, before, after, ...line }: EventLine) => {
    if (before !== undefined || after !== undefined) changes.push({ kind: line.kind, before, after });
    events.push({ ...line, ...(by === undefined ? {} : { by: typeof by === "string" ? by : by.name }) });
  };
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
  const hearingsOf = (id: AnnouncementId): Hearing[] => {
    const found = new Map<ReceiverId, Hearing>();
    for (const [place, { event, announcements, at: us }] of heard) {
      if (event !== "started" || !announcements?.includes(id)) continue;
      const receiver = place.split("/")[0] as ReceiverId;
      const at = Math.round(us / 1000);
      const { first, last, times } = found.get(receiver) ?? { first: at, last: at, times: 0 };
      found.set(receiver, { receiver, first: Math.min(first, at), last: Math.max(last, at), times: times + 1 });
    }
    return [...found.values()];
  };
  const log: AsRunLog = {
    event: write,
    events: (lines) => lines.forEach(write),
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
        write({ ...line, detail: { ...line.detail, state, ...(line.receiver ? {} : { receivers: fresh }) } });
        for (const receiver of fresh) settleOne(line.occurrence, receiver, { state, said: false, why: line.why });
      }
    },
    settledAt,
    eventOnce(name, line) {
      if (keys.has(name)) return false;
      keys.add(name);
      write(line);
      return true;
    },
    days: { last: () => undefined, heads: () => [] },
    page: async () => [],
    lastSignOf: () => undefined,
    lastSounds: () => new Map(),
    lastHeard: (id) =>
      hearingsOf(id).reduce<number | undefined>((last, one) => Math.max(last ?? 0, one.last), undefined),
    hearings: hearingsOf,
    untold: () => [],
    historyOf: (id, after, limit) =>
      events
        .map((line, index) => ({ ...line, n: index + 1, at: 0, hash: "" }))
        .filter(
          ({ kind, detail, n }) =>
            kind.startsWith("announcement.") && n > after && (detail as { id?: string }).id === id,
        )
        .slice(0, limit),
  };
  return { log, events, changes, written, lines: () => [...heard.values()] };
}
