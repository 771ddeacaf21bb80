/**
 * Words of the log that may hold personal data. They lie beside the lines, which hold only a salted hash of them: what the law
 * wants erased can go, and the chain still holds.
 *
 * @module
 */
import type Database from "libsql";
import type { Sides } from "../../domain/change.js";
import { withWords } from "../../domain/free-words.js";
import type { OldWords, WordsOf } from "../../domain/log-line.js";
import { type PersonalText, personalHash } from "./log-body.js";
import type { LogBody } from "./log-line.js";

/** The version after which the log has this table. */
export const PERSONAL_TABLES = `
  CREATE TABLE personal (n INTEGER PRIMARY KEY, salt TEXT NOT NULL, text TEXT NOT NULL) STRICT;
  CREATE TRIGGER personal_stays BEFORE UPDATE ON personal BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;`;

/** The kind of the line that tells that words were erased. */
export const WORDS_ERASED = "log.words-erased";

/** The reason that a person wrote, as it lies beside the chain. */
export const WRITTEN_REASON = "CASE WHEN json_valid(text) THEN json_extract(text, '$.words.why') END";

/** The version after which reasons that people wrote lie here, too. */
export const REASON_INDEX = `
  CREATE INDEX personal_why ON personal (${WRITTEN_REASON}) WHERE ${WRITTEN_REASON} IS NOT NULL;`;

/** To be called in the transaction that adds the line. */
export interface PersonalTexts {
  keep(n: number, personal: PersonalText): void;
  /** Returns the lines whose words were erased. */
  erase(of: WordsOf | OldWords): number[];
}

export function openPersonalTexts(database: Database.Database): PersonalTexts {
  // Words of a line that was cut off may be left where the next one comes: they keep no line from being written.
  const write = database.prepare("INSERT OR REPLACE INTO personal (n, salt, text) VALUES (?, ?, ?)");
  const removeOne = database.prepare("DELETE FROM personal WHERE n = ? RETURNING n");
  // What people did with it, and the soundings whose lines tell its title.
  const removeAbout = database.prepare(
    `DELETE FROM personal WHERE n IN (SELECT n FROM about WHERE announcement = ?1 UNION ALL
       SELECT n FROM line, json_each(line.body, '$.detail.content') AS piece
         WHERE line.kind = 'occurrence.closed' AND line.journal IS NULL
           AND json_extract(piece.value, '$.announcement') = ?1) RETURNING n`,
  );
  // Lines come in the order of their numbers, so the oldest words are those of the lowest.
  const removeOld = database.prepare(
    `DELETE FROM personal WHERE n IN (
       SELECT n FROM (SELECT p.n AS n, l.at AS at FROM personal p JOIN line l ON l.n = p.n ORDER BY p.n LIMIT ?) WHERE at < ?
     ) RETURNING n`,
  );
  const gone = (of: WordsOf | OldWords) => {
    if ("before" in of) return removeOld.all([of.atMost, of.before]);
    return "line" in of ? removeOne.all([of.line]) : removeAbout.all([of.announcement]);
  };
  return {
    keep: (n, { salt, text }) => void write.run([n, salt, text]),
    erase: (of) => (gone(of) as { n: number }[]).map(({ n }) => n).sort((one, other) => one - other),
  };
}

/** What lies beside a line: what people wrote of what changed, and the words of the line itself. */
interface Beside extends Sides {
  readonly words?: Pick<LogBody, "why" | "detail" | "before" | "after">;
}

/** A line with its words again, as far as they are there; `told` of what people wrote. */
export function withBeside<Line extends LogBody>(
  database: Database.Database,
  line: Line,
): Line & { readonly told?: Sides | undefined; readonly erased?: boolean | undefined } {
  if (line.personal === undefined) return line;
  const beside = besideOf(database, line);
  if (beside === undefined) return { ...line, erased: true };
  const { words, ...told } = beside;
  const whole = words === undefined ? line : (withWords(line, words) as Line);
  return Object.keys(told).length === 0 ? whole : { ...whole, told };
}

/** `undefined` when the line has none, when they were erased, or when they are not those that were written. */
function besideOf(database: Database.Database, { n, personal }: Pick<LogBody, "n" | "personal">): Beside | undefined {
  const [found] = database.prepare("SELECT salt, text FROM personal WHERE n = ?").all([n]) as PersonalText[];
  return found !== undefined && personalHash(found) === personal ? (JSON.parse(found.text) as Beside) : undefined;
}
