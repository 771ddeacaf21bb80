/**
 * The days of the log that are closed. Each has its line in the chain, with a signed head; beside the lines is a book of days,
 * by which those lines are found again, and which shows that a day was taken out of the chain.
 *
 * @module
 */
import { createHash, createPublicKey, verify } from "node:crypto";
import type Database from "libsql";
import * as z from "zod/mini";
import type { LocalDate } from "../../domain/local-time.js";
import { type DayHead, parseDayHead, type SignedDay, signedDaySchema } from "../../protocol/day-head.js";
import { keyIdSchema, publicKeySchema, signedBytes } from "../../protocol/signing.js";
import { type LogBody, NO_HASH } from "./log-line.js";

/** The kind of the line by which a day is closed. */
export const DAY_CLOSED = "day.closed";

/** The version after which the log has this table. */
export const DAY_TABLES = `
  CREATE TABLE day (date TEXT PRIMARY KEY, n INTEGER NOT NULL UNIQUE, first INTEGER NOT NULL, last INTEGER NOT NULL,
    head TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TRIGGER day_stays BEFORE UPDATE ON day BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
  CREATE TRIGGER day_remains BEFORE DELETE ON day BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;`;

/** A signed head with the key that it can be checked by. */
export const daySealSchema = z.object({ ...signedDaySchema.shape, keyId: keyIdSchema, publicKey: publicKeySchema });
export type DaySeal = z.infer<typeof daySealSchema>;

/** The seal that the line of a closed day holds; `undefined` when it holds none. */
export const sealIn = (detail: object | undefined): DaySeal | undefined => daySealSchema.safeParse(detail).data;

/** The head of the day that a line closes; `undefined` for any other line. */
export const closedBy = (body: Pick<LogBody, "kind" | "detail"> | undefined): DayHead | undefined =>
  body?.kind === DAY_CLOSED ? parseDayHead(sealIn(body.detail)?.text ?? "") : undefined;

/** Whether the key that the seal names made its signature. */
export function isSealed({ text, keyId, publicKey, signature }: DaySeal): boolean {
  try {
    const raw = Buffer.from(publicKey, "base64url");
    if (createHash("sha256").update(raw).digest("hex").slice(0, 16) !== keyId) return false;
    const key = createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", x: publicKey } });
    return verify(null, signedBytes("day", text), key, Buffer.from(signature, "base64url"));
  } catch {
    // Bytes that are no point on the curve: nothing was signed with such a key.
    return false;
  }
}

/** A closed day as the book of days has it. */
export interface DayRow {
  readonly date: LocalDate;
  /** The line by which it was closed. */
  readonly n: number;
  readonly first: number;
  readonly last: number;
  readonly head: string;
}

/** What is to be closed next: lines from `first` on, which follow upon the last closed day. */
export interface OpenDays {
  readonly first: number;
  /** When the first of them was written, civil milliseconds. */
  readonly writtenAt: number;
  readonly previous: string;
  /** The last day that is closed. */
  readonly lastDay: LocalDate | undefined;
}

/** Lines looked at in one go for the end of a day. */
const PAGE = 5_000;

export interface Days {
  book(): readonly DayRow[];
  open(): OpenDays | undefined;
  /**
   * The last of the lines from `first` on that were written before `end`. A line of a time that is still to come, by a clock
   * that was wrong, ends no day.
   */
  lastBefore(first: number, span: { readonly end: number; readonly now: number }): Promise<{ n: number; hash: string }>;
  /** To be called in the transaction that adds the line. */
  note(head: DayHead, n: number): void;
  /** The signed heads of the days after that one, oldest first: the last `most` of them. */
  heads(after: LocalDate | undefined, most: number): SignedDay[];
  last(): LocalDate | undefined;
}

export function openDays(database: Database.Database): Days {
  const all = database.prepare("SELECT date, n, first, last, head FROM day ORDER BY date");
  const newest = database.prepare("SELECT date, last, head FROM day ORDER BY date DESC LIMIT 1");
  const write = database.prepare("INSERT INTO day (date, n, first, last, head) VALUES (?, ?, ?, ?, ?)");
  // A damaged file may have lost the very next ones.
  const next = database.prepare(
    "SELECT json_extract(body, '$.writtenAt') AS at FROM line WHERE n >= ? ORDER BY n LIMIT 1",
  );
  const late = database.prepare(
    `SELECT n FROM (SELECT n, json_extract(body, '$.writtenAt') AS at FROM line WHERE n > ? AND n <= ?)
     WHERE at >= ? AND at <= ? ORDER BY n LIMIT 1`,
  );
  const end = database.prepare("SELECT max(n) AS n FROM line");
  const hashOf = database.prepare("SELECT hash FROM line WHERE n = ?");
  const read = database.prepare(`SELECT body FROM day JOIN line USING (n) WHERE date > ? ORDER BY date DESC LIMIT ?`);
  const newestDay = () => (newest.all([]) as Pick<DayRow, "date" | "last" | "head">[])[0];
  let last = newestDay()?.date;

  return {
    book: () => all.all([]) as DayRow[],
    open() {
      const closed = newestDay();
      const first = (closed?.last ?? 0) + 1;
      const [found] = next.all([first]) as { at: number }[];
      return found && { first, writtenAt: found.at, previous: closed?.head ?? NO_HASH, lastDay: closed?.date };
    },
    async lastBefore(first, { end: until, now }) {
      const [{ n: final } = { n: first }] = end.all([]) as { n: number }[];
      let n = final;
      for (let after = first; after < final; after += PAGE) {
        const [found] = late.all([after, Math.min(final, after + PAGE), until, now]) as { n: number }[];
        if (found !== undefined) {
          n = found.n - 1;
          break;
        }
        await new Promise<void>((resolve) => setImmediate(resolve));
      }
      const [found] = hashOf.all([n]) as { hash: string }[];
      return { n, hash: found?.hash ?? NO_HASH };
    },
    note({ day, first, last: to, head }, n) {
      write.run([day, n, first, to, head]);
      last = day;
    },
    heads: (after, most) =>
      (read.all([after ?? "", most]) as { body: string }[])
        .flatMap(({ body }) => sealIn((JSON.parse(body) as { detail?: object }).detail) ?? [])
        .map(({ text, keyId, signature }) => ({ text, keyId, signature }))
        .reverse(),
    last: () => last,
  };
}
