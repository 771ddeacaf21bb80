import { proposeAlignment } from "../../../src/domain/alignment.js";
import { areaId, receiverId } from "../../../src/domain/ids.js";
import type { AlignmentVerbs } from "../../../src/server/api/alignment-routes.js";
import type { CareVerbs } from "../../../src/server/api/care-verbs.js";
import type { AlarmView, ComplaintView, RepairView } from "../../../src/server/api/care-views.js";

const NOW = "2026-11-23T00:00:00.000Z";
const receiver = receiverId("loa-1");

const AN_ALARM: AlarmView = {
  ...{ id: "loa-1.link-lost", receiver, area: areaId("xuan-huong"), trouble: "link-lost", times: 2, isThere: true },
  ...{ since: NOW, lastAt: NOW, words: { vi: "Mất liên lạc.", en: "No connection." } },
};
const A_REPAIR: RepairView = {
  ...{ number: 1, receiver, text: "=rú", excludes: true, openedBy: "Chị Hoa", openedAt: NOW },
};
const A_COMPLAINT: ComplaintView = {
  ...{
    number: 1,
    receiver,
    area: areaId("xuan-huong"),
    place: "Ngõ 3",
    at: NOW,
    what: "@ồn",
    contact: "0263",
    recordedBy: "Chị Hoa",
  },
  ...{ recordedAt: NOW, revision: "p1" },
};

const A_PROPOSAL = proposeAlignment(
  { laterMs: 25.5, spreadMs: 0.2, reference: 6, other: 6 },
  { reference: 0, other: 0 },
  { names: { reference: "Loa 2", other: "Loa 1" }, present: { outputDelayMs: 0, pathBiasUs: 0 }, hiddenUs: 0 },
);

/** The care of one loudspeaker with one alarm, one repair and one complaint. */
export function fakeCare(
  called: <T>(name: string, args: readonly unknown[], answer: T) => T,
): CareVerbs & AlignmentVerbs {
  return {
    alarms: () => [AN_ALARM],
    acknowledgeAlarm: async (...args) => called("acknowledgeAlarm", args, AN_ALARM),
    alarmCounts: () => ({ "link-lost": 1 }),
    startAlignment: async (...args) =>
      called("startAlignment", args, {
        ...{ receiver, reference: receiverId("loa-2"), pipsAt: NOW, pipsEnd: NOW },
        words: { vi: "Hãy ghi âm.", en: "Record." },
      }),
    judgeAlignment: async (...args) => called("judgeAlignment", args, A_PROPOSAL),
    confirmAlignment: async (...args) => called("confirmAlignment", args, undefined),
    orderTest: async (...args) => called("orderTest", args, undefined),
    orderRestart: async (...args) => called("orderRestart", args, undefined),
    repairs: (...args) => called("repairs", args, [A_REPAIR]),
    openRepair: async (...args) => called("openRepair", args, A_REPAIR),
    closeRepair: async (...args) => called("closeRepair", args, A_REPAIR),
    complaints: (...args) => called("complaints", args, [A_COMPLAINT]),
    complaint: async (...args) => called("complaint", args, { ...A_COMPLAINT, played: [] }),
    recordComplaint: async (...args) => called("recordComplaint", args, A_COMPLAINT),
    updateComplaint: async (...args) => called("updateComplaint", args, A_COMPLAINT),
    closeComplaint: async (...args) => called("closeComplaint", args, A_COMPLAINT),
    eraseContact: async (...args) => called("eraseContact", args, A_COMPLAINT),
    silentFor: (...args) =>
      called("silentFor", args, [{ receiver, name: "Loa 1", area: areaId("xuan-huong"), state: "fault" as const }]),
  };
}
