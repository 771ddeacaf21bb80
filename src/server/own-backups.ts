/**
 * The backups that a station makes by itself, as its settings want them.
 *
 * @module
 */
import { resolve } from "node:path";
import type { AutomaticBackup, Occasion } from "./backup/automatic.js";
import type { Settings } from "./config.js";

export const automaticBackup = (
  { folder, settings }: { readonly folder: string; readonly settings: Pick<Settings, "backup"> },
  occasion: Occasion,
): AutomaticBackup => ({
  ...{ station: folder, folder: resolve(folder, settings.backup.folder), occasion, keep: settings.backup.keep },
});
