import type { ReceiverId } from "../../src/domain/ids.js";
import type { EventLine } from "../../src/domain/log-line.js";
import type { Result } from "../../src/domain/ticket.js";
import type { JournalLine } from "../../src/protocol/messages.js";
import type { AsRunLog } from "../../src/server/control/ports.js";

/** An as-run log in memory that takes each journal line once. */
export function fakeAsRun() {
  const events: EventLine[] = [];
  const heard = new Map<string, JournalLine>();
  const key = (receiver: ReceiverId, journal: string, seq: number) => `${receiver}/${journal}/${seq}`;
  const upTo = (receiver: ReceiverId, journal: string) => {
    let seq = 0;
    while (heard.has(key(receiver, journal, seq + 1))) seq += 1;
    return seq;
  };
  const log: AsRunLog = {
    event: (line) => events.push(line),
    events: (lines) => events.push(...lines),
    heardAll(reports) {
      for (const { receiver, journal, lines } of reports)
        for (const line of lines) heard.set(key(receiver, journal, line.seq), line);
      return reports.map(({ receiver, journal }) => upTo(receiver, journal));
    },
    reportedUpTo: upTo,
    resultsOf(occurrence) {
      const results = new Map<ReceiverId, Result>();
      for (const [place, { cue, event, why }] of heard) {
        const [receiver = ""] = place.split("/");
        if (cue !== occurrence || event === "due" || event === "unordered") continue;
        const state = event === "finished" ? "played" : event === "started" || event === "resumed" ? "sounding" : event;
        results.set(receiver as ReceiverId, {
          state: state === "refused" || state === "failed" ? "missed" : state,
          ...(why === undefined ? {} : { why }),
        });
      }
      return results;
    },
    acceptGap: () => {},
  };
  return { log, events, lines: () => [...heard.values()] };
}
