/**
 * Up to where each receiver's journal is known without gaps: what may be acknowledged.
 *
 * @module
 */
import type Database from "libsql";
import * as z from "zod/mini";
import type { OccurrenceId, ReceiverId } from "../../domain/ids.js";

/** What was begun is looked for among so many lines before; a day of a busy loudspeaker has about as many. */
const LOOKED_BACK = 200;
/** Lines looked at in one go when a gap has been filled. */
const PAGE = 1000;

export interface Journals {
  upTo(receiver: ReceiverId, journal: string): number;
  holds(receiver: ReceiverId, journal: string, seq: number): boolean;
  /** Whether one of the lines before tells that the occurrence was begun, and heard. */
  wasBegun(receiver: ReceiverId, journal: string, seq: number, occurrence: OccurrenceId): boolean;
  /** Takes everything before `seq` for known, then moves on as {@link Journals.advance} does. */
  skipTo(receiver: ReceiverId, journal: string, seq: number): void;
  /** Moves on over all lines that follow without a gap; call it in the transaction that added them. */
  advance(receiver: ReceiverId, journal: string): void;
  /** Finds anew up to where every journal is known, from its lines and from those that gave others up. */
  findAnew(): void;
}

/** The kind of the line that gives up lines of a journal, and what it says. */
export const JOURNAL_GAP = "journal.gap";
const gapSchema = z.object({ journal: z.string(), upTo: z.int() });

export function openJournals(database: Database.Database): Journals {
  const read = database.prepare("SELECT up_to FROM journal WHERE receiver = ? AND journal = ?");
  const write = database.prepare(
    "INSERT INTO journal (receiver, journal, up_to) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET up_to = excluded.up_to",
  );
  const one = database.prepare("SELECT n FROM line WHERE receiver = ? AND journal = ? AND seq = ?");
  const next = database.prepare(
    `SELECT seq FROM line WHERE receiver = ? AND journal = ? AND seq > ? ORDER BY seq LIMIT ${PAGE}`,
  );

  const begun = database.prepare(
    `SELECT 1 FROM (SELECT kind, occurrence FROM line WHERE receiver = ? AND journal = ? AND seq < ?
       ORDER BY seq DESC LIMIT ${LOOKED_BACK}) WHERE occurrence = ? AND kind = 'started' LIMIT 1`,
  );

  const all = {
    journals: database.prepare("SELECT DISTINCT receiver, journal FROM line WHERE journal IS NOT NULL"),
    gaps: database.prepare(
      `SELECT receiver, json_extract(body, '$.detail') AS detail FROM line WHERE kind = '${JOURNAL_GAP}' AND journal IS NULL ORDER BY n`,
    ),
  };

  const upTo = (receiver: ReceiverId, journal: string): number => {
    const [row] = read.all([receiver, journal]) as { up_to: number }[];
    return row?.up_to ?? 0;
  };
  const gapless = (receiver: ReceiverId, journal: string, from: number): number => {
    for (let reached = from; ; ) {
      const page = next.all([receiver, journal, reached]) as { seq: number }[];
      for (const { seq } of page) {
        if (seq !== reached + 1) return reached;
        reached = seq;
      }
      if (page.length < PAGE) return reached;
    }
  };

  const moveOn = (receiver: ReceiverId, journal: string, from: number) =>
    void write.run([receiver, journal, gapless(receiver, journal, from)]);

  return {
    upTo,
    holds: (receiver, journal, seq) => one.all([receiver, journal, seq]).length > 0,
    wasBegun: (...line) => begun.all(line).length > 0,
    skipTo: (receiver, journal, seq) => moveOn(receiver, journal, seq - 1),
    advance: (receiver, journal) => moveOn(receiver, journal, upTo(receiver, journal)),
    findAnew() {
      const gaps = new Map<string, number>();
      for (const { receiver, detail } of all.gaps.all([]) as { receiver: ReceiverId; detail: string }[]) {
        const gap = gapSchema.safeParse(JSON.parse(detail)).data;
        if (gap) gaps.set(`${receiver} ${gap.journal}`, gap.upTo);
      }
      for (const { receiver, journal } of all.journals.all([]) as { receiver: ReceiverId; journal: string }[])
        moveOn(receiver, journal, gaps.get(`${receiver} ${journal}`) ?? 0);
    },
  };
}
