/**
 * The log for reading alone, beside a server that writes it or without one: for commands, which must not hold the server up.
 *
 * @module
 */
import { existsSync } from "node:fs";
import Database from "libsql";
import { Fault } from "../../base/errors.js";
import type { AsRunLog } from "./as-run-log.js";
import type { DayRow, DaySeal } from "./log-days.js";
import { sealIn } from "./log-days.js";
import { logFault } from "./log-file.js";
import { LOG_VERSION } from "./log-form.js";
import { withBeside } from "./log-personal.js";
import { exportLines, readLines, verifyLines } from "./log-reading.js";
import { readResults } from "./log-results.js";

export interface LogReader extends Pick<AsRunLog, "page" | "results" | "verify" | "export"> {
  /** The closed days, oldest first, with their signed heads. */
  closedDays(): readonly (DayRow & { readonly seal: DaySeal })[];
  close(): void;
}

/** @throws Fault "not-found" without a log; "unavailable" when it cannot be read, or is of an older form */
export function openLogReader(path: string): LogReader {
  if (!existsSync(path)) throw noLog(path);
  const database = openReadOnly(path);
  const { user_version: version } = database.prepare("PRAGMA user_version").get() as { user_version: number };
  if (version !== LOG_VERSION) {
    database.close();
    throw otherForm(version);
  }
  return {
    page: async (query, limit) => (await readLines(database, query, limit)).map((line) => withBeside(database, line)),
    results: (query, limit) => readResults(database, query, limit),
    verify: (witness) => verifyLines(database, witness),
    export: (format, query) => exportLines(database, format, query),
    closedDays() {
      const rows = database
        .prepare("SELECT date, n, first, last, day.head, body FROM day JOIN line USING (n) ORDER BY date")
        .all() as (DayRow & { body: string })[];
      return rows.flatMap(({ body, ...row }) => {
        const seal = sealIn((JSON.parse(body) as { detail?: object }).detail);
        return seal === undefined ? [] : [{ ...row, seal }];
      });
    },
    close: () => void database.close(),
  };
}

function openReadOnly(path: string): Database.Database {
  try {
    const database = new Database(path);
    database.exec("PRAGMA busy_timeout = 10000; PRAGMA query_only = ON;");
    return database;
  } catch (error) {
    throw logFault(error, path);
  }
}

const noLog = (path: string): Fault =>
  new Fault("not-found", {
    vi: `Không có nhật ký ở ${path}. Nhật ký có sau khi đài chạy lần đầu: loa serve`,
    en: `There is no log at ${path}. It is there once the station has run: loa serve`,
  });

const otherForm = (version: number): Fault =>
  new Fault("unavailable", {
    vi: `Nhật ký ở dạng ${version}, chương trình này đọc dạng ${LOG_VERSION}. Không có gì thay đổi. Hãy chạy đài một lần bằng chương trình này (loa serve) để nâng cấp nhật ký, hoặc dùng chương trình mới hơn.`,
    en: `The log has form ${version}, and this program reads form ${LOG_VERSION}. Nothing was changed. Run the station once with this program (loa serve) to bring the log up to date, or use a newer program.`,
  });
