/**
 * Doors about the station's settings: what holds, what was decided in the panel, and starting anew with it.
 *
 * @module
 */
import * as z from "zod";
import type { Area } from "../../domain/area.js";
import { areaSchema } from "../../domain/area.js";
import { areaIdSchema } from "../../domain/ids.js";
import { noticeKindSchema } from "../../domain/notice.js";
import type { Person } from "../../domain/person.js";
import { type Policy, policySchema } from "../../domain/policy.js";
import { SETTING_GROUPS, STATION_SETTINGS } from "../../domain/station-setting.js";
import type { Kept, Saving } from "./control-verbs.js";
import { weekChangesView } from "./response-routes.js";
import { json, kept, nothing, type Route, route } from "./route.js";
import { list, timeView, wordsView } from "./views.js";

const simple = z.union([z.string().max(500), z.number(), z.boolean(), z.null()]);

/** Only what there is; `null` goes back to the default. */
const changesSchema = z.strictObject(
  Object.fromEntries(STATION_SETTINGS.map(({ key }) => [key, simple.optional()])) as Record<
    string,
    z.ZodOptional<typeof simple>
  >,
);

/** A setting with what it does, what holds, and where that comes from. */
export const settingView = z.object({
  key: z.string(),
  group: z.enum(SETTING_GROUPS),
  title: wordsView,
  effect: wordsView,
  kind: z.enum(["text", "number", "boolean", "choice", "time"]),
  choices: list(z.object({ value: z.string(), title: wordsView })).optional(),
  optional: z.boolean().optional(),
  /** `null` for none. */
  value: simple,
  /** Without a decision; absent where there is no such thing. */
  standard: simple.optional(),
  from: z.enum(["default", "file", "panel", "environment"]),
  /** From the next start on. */
  later: simple.optional(),
  changed: z.object({ by: z.string(), at: timeView }).optional(),
});
export type SettingView = z.output<typeof settingView>;

export const settingsView = z.object({
  settings: list(settingView),
  policies: list(policySchema),
  areas: list(areaSchema),
  /** As they hold from the next start on; a webhook has no address here. */
  recipients: list(
    z.object({
      name: z.string(),
      way: z.enum(["email", "webhook"]),
      email: z.string().optional(),
      kinds: list(noticeKindSchema),
      areas: list(areaIdSchema).optional(),
      /** Whether it holds already, so that a test can reach it. */
      isReachable: z.boolean(),
    }),
  ),
  /** Whether there is a mail server by which mail can leave. */
  canMail: z.boolean(),
  /** Whether something was decided that holds from the next start on only. */
  needsRestart: z.boolean(),
  /** Whether the station can start itself anew. */
  canRestart: z.boolean(),
});
export type SettingsView = z.output<typeof settingsView>;
type WeekChangesView = z.output<typeof weekChangesView>;

export interface SettingsVerbs {
  settings(): Promise<Kept<SettingsView>>;
  /** @throws Fault "invalid" for what a start would refuse; "conflict" when others changed it */
  changeSettings(changes: Readonly<Record<string, unknown>>, as: Saving): Promise<Kept<SettingsView>>;
  /** @throws Fault "invalid" for what a start would refuse; "conflict" when others changed it */
  putRecipients(recipients: RecipientsRequest["recipients"], as: Saving): Promise<Kept<SettingsView>>;
  reviewPolicy(policy: Policy): Promise<WeekChangesView>;
  putPolicy(policy: Policy, as: Saving): Promise<Kept<SettingsView>>;
  putArea(area: Area, as: Saving): Promise<Kept<SettingsView>>;
  /** @throws Fault "unavailable", reason `by-hand`; "conflict", reason `on-air` */
  restartStation(by: Person): Promise<void>;
  /** @throws Fault "not-found"; "unavailable", reason `not-sent` */
  testNotice(name: string, by: Person): Promise<void>;
}

/** Everybody who is told something, in the place of the list before. Without an address: the webhook of that name, as it is. */
const recipientsRequest = z.strictObject({
  recipients: z
    .array(
      z.strictObject({
        name: z.string().trim().min(1).max(80),
        email: z.email().max(254).optional(),
        kinds: z.array(noticeKindSchema).min(1).max(20),
        areas: z.array(areaIdSchema).min(1).max(500).optional(),
      }),
    )
    .max(50),
});
type RecipientsRequest = z.output<typeof recipientsRequest>;

