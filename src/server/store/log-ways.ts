/**
 * What a line of the log leaves beside the chain: the ways by which it is found again, and what is summed up from many. All of it
 * follows from the line's own words, so that a log whose ways are damaged gets them anew.
 *
 * @module
 */
import type Database from "libsql";
import * as z from "zod/mini";
import { receiverIdSchema } from "../../domain/ids.js";
import { isFinal, resultStateSchema } from "../../domain/ticket.js";
import { resultStateOf } from "../../protocol/journal-results.js";
import { type AnnouncementLines, openAnnouncementLines } from "./log-announcements.js";
import { closedBy, type Days, openDays } from "./log-days.js";
import { type Journals, openJournals } from "./log-journals.js";
import type { LogBody } from "./log-line.js";
import { type Directives, openDirectives } from "./log-search.js";
import { openSettlements, type Settlements } from "./log-settlements.js";

export interface Ways {
  /** Adds a line with all that it leaves beside the chain. To be called in a transaction. */
  add(body: LogBody, text: string, hash: string): void;
  /** Finds anew up to where each journal is known, after its lines were added. */
  settleJournals(): void;
  readonly journals: Journals;
  readonly announcements: AnnouncementLines;
  readonly settlements: Settlements;
  readonly directives: Directives;
  readonly days: Days;
}

/** What a line by which the server settles results says of them; who they are of when it is of several. */
const settlingSchema = z.object({ state: resultStateSchema, receivers: z.optional(z.array(receiverIdSchema)) });

export function openWays(database: Database.Database): Ways {
  const announcements = openAnnouncementLines(database);
  const settlements = openSettlements(database);
  const directives = openDirectives(database);
  const days = openDays(database);
  const journals = openJournals(database);
  const insert = database.prepare(
    "INSERT INTO line (n, at, kind, receiver, area, occurrence, journal, seq, body, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const insertAnnouncement = database.prepare("INSERT INTO line_announcement (announcement, n) VALUES (?, ?)");

  const noteHeard = ({ n, kind, why, at, receiver, occurrence, announcements: said }: LogBody) => {
    if (receiver === undefined) return;
    if (kind === "started") for (const id of new Set(said)) announcements.heard(id, receiver, at);
    const state = resultStateOf(kind, why);
    if (state === undefined) return;
    if (state === "sounding" || state === "played") settlements.sounded(receiver, at);
    if (occurrence !== undefined && isFinal(state))
      settlements.settle({ occurrence, receiver }, n, { state, said: true });
  };
  const noteEvent = (body: LogBody) => {
    const { n, receiver, occurrence, detail } = body;
    announcements.note(body, n);
    if (body.after !== undefined) directives.note(body);
    const closed = closedBy(body);
    if (closed !== undefined) days.note(closed, n);
    const settled = occurrence === undefined ? undefined : settlingSchema.safeParse(detail ?? {}).data;
    if (occurrence === undefined || settled === undefined) return;
    const { state, receivers = receiver === undefined ? [] : [receiver] } = settled;
    for (const one of receivers) settlements.settle({ occurrence, receiver: one }, n, { state, said: false });
  };

  return {
    add(body, text, hash) {
      const { n, at, kind, receiver, area, occurrence, journal, seq } = body;
      insert.run([n, at, kind, ...[receiver, area, occurrence, journal, seq].map((part) => part ?? null), text, hash]);
      for (const announcement of new Set(body.announcements)) insertAnnouncement.run([announcement, n]);
      if (body.source === "receiver") noteHeard(body);
      else noteEvent(body);
    },
    settleJournals: () => journals.findAnew(),
    ...{ announcements, settlements, directives, days, journals },
  };
}
