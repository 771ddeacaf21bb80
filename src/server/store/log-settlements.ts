/**
 * Which line of the log holds the result of an occurrence at a receiver. The lines are the truth; this is where they are found
 * again, and what keeps a result from being written twice, whatever moment the program is stopped at.
 *
 * @module
 */
import type Database from "libsql";
import type { OccurrenceId, ReceiverId } from "../../domain/ids.js";
import { type Settled, supersedes } from "../../domain/result.js";
import type { ResultState } from "../../domain/ticket.js";

/** The version after which the log has these tables. */
export const SETTLEMENT_TABLES = `
  CREATE TABLE result (occurrence TEXT NOT NULL, receiver TEXT NOT NULL, n INTEGER NOT NULL, state TEXT NOT NULL,
    said INTEGER NOT NULL, PRIMARY KEY (occurrence, receiver)) STRICT, WITHOUT ROWID;
  CREATE INDEX result_receiver ON result (receiver, n);
  CREATE INDEX result_line ON result (n);
  CREATE TABLE once (key TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  CREATE TABLE last_sound (receiver TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  INSERT INTO result (occurrence, receiver, n, state, said)
    SELECT occurrence, receiver, max(n), CASE kind WHEN 'finished' THEN 'played' WHEN 'failed' THEN 'missed'
      WHEN 'refused' THEN 'refused' ELSE kind END, 1 FROM line
    WHERE occurrence IS NOT NULL AND receiver IS NOT NULL AND journal IS NOT NULL
      AND kind IN ('finished', 'cut', 'missed', 'muted', 'refused', 'failed')
      AND NOT (kind = 'refused' AND json_extract(body, '$.why') = 'played')
    GROUP BY occurrence, receiver;
  INSERT INTO last_sound (receiver, at)
    SELECT receiver, max(at) FROM line
    WHERE receiver IS NOT NULL AND journal IS NOT NULL AND kind IN ('started', 'resumed', 'finished') GROUP BY receiver;`;

/** An occurrence at a receiver. */
interface Pair {
  readonly occurrence: OccurrenceId;
  readonly receiver: ReceiverId;
}

/** To be called in the transaction that adds the line. */
export interface Settlements {
  settledAt(occurrence: OccurrenceId): ReadonlyMap<ReceiverId, Settled>;
  /** Whether no result is written yet. */
  isOpen(at: Pair): boolean;
  /** Notes that line `n` tells the result, if it is one that holds. Returns whether it does. */
  settle(at: Pair, n: number, settled: Settled): boolean;
  /** Notes when a receiver sounded, civil milliseconds. */
  sounded(receiver: ReceiverId, at: number): void;
  lastSounds(): ReadonlyMap<ReceiverId, number>;
  /** Whether this is the first time that the key is given. */
  isFirst(key: string): boolean;
}

interface Row {
  readonly receiver: ReceiverId;
  readonly state: ResultState;
  readonly said: number;
}

export function openSettlements(database: Database.Database): Settlements {
  const ofOccurrence = database.prepare("SELECT receiver, state, said FROM result WHERE occurrence = ?");
  const one = database.prepare("SELECT receiver, state, said FROM result WHERE occurrence = ? AND receiver = ?");
  const write = database.prepare(
    `INSERT INTO result (occurrence, receiver, n, state, said) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET n = excluded.n, state = excluded.state, said = excluded.said`,
  );
  const writeSound = database.prepare(
    "INSERT INTO last_sound (receiver, at) VALUES (?, ?) ON CONFLICT DO UPDATE SET at = max(at, excluded.at)",
  );
  const readSounds = database.prepare("SELECT receiver, at FROM last_sound");
  const writeKey = database.prepare("INSERT INTO once (key) VALUES (?) ON CONFLICT DO NOTHING");
  const settledOf = ({ state, said }: Row): Settled => ({ state, said: said === 1 });

  return {
    settledAt: (occurrence) =>
      new Map((ofOccurrence.all([occurrence]) as Row[]).map((row) => [row.receiver, settledOf(row)])),
    isOpen: ({ occurrence, receiver }) => one.all([occurrence, receiver]).length === 0,
    settle({ occurrence, receiver }, n, settled) {
      const [before] = one.all([occurrence, receiver]) as Row[];
      if (!supersedes(before && settledOf(before), settled)) return false;
      write.run([occurrence, receiver, n, settled.state, settled.said ? 1 : 0]);
      return true;
    },
    sounded: (receiver, at) => void writeSound.run([receiver, at]),
    lastSounds: () =>
      new Map((readSounds.all([]) as { receiver: ReceiverId; at: number }[]).map(({ receiver, at }) => [receiver, at])),
    isFirst: (key) => writeKey.run([key]).changes > 0,
  };
}
