import { type AirtimeRaise, airtimeRaiseSchema } from "../../../src/domain/airtime-raise.js";
import type { RaiseVerbs } from "../../../src/server/api/raise-verbs.js";

const A_RAISE: AirtimeRaise = airtimeRaiseSchema.parse({
  ...{ id: "r1", area: "xuan-huong", from: "2026-11-23", until: "2026-11-30", reason: "Dịch", document: "12/MAU-KH" },
  ...{ minutesPerDay: 60, decided: { by: "chị Hoa", at: "2026-11-23T00:00:00.000Z" } },
});

/** One raise, decided in Xuân Hương. */
export const fakeRaises = (called: <T>(name: string, args: readonly unknown[], answer: T) => T): RaiseVerbs => ({
  airtimeRaises: () => [A_RAISE],
  reviewRaise: async (...args) => called("reviewRaise", args, { changes: [], total: 0, limits: [] }),
  raiseAirtime: async (...args) => called("raiseAirtime", args, A_RAISE),
  endRaise: async (...args) => called("endRaise", args, A_RAISE),
});