const tag = "settings";
const access = "station";
const station = { permission: "configure", touches: "station" } as const;
const area = z.strictObject({ area: areaIdSchema });
const own = {
  permission: "configure",
  touches: ({ params }: { params: z.output<typeof area> }) => ({ areas: [params.area] }),
} as const;

export const settingsRoutes: readonly Route[] = [
  route({
    ...{ id: "getSettings", method: "get", path: "/api/v1/settings", tag, access, status: 200 },
    needs: { permission: "configure", touches: "anywhere" },
    summary: { vi: "Cài đặt của đài", en: "The station's settings" },
    response: settingsView,
    run: async ({ control }) => kept(await control.settings()),
  }),
  route({
    ...{ id: "changeSettings", method: "patch", path: "/api/v1/settings", tag, access, status: 200 },
    needs: { ...station, fresh: true },
    summary: {
      vi: "Đổi cài đặt, có hiệu lực từ lần khởi động sau; null: về mặc định",
      en: "Change settings from the next start on; null goes back to the default",
    },
    body: changesSchema,
    needsExpected: true,
    response: settingsView,
    run: async ({ control, body, expected, person }) =>
      kept(await control.changeSettings(body, { expected, by: person })),
  }),
  route({
    ...{ id: "putRecipients", method: "put", path: "/api/v1/settings/recipients", tag, access, status: 200 },
    needs: { ...station, fresh: true },
    summary: {
      vi: "Đặt danh sách người nhận tin nhắn, có hiệu lực từ lần khởi động sau",
      en: "Say who is told what, from the next start on",
    },
    body: recipientsRequest,
    needsExpected: true,
    response: settingsView,
    run: async ({ control, body, expected, person }) =>
      kept(await control.putRecipients(body.recipients, { expected, by: person })),
  }),
  route({
    ...{ id: "reviewPolicy", method: "post", path: "/api/v1/settings/policy-reviews", tag, access, status: 200 },
    needs: { permission: "configure", touches: ({ body }) => ({ areas: [body.area] }) },
    summary: {
      vi: "Xem trước: quy định này đổi gì trong bảy ngày tới",
      en: "What a policy would change in the coming week",
    },
    body: policySchema,
    response: weekChangesView,
    run: async ({ control, body }) => json(await control.reviewPolicy(body)),
  }),
  route({
    ...{ id: "putPolicy", method: "put", path: "/api/v1/settings/policies/{area}", tag, access, status: 200 },
    needs: { ...own, fresh: true },
    summary: { vi: "Lưu quy định giờ phát của một địa bàn", en: "Keep what an area allows" },
    params: area,
    body: z.strictObject({ ...policySchema.shape, area: z.optional(areaIdSchema) }),
    needsExpected: true,
    response: settingsView,
    run: async ({ control, params, body, expected, person }) =>
      kept(await control.putPolicy({ ...body, area: params.area }, { expected, by: person })),
  }),
  route({
    ...{ id: "putArea", method: "put", path: "/api/v1/settings/areas/{area}", tag, access, status: 200 },
    needs: { ...station, fresh: true },
    summary: { vi: "Thêm hoặc sửa một địa bàn", en: "Add or change an area" },
    params: area,
    body: z.strictObject({ ...areaSchema.shape, id: z.optional(areaIdSchema) }),
    needsExpected: true,
    response: settingsView,
    run: async ({ control, params, body, expected, person }) =>
      kept(await control.putArea({ ...body, id: params.area }, { expected, by: person })),
  }),
  route({
    ...{ id: "restartStation", method: "post", path: "/api/v1/settings/restart", tag, access, status: 202 },
    needs: { ...station, fresh: true },
    summary: { vi: "Khởi động lại đài để dùng cài đặt mới", en: "Start the station anew with what was decided" },
    async run({ control, person }) {
      await control.restartStation(person);
      return nothing;
    },
  }),
  route({
    ...{ id: "testNotice", method: "post", path: "/api/v1/notice-tests", tag, access, status: 202 },
    needs: { ...station, fresh: true },
    summary: { vi: "Gửi tin thử cho một người nhận", en: "Send a test to a recipient" },
    body: z.strictObject({ recipient: z.string().min(1).max(80) }),
    async run({ control, body, person }) {
      await control.testNotice(body.recipient, person);
      return nothing;
    },
  }),
];
