import { sha256 } from "../../../src/domain/ids.js";
import type { BackupVerbs } from "../../../src/server/api/backup-routes.js";
import type { BaseMapVerbs } from "../../../src/server/api/base-map-routes.js";
import type { OutlineVerbs } from "../../../src/server/api/outline-routes.js";
import type { SettingsVerbs } from "../../../src/server/api/settings-routes.js";

const SETTINGS = {
  value: {
    settings: [
      {
        ...({ key: "backup.keep", group: "backup", kind: "number", value: 14, standard: 14, from: "default" } as const),
        ...{ title: { vi: "Số bản sao", en: "Backups" }, effect: { vi: "giữ lại", en: "kept" } },
      },
    ],
    ...{ policies: [], areas: [], recipients: [], canMail: true, needsRestart: false, canRestart: true },
  },
  revision: "s1",
};

const BASE_MAP = {
  ...{ sha256: sha256("ab".repeat(32)), bytes: 1000, name: "Bản đồ mẫu", attribution: "" },
  ...{ minZoom: 10, maxZoom: 16, bounds: [108.3, 11.8, 108.6, 12.1] as [number, number, number, number] },
};

/** Settings and outlines that say what they were asked. */
export const fakeSettings = (
  called: <T>(verb: string, args: readonly unknown[], result: T) => T,
): SettingsVerbs & OutlineVerbs & BaseMapVerbs & BackupVerbs => ({
  outlines: () => [],
  backups: async () => ({ folder: "/dai/backups", kept: [] }),
  startBackup: (...args) => void called("startBackup", args, undefined),
  cancelBackup: (...args) => void called("cancelBackup", args, undefined),
  baseMap: () => BASE_MAP,
  tile: async () => ({ bytes: Uint8Array.of(1), media: "image/png" }),
  putBaseMap: async (...args) => called("putBaseMap", args, BASE_MAP),
  removeBaseMap: async (...args) => called("removeBaseMap", args, undefined),
  putOutline: async (...args) => called("putOutline", args, args[0]),
  removeOutline: async (...args) => called("removeOutline", args, undefined),
  settings: async () => SETTINGS,
  changeSettings: async (...args) => called("changeSettings", args, SETTINGS),
  reviewPolicy: async (...args) => called("reviewPolicy", args, { changes: [], total: 0 }),
  putRecipients: async (...args) => called("putRecipients", args, SETTINGS),
  putPolicy: async (...args) => called("putPolicy", args, SETTINGS),
  putArea: async (...args) => called("putArea", args, SETTINGS),
  restartStation: async (...args) => called("restartStation", args, undefined),
  testNotice: async (...args) => called("testNotice", args, undefined),
});
