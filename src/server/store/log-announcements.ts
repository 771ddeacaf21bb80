/**
 * Which lines of the log tell what people did with an announcement, and where it was heard. The lines are the truth; this is
 * where they are found again without walking over years of soundings.
 *
 * @module
 */
import type Database from "libsql";
import { type AnnouncementId, announcementIdSchema, type ReceiverId } from "../../domain/ids.js";
import type { LogBody } from "./log-line.js";

/** The version after which the log has these tables. */
export const ANNOUNCEMENT_TABLES = `
  CREATE TABLE about (announcement TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (announcement, n))
    STRICT, WITHOUT ROWID;
  CREATE TABLE heard (announcement TEXT NOT NULL, receiver TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
    times INTEGER NOT NULL, PRIMARY KEY (announcement, receiver)) STRICT, WITHOUT ROWID;
  CREATE TABLE last_heard (announcement TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  INSERT INTO about (announcement, n)
    SELECT json_extract(body, '$.detail.id'), n FROM line
    WHERE kind LIKE 'announcement.%' AND json_type(body, '$.detail.id') = 'text';
  INSERT INTO heard (announcement, receiver, first, last, times)
    SELECT announcement, receiver, min(at), max(at), count(*) FROM line_announcement JOIN line USING (n)
    WHERE journal IS NOT NULL AND receiver IS NOT NULL AND kind = 'started' GROUP BY announcement, receiver;
  INSERT INTO last_heard (announcement, at) SELECT announcement, max(last) FROM heard GROUP BY announcement;`;

/** The version after which a beginning can be taken back: `before` is when it was begun last before the latest time. */
export const TAKEN_BACK_COLUMN = "ALTER TABLE heard ADD COLUMN before INTEGER;";

/** An announcement at one receiver, by its own account. */
export interface Hearing {
  readonly receiver: ReceiverId;
  /** Civil milliseconds. */
  readonly first: number;
  readonly last: number;
  readonly times: number;
}

/** To be called in the transaction that adds the line. */
export interface AnnouncementLines {
  /** Notes what line `n` is about, if it is about an announcement. */
  note(line: Pick<LogBody, "kind" | "detail">, n: number): void;
  /** Notes that it was begun at a receiver, civil milliseconds. */
  heard(announcement: AnnouncementId, receiver: ReceiverId, at: number): void;
  /** The latest beginning at a receiver was of something that was cut before it came to the announcement. */
  takeBack(announcement: AnnouncementId, receiver: ReceiverId): void;
  /** To be called when all of a transaction is taken back. */
  settle(): void;
  lastHeard(announcement: AnnouncementId): number | undefined;
  /** Where it was first comes first. */
  hearings(announcement: AnnouncementId): readonly Hearing[];
  /** Receivers of whose sounding of it since then (civil milliseconds) nothing is known. */
  untold(announcement: AnnouncementId, since: number): readonly ReceiverId[];
}

export function openAnnouncementLines(database: Database.Database): AnnouncementLines {
  const writeAbout = database.prepare("INSERT INTO about (announcement, n) VALUES (?, ?)");
  const writeHeard = database.prepare(
    `INSERT INTO heard (announcement, receiver, first, last, times) VALUES (?, ?, ?, ?, 1)
     ON CONFLICT DO UPDATE SET first = min(first, excluded.first), last = max(last, excluded.last), times = times + 1,
       before = CASE WHEN excluded.last > last THEN last ELSE before END`,
  );
  const takeBack = database.prepare(
    `UPDATE heard SET times = times - 1, last = coalesce(before, last), before = NULL
     WHERE announcement = ? AND receiver = ?`,
  );
  const forget = database.prepare("DELETE FROM heard WHERE announcement = ? AND receiver = ? AND times < 1");
  const forgetLast = database.prepare("DELETE FROM last_heard WHERE announcement = ?");
  const lastAgain = database.prepare(
    `INSERT INTO last_heard (announcement, at)
     SELECT announcement, max(last) FROM heard WHERE announcement = ? GROUP BY announcement`,
  );
  const takenBack = new Set<AnnouncementId>();
  const writeLast = database.prepare(
    "INSERT INTO last_heard (announcement, at) VALUES (?, ?) ON CONFLICT DO UPDATE SET at = max(at, excluded.at)",
  );
  const readLast = database.prepare("SELECT at FROM last_heard WHERE announcement = ?");
  const readHeard = database.prepare(
    "SELECT receiver, first, last, times FROM heard WHERE announcement = ? ORDER BY first, receiver",
  );
  const readUntold = database.prepare(
    `SELECT DISTINCT result.receiver FROM line, json_each(line.body, '$.detail.content') AS piece
       JOIN result ON result.occurrence = line.occurrence
     WHERE line.kind = 'occurrence.closed' AND line.journal IS NULL AND line.at >= ? AND result.state = 'unknown'
       AND json_extract(piece.value, '$.announcement') = ? ORDER BY result.receiver`,
  );

  return {
    note({ kind, detail }, n) {
      if (!kind.startsWith("announcement.") || !detail || !("id" in detail)) return;
      const id = announcementIdSchema.safeParse(detail.id).data;
      if (id !== undefined) writeAbout.run([id, n]);
    },
    heard(announcement, receiver, at) {
      writeHeard.run([announcement, receiver, at, at]);
      writeLast.run([announcement, at]);
    },
    takeBack(announcement, receiver) {
      takeBack.run([announcement, receiver]);
      forget.run([announcement, receiver]);
      takenBack.add(announcement);
    },
    settle() {
      for (const announcement of takenBack) {
        forgetLast.run([announcement]);
        lastAgain.run([announcement]);
      }
      takenBack.clear();
    },
    lastHeard: (announcement) => (readLast.all([announcement]) as { at: number }[])[0]?.at,
    hearings: (announcement) => readHeard.all([announcement]) as Hearing[],
    untold: (announcement, since) =>
      (readUntold.all([since, announcement]) as { receiver: ReceiverId }[]).map(({ receiver }) => receiver),
  };
}
