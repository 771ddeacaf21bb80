/**
 * What a station keeps that is not running: read from its folder, under its lock, and left as it is.
 *
 * @module
 */
import type { Clock } from "../base/clock.js";
import { Fault } from "../base/errors.js";
import { silentLog } from "../base/log.js";
import type { Station } from "../server/config.js";
import { openStore, pendingMigrations, type Store } from "../server/store/index.js";

/**
 * @throws Fault "conflict", reason `locked`, when the station is running: ask it then; "unavailable", reason `older-form`, when a
 *   former program wrote it: opening it would change its files for good, which is for `loa serve`, with a backup before
 */
export async function withKeptStore<T>(
  { folder }: Pick<Station, "folder">,
  clock: Clock,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  if ((await pendingMigrations(folder)).length > 0) throw olderForm(folder);
  const store = await openStore({ folder, clock, log: silentLog });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const olderForm = (folder: string) =>
  new Fault(
    "unavailable",
    {
      vi: `Dữ liệu trong ${folder} là của phiên bản trước. Hãy chạy đài một lần (loa serve): đài sao lưu rồi mới đổi. Chưa có gì bị thay đổi.`,
      en: `What lies in ${folder} is of a former version. Run the station once (loa serve): it makes a backup, then changes it. Nothing was changed.`,
    },
    { reason: "older-form" },
  );
