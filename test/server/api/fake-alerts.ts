import { type Campaign, campaignSchema } from "../../../src/domain/campaign.js";
import type { Pack } from "../../../src/domain/emergency-pack.js";
import { announcementId, areaId, receiverId } from "../../../src/domain/ids.js";
import type { AlertVerbs } from "../../../src/server/api/alert-verbs.js";
import type { AlertView } from "../../../src/server/api/alert-views.js";

const NOW = "2026-11-23T00:00:00.000Z";

const A_PACK: Pack = {
  ...{ id: "lu-quet" as never, title: "Lũ quét", alert: announcementId("lu"), correction: announcementId("lu-sua") },
  ...{
    allClear: announcementId("lu-yen"),
    targets: { areas: [areaId("xuan-huong")], receivers: [], except: [], kinds: ["fixed"] },
  },
};
const AN_ALERT: AlertView = {
  ...{ id: "c1", pack: A_PACK.id, title: "Lũ quét", isExercise: false, stage: "given", needs: ["night"] },
  parts: { alert: A_PACK.alert, correction: A_PACK.correction, allClear: A_PACK.allClear },
  ...{ receivers: [receiverId("loa-1")], askedBy: { by: "chị Hoa", at: NOW }, occurrences: [], ordered: 1, heard: 0 },
};

const A_CAMPAIGN: Campaign = campaignSchema.parse({
  ...{ id: "bao", title: "Bão số 5", targets: { areas: ["xuan-huong"] }, from: "2026-11-23", until: "2026-11-24" },
  ...{
    window: { from: "07:00", to: "20:00" },
    everyMinutes: 60,
    bulletin: "bao-so-5",
    startedBy: { by: "chị Hoa", at: NOW },
  },
});

/** One pack that lacks nothing, and one alert of it. */
export function fakeAlerts(called: <T>(name: string, args: readonly unknown[], answer: T) => T): AlertVerbs {
  const kept = { value: { ...A_PACK, problems: [] }, revision: "1" };
  return {
    reviewLevel: async (...args) => called("reviewLevel", args, { changes: [], total: 0, unready: [] }),
    campaigns: () => [A_CAMPAIGN],
    campaign: () => A_CAMPAIGN,
    startCampaign: async (...args) => called("startCampaign", args, A_CAMPAIGN),
    setBulletin: async (...args) => called("setBulletin", args, A_CAMPAIGN),
    endCampaign: async (...args) => called("endCampaign", args, undefined),
    emergencyPacks: () => [kept],
    emergencyPack: () => kept,
    putEmergencyPack: async (...args) => called("putEmergencyPack", args, kept),
    removeEmergencyPack: async (...args) => called("removeEmergencyPack", args, undefined),
    alerts: () => [AN_ALERT],
    alert: () => AN_ALERT,
    giveAlert: async (...args) => called("giveAlert", args, AN_ALERT),
    confirmAlert: async (...args) => called("confirmAlert", args, AN_ALERT),
    breakGlass: async (...args) => called("breakGlass", args, AN_ALERT),
    endAlert: async (...args) => called("endAlert", args, { ...AN_ALERT, stage: "ended" as const }),
  };
}
