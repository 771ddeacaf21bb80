import Database from "libsql";
import { silentLog } from "../../src/base/log.js";
import { epoch } from "../../src/base/units.js";
import { occurrenceIdSchema } from "../../src/domain/ids.js";
import type { EventLine } from "../../src/domain/log-line.js";
import type { SettlingLine } from "../../src/domain/result.js";
import { type Heard, openAsRunLog } from "../../src/server/store/as-run-log.js";
import { prepareEvent } from "../../src/server/store/log-body.js";
import { canonical, hashAfter, type LogBody, NO_HASH } from "../../src/server/store/log-line.js";

/**
 * A log that is filled in one write, for measuring what reads it: half a million lines take seconds and not minutes. It holds the
 * same lines with the same chain and the same words, and none of the ways to them.
 */
export function createQuickLog(path: string, clock: { readonly at: number }) {
  // Makes the file with its present form.
  openAsRunLog({ path, clock: { date: () => epoch(clock.at) }, log: silentLog, reserveBytes: 0 }).close();
  const database = new Database(path);
  database.exec("PRAGMA synchronous = OFF; BEGIN");
  const insert = database.prepare(
    "INSERT INTO line (n, at, kind, receiver, area, occurrence, journal, seq, body, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
  );
  let head = { n: 0, hash: NO_HASH };

  function append(line: Omit<LogBody, "n" | "writtenAt">): void {
    const body: LogBody = { ...line, n: head.n + 1, writtenAt: Math.round(clock.at) };
    const text = canonical(body);
    const { n, at, kind, receiver, area, occurrence, journal, seq } = body;
    head = { n, hash: hashAfter(head.hash, text) };
    insert.run([n, at, kind, ...[receiver, area, occurrence, journal, seq].map((it) => it ?? null), text, head.hash]);
  }
  const keep = database.prepare("INSERT INTO personal (n, salt, text) VALUES (?, ?, ?)");
  function event(line: EventLine): void {
    const { body, personal } = prepareEvent(line, clock.at);
    append(body);
    if (personal) keep.run([head.n, personal.salt, personal.text]);
  }

  return {
    event,
    eventOnce(_key: string, line: EventLine) {
      event(line);
      return true;
    },
    /** Every receiver of the lines is taken for open. */
    settle(lines: readonly SettlingLine[]) {
      for (const { state, receivers, ...line } of lines) {
        const about = line.receiver === undefined ? { state, receivers } : { state };
        event({ ...line, detail: { ...line.detail, ...about } });
      }
    },
    heardAll(reports: readonly Heard[]) {
      for (const { receiver, area, journal, lines } of reports)
        for (const { event: kind, at, dueAt, cue, class: of, heardMs, announcements, why, seq } of lines)
          append({
            ...{ receiver, area, journal, source: "receiver", kind, at: Math.round(at / 1000), seq, cue },
            ...{ class: of, announcements, heardMs, why, detail: { atUs: at } },
            occurrence: occurrenceIdSchema.safeParse(cue).data,
            dueAt: dueAt === undefined ? undefined : Math.round(dueAt / 1000),
          });
      return reports.map(() => 0);
    },
    lines: () => head.n,
    close() {
      database.exec("COMMIT");
      database.close();
    },
  };
}
