/**
 * Doors about responding to what goes on for days: what an alert level would change, and campaigns.
 *
 * @module
 */
import * as z from "zod";
import { declarationSchema } from "../../domain/alert-level.js";
import { campaignDraftSchema, campaignSchema } from "../../domain/campaign.js";
import { announcementIdSchema, areaIdSchema, occurrenceIdSchema } from "../../domain/ids.js";
import { localDateSchema } from "../../domain/local-time.js";
import type { Touched } from "../../domain/permission.js";
import type { ControlVerbs } from "./control-verbs.js";
import { json, nothing, type Route, route } from "./route.js";
import * as touch from "./touched.js";
import { list, wordsView } from "./views.js";

const access = "station";
const campaign = z.strictObject({ id: campaignSchema.shape.id });
const { level } = declarationSchema.shape;

export const levelWish = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("declare"),
    ...{ level, area: areaIdSchema, from: localDateSchema, until: localDateSchema },
  }),
  z.strictObject({ kind: z.literal("end"), level, area: areaIdSchema }),
]);
export type LevelWish = z.output<typeof levelWish>;

/** What the coming seven days would lose and gain; `total` counts also the changes that are too many to be told. */
export const weekChangesView = z.object({
  changes: list(
    z.object({ kind: z.enum(["added", "removed", "changed"]), occurrence: occurrenceIdSchema, words: wordsView }),
  ),
  total: z.number(),
});
export const levelReviewView = z.object({
  ...weekChangesView.shape,
  /** What the level brings that could not sound, for it is not approved or not made yet. */
  unready: list(wordsView),
});
export type LevelReviewView = z.output<typeof levelReviewView>;

const kept = (control: ControlVerbs, id: string): readonly Touched[] => {
  const found = touch.there(() => control.campaign(id));
  return found ? [touch.targets(control, found.targets, ["priority"])] : [{ areas: "anywhere" }];
};

export const responseRoutes: readonly Route[] = [
  route({
    ...{
      id: "reviewLevel",
      method: "post",
      path: "/api/v1/declaration-reviews",
      tag: "schedules",
      access,
      status: 200,
    },
    needs: "known",
    summary: {
      vi: "Xem trước: công bố hay kết thúc một cấp độ thì bảy ngày tới thêm gì, bỏ gì",
      en: "What the coming seven days would gain and lose if a level were put in force or ended",
    },
    body: levelWish,
    response: levelReviewView,
    run: async ({ control, body }) => json(await control.reviewLevel(body)),
  }),
  route({
    ...{ id: "listCampaigns", method: "get", path: "/api/v1/campaigns", tag: "schedules", access, status: 200 },
    needs: "known",
    summary: { vi: "Các đợt phát (bão, lũ…)", en: "The campaigns" },
    response: list(campaignSchema),
    run: ({ control }) => json(control.campaigns()),
  }),
  route({
    ...{ id: "startCampaign", method: "post", path: "/api/v1/campaigns", tag: "schedules", access, status: 201 },
    needs: { permission: "air", touches: ({ control, body }) => touch.targets(control, body.targets, ["priority"]) },
    summary: {
      vi: "Mở đợt phát: bản tin mới nhất nhắc lại đều trong khung giờ, đến ngày kết thúc",
      en: "Begin a campaign: the newest bulletin again and again within a window, until a last day",
    },
    body: campaignDraftSchema,
    response: campaignSchema,
    run: async ({ control, body, person }) => json(await control.startCampaign(body, person)),
  }),
  route({
    ...{
      id: "setBulletin",
      method: "put",
      path: "/api/v1/campaigns/{id}/bulletin",
      tag: "schedules",
      access,
      status: 200,
    },
    needs: { permission: "air", touches: ({ control, params }) => kept(control, params.id) },
    summary: { vi: "Thay bằng bản tin mới nhất", en: "Bring the newest bulletin" },
    params: campaign,
    body: z.strictObject({ bulletin: announcementIdSchema }),
    response: campaignSchema,
    run: async ({ control, params, body, person }) => json(await control.setBulletin(params.id, body.bulletin, person)),
  }),
  route({
    ...{ id: "endCampaign", method: "delete", path: "/api/v1/campaigns/{id}", tag: "schedules", access, status: 204 },
    needs: { permission: "air", touches: ({ control, params }) => kept(control, params.id) },
    summary: { vi: "Kết thúc đợt phát", en: "End a campaign" },
    params: campaign,
    async run({ control, params, person }) {
      await control.endCampaign(params.id, person);
      return nothing;
    },
  }),
];
