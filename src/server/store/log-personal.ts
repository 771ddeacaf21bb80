/**
 * Words of the log that may hold personal data. They lie beside the lines, which hold only a salted hash of them: what the law
 * wants erased can go, and the chain still holds.
 *
 * @module
 */
import type Database from "libsql";
import type { Sides } from "../../domain/change.js";
import type { OldWords, WordsOf } from "../../domain/log-line.js";
import { type PersonalText, personalHash } from "./log-body.js";

/** The version after which the log has this table. */
export const PERSONAL_TABLES = `
  CREATE TABLE personal (n INTEGER PRIMARY KEY, salt TEXT NOT NULL, text TEXT NOT NULL) STRICT;
  CREATE TRIGGER personal_stays BEFORE UPDATE ON personal BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;`;

/** To be called in the transaction that adds the line. */
export interface PersonalTexts {
  keep(n: number, personal: PersonalText): void;
  /** Returns the lines whose words were erased. */
  erase(of: WordsOf | OldWords): number[];
}

export function openPersonalTexts(database: Database.Database): PersonalTexts {
  const write = database.prepare("INSERT INTO personal (n, salt, text) VALUES (?, ?, ?)");
  const removeOne = database.prepare("DELETE FROM personal WHERE n = ? RETURNING n");
  const removeAbout = database.prepare(
    "DELETE FROM personal WHERE n IN (SELECT n FROM about WHERE announcement = ?) RETURNING n",
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

/** The words of a line; `undefined` when it has none, when they were erased, or when they are not those that were written. */
export function toldBy(
  database: Database.Database,
  { n, personal }: { readonly n: number; readonly personal?: string | undefined },
): Sides | undefined {
  if (personal === undefined) return undefined;
  const [found] = database.prepare("SELECT salt, text FROM personal WHERE n = ?").all([n]) as PersonalText[];
  return found !== undefined && personalHash(found) === personal ? (JSON.parse(found.text) as Sides) : undefined;
}
