/**
 * What `loa doctor` says of a station's backups and of files that the next start changes.
 *
 * @module
 */
import type { Words } from "../base/errors.js";
import { listBackups } from "../server/backup/automatic.js";
import type { Station } from "../server/config.js";
import { automaticBackup } from "../server/own-backups.js";
import { pendingMigrations } from "../server/store/pending-migrations.js";
import type { Diagnosis } from "./doctor.js";

/** A night that was missed is made up for; two are worth a word, ms. */
const OLD = 48 * 3_600_000;

/** @throws Fault "unavailable" when the folders cannot be read */
export async function examineBackups(station: Station, now: number): Promise<readonly Diagnosis[]> {
  const { folder } = automaticBackup(station, "daily");
  const [newest] = await listBackups(folder);
  const isFresh = newest !== undefined && now - Date.parse(newest.madeAt) < OLD;
  const last: Words =
    newest === undefined
      ? { vi: `Chưa có bản sao lưu nào trong ${folder}.`, en: `No backup in ${folder} yet.` }
      : { vi: `Sao lưu gần nhất: ${newest.madeAt} (${folder}).`, en: `Last backup: ${newest.madeAt} (${folder}).` };
  const pending = await pendingMigrations(station.folder);
  const files = pending.map(({ file, from, to }) => `${file} (${from} → ${to})`).join(", ");
  const change: Diagnosis = {
    part: "backups",
    state: "warn",
    words: {
      vi: `Lần chạy tới sẽ sao lưu rồi đổi dạng: ${files}.`,
      en: `The next start makes a backup, then changes the form of: ${files}.`,
    },
  };
  return [{ part: "backups", state: isFresh ? "ok" : "warn", words: last }, ...(pending.length > 0 ? [change] : [])];
}
