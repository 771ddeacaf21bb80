import type Database from "libsql";

/** What a log has in its newest form and had not in the form of that number. */
const LATER: readonly (readonly [form: number, undo: string])[] = [
  [6, "DROP INDEX personal_why;"],
  [5, "DROP INDEX line_kind; ALTER TABLE heard DROP COLUMN before;"],
  [
    4,
    `DROP TABLE personal; DROP TABLE day; DROP TABLE directive; DROP TRIGGER line_follows; DROP INDEX line_area;
     DROP INDEX line_at; DROP INDEX line_by; DROP INDEX line_account; DROP INDEX line_why;`,
  ],
  [3, "DROP TABLE about; DROP TABLE heard; DROP TABLE last_heard;"],
  [2, "DROP TABLE result; DROP TABLE once; DROP TABLE last_sound;"],
];

/** Takes a log back to an older form, as an older program would have written it. */
export function makeOlder(database: Database.Database, form: number): void {
  const undo = LATER.filter(([since]) => since > form).map(([, sql]) => sql);
  database.exec(`${undo.join(" ")} PRAGMA user_version = ${form}`);
}
