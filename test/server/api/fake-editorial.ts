import { Fault } from "../../../src/base/errors.js";
import { caseFiguresSchema } from "../../../src/domain/case-figures.js";
import { areaId, radioId, receiverId, scheduleId, sha256 } from "../../../src/domain/ids.js";
import { officialTextSchema } from "../../../src/domain/official-text.js";
import type { ApprovalVerbs } from "../../../src/server/api/approval-verbs.js";
import type { ChimeVerbs, ChimeView } from "../../../src/server/api/chime-routes.js";
import type { Kept } from "../../../src/server/api/control-verbs.js";
import type { OversightVerbs } from "../../../src/server/api/oversight-verbs.js";
import type { RadioVerbs, SlotView } from "../../../src/server/api/radio-routes.js";
import type { SourceVerbs } from "../../../src/server/api/source-verbs.js";
import type { AnnouncementView } from "../../../src/server/api/views.js";

const NOW = "2026-11-23T00:00:00.000Z";
const loa = receiverId("loa-1");
const OFFICIAL = {
  value: officialTextSchema.parse({
    ...{ id: "rua-tay", title: "Rửa tay", class: "ordinary", topic: "dich-benh", text: "Rửa tay bằng xà phòng." },
    ...{ issuer: "Cơ quan mẫu", number: "12/MAU", date: "2026-11-20", by: "chị Lan", at: NOW },
  }),
  revision: "o1",
};
const FIGURES = caseFiguresSchema.parse({
  ...{ id: "2026-11-22", area: "phường mẫu", asOfDate: "2026-11-22", asOfTime: "18:00", newCases: 0, recovered: 2 },
  ...{ source: "Cơ quan mẫu, văn bản số 13/MAU", by: "chị Lan", at: NOW },
});
const HEARINGS = {
  heard: [{ receiver: loa, area: areaId("xuan-huong"), first: NOW, last: NOW, times: 1 }],
  untold: [],
  correction: { from: "text" as const },
};

const SLOT: SlotView = {
  ...{ schedule: scheduleId("thoi-su-sang"), title: "Tiếp âm", source: radioId("dai-tinh") },
  ...{ version: "5".repeat(64), isApproved: false },
};
const CHIME: ChimeView = {
  ...{ name: "chuong.wav", version: sha256("5".repeat(64)), isShipped: false, isApproved: false },
  clip: { sha256: sha256("6".repeat(64)), durationMs: 4000, bytes: 16_000, loudnessLufs: -16, truePeakDb: -2 },
};

/** One announcement, of which version `v1` is the present one. */
export function fakeApprovals(
  called: <T>(name: string, args: readonly unknown[], answer: T) => T,
  announcement: () => Kept<AnnouncementView>,
): ApprovalVerbs & OversightVerbs & ChimeVerbs & RadioVerbs & SourceVerbs {
  return {
    submit: async (...args) => called("submit", args, announcement()),
    sendBack: async (...args) => called("sendBack", args, announcement()),
    withdraw: async (...args) => called("withdraw", args, announcement()),
    historyOf: (...args) =>
      called("historyOf", args, {
        lines: [{ n: 3, at: NOW, what: "created", by: "chị Hoa", words: { vi: "soạn", en: "written" } }],
      }),
    recall: async (...args) => called("recall", args, { order: "abcdefgh", receivers: [loa], away: [], ...HEARINGS }),
    hearings: (...args) => called("hearings", args, HEARINGS),
    officialTexts: () => [OFFICIAL],
    officialText: () => OFFICIAL,
    putOfficialText: async (...args) => called("putOfficialText", args, OFFICIAL),
    removeOfficialText: async (...args) => called("removeOfficialText", args, undefined),
    takeOfficialText: async (...args) => called("takeOfficialText", args, announcement()),
    caseFigures: () => [FIGURES],
    confirmFigures: async (...args) => called("confirmFigures", args, FIGURES),
    withdrawFigures: async (...args) => called("withdrawFigures", args, FIGURES),
    block: async (...args) => called("block", args, announcement()),
    unblock: async (...args) => called("unblock", args, announcement()),
    require: async (...args) => called("require", args, announcement()),
    endMandate: async (...args) => called("endMandate", args, announcement()),
    chimes: () => [CHIME],
    radio: () => ({ sources: [], slots: [SLOT] }),
    approveSlot: async (...args) => called("approveSlot", args, SLOT),
    withdrawSlot: async (...args) => called("withdrawSlot", args, SLOT),
    createChime: async (...args) => called("createChime", args, CHIME),
    approveChime: async (...args) => called("approveChime", args, CHIME),
    withdrawChime: async (...args) => called("withdrawChime", args, CHIME),
    mandates: () => called("mandates", [], []),
    correct: async (...args) => called("correct", args, announcement()),
    async approve(id, version, by) {
      if (version !== "v1") throw new Fault("conflict", { vi: "phiên bản khác", en: "another version" });
      return called("approve", [id, version, by], announcement());
    },
  };
}
