/**
 * Doors about raises of airtime: who decided which, for where and which days, and what one would change.
 *
 * @module
 */
import * as z from "zod";
import { airtimeRaiseDraftSchema, airtimeRaiseIdSchema, airtimeRaiseSchema } from "../../domain/airtime-raise.js";
import { areaIdSchema } from "../../domain/ids.js";
import type { Touched } from "../../domain/permission.js";
import { reasonSchema } from "../../domain/stamp.js";
import type { ControlVerbs } from "./control-verbs.js";
import { weekChangesView } from "./response-routes.js";
import { json, type Route, route } from "./route.js";
import { list, wordsView } from "./views.js";

const tag = "schedules";
const access = "station";
const raise = z.strictObject({ id: airtimeRaiseIdSchema });

export const raiseWish = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("raise"), raise: airtimeRaiseDraftSchema }),
  z.strictObject({ kind: z.literal("end"), id: airtimeRaiseIdSchema }),
]);
export type RaiseWish = z.output<typeof raiseWish>;

const limitsView = z.object({
  sessionsPerDay: z.number().optional(),
  minutesPerSession: z.number().optional(),
  minutesPerDay: z.number().optional(),
});

/** What the coming seven days would lose and gain, and what the limits become on the first of its days that is not over. */
export const raiseReviewView = z.object({
  ...weekChangesView.shape,
  limits: list(z.object({ areas: list(areaIdSchema), before: limitsView, after: limitsView, words: wordsView })),
});
export type RaiseReviewView = z.output<typeof raiseReviewView>;

/** As a level: the area must be theirs, and they may approve what is most urgent. */
const touched = (areas: Touched["areas"]): Touched => ({ classes: ["emergency"], areas });
const areaOf = (control: ControlVerbs, id: string): Touched["areas"] => {
  const found = control.airtimeRaises().find((one) => one.id === id);
  return found ? [found.area] : "anywhere";
};

export const raiseRoutes: readonly Route[] = [
  route({
    ...{ id: "listRaises", method: "get", path: "/api/v1/airtime-raises", tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Các quyết định tăng thời lượng, kể cả đã hết", en: "Raises of airtime, also those that are over" },
    response: list(airtimeRaiseSchema),
    run: ({ control }) => json(control.airtimeRaises()),
  }),
  route({
    ...{ id: "reviewRaise", method: "post", path: "/api/v1/airtime-raise-reviews", tag, access, status: 200 },
    needs: "known",
    summary: {
      vi: "Xem trước: tăng thời lượng hay kết thúc sớm thì hạn mức và bảy ngày tới đổi gì",
      en: "What the limits and the coming seven days would be if airtime were raised or a raise ended",
    },
    body: raiseWish,
    response: raiseReviewView,
    run: async ({ control, body }) => json(await control.reviewRaise(body)),
  }),
  route({
    ...{ id: "raiseAirtime", method: "post", path: "/api/v1/airtime-raises", tag, access, status: 201 },
    needs: { permission: "approve", touches: ({ body }) => touched([body.area]) },
    summary: {
      vi: "Tăng thời lượng cho một địa bàn, từ ngày đến ngày; tự hết",
      en: "Raise the airtime of an area from a day to a day; it ends by itself",
    },
    body: airtimeRaiseDraftSchema,
    response: airtimeRaiseSchema,
    run: async ({ control, body, person }) => json(await control.raiseAirtime(body, person)),
  }),
  route({
    ...{ id: "endRaise", method: "post", path: "/api/v1/airtime-raises/{id}/ending", tag, access, status: 200 },
    needs: { permission: "approve", touches: ({ control, params }) => touched(areaOf(control, params.id)) },
    summary: { vi: "Kết thúc sớm một đợt tăng thời lượng", en: "End a raise of airtime before its last day" },
    params: raise,
    body: z.strictObject({ reason: reasonSchema }),
    response: airtimeRaiseSchema,
    run: async ({ control, params, body, person }) => json(await control.endRaise(params.id, body.reason, person)),
  }),
];
