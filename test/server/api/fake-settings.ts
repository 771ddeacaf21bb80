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

/** Settings and outlines that say what they were asked. */
export const fakeSettings = (
  called: <T>(verb: string, args: readonly unknown[], result: T) => T,
): SettingsVerbs & OutlineVerbs => ({
  outlines: () => [],
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
