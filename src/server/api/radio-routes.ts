/**
 * Doors about other stations that are relayed: which there are, in which slots, and who approves a slot.
 *
 * @module
 */
import * as z from "zod";
import { radioIdSchema, type ScheduleId, scheduleIdSchema, sha256Schema } from "../../domain/ids.js";
import type { Person } from "../../domain/person.js";
import { json, type Route, route } from "./route.js";
import * as touch from "./touched.js";
import { timeView } from "./views.js";

const tag = "schedules";
const access = "station";
const params = z.strictObject({ id: scheduleIdSchema });
const of = "/api/v1/schedules/{id}/radio";

const approveSlotSchema = z.strictObject({ version: sha256Schema });
const withdrawSlotSchema = z.strictObject({ reason: z.string().trim().min(3).max(500) });

const stampView = z.object({ by: z.string(), at: timeView });
const slotView = z.object({
  schedule: scheduleIdSchema,
  title: z.string(),
  /** Whom it relays. */
  source: radioIdSchema,
  /** What an approval is of: the schedule as it is, and the address behind the source's name. */
  version: z.string(),
  /** Whether it may sound. */
  isApproved: z.boolean(),
  author: stampView.optional(),
  approval: stampView.optional(),
});
export type SlotView = z.infer<typeof slotView>;

const radioView = z.object({
  /** The stations that `config/station.json` names. */
  sources: z.array(z.object({ id: radioIdSchema, title: z.string() })),
  /** The schedules that relay one. */
  slots: z.array(slotView),
});
export type RadioView = z.infer<typeof radioView>;

/** The verbs about relayed radio that the API calls. */
export interface RadioVerbs {
  radio(): RadioView;
  /** @throws Fault "not-found", "conflict", reason `other-version`, or "forbidden", reason `own-text` */
  approveSlot(id: ScheduleId, version: string, by: Person): Promise<SlotView>;
  /** @throws Fault "not-found", or "conflict" when nobody approved it */
  withdrawSlot(id: ScheduleId, reason: string, by: Person): Promise<SlotView>;
}

export const radioRoutes: readonly Route[] = [
  route({
    ...{ id: "listRadio", method: "get", path: "/api/v1/radio", tag, access, status: 200 },
    needs: "known",
    summary: {
      vi: "Nguồn tiếp âm và các khung tiếp âm",
      en: "Stations that can be relayed, and the slots in which they are",
    },
    response: radioView,
    run: ({ control }) => json(control.radio()),
  }),
  route({
    ...{ id: "approveSlot", method: "post", path: `${of}/approval`, tag, access, status: 200 },
    needs: { permission: "approve", touches: ({ control, params }) => touch.schedule(control, params.id) },
    summary: { vi: "Duyệt đúng khung tiếp âm đã xem", en: "Approve exactly the radio slot that was seen" },
    ...{ params, response: slotView, body: approveSlotSchema },
    run: async ({ control, params: { id }, body, person }) => json(await control.approveSlot(id, body.version, person)),
  }),
  route({
    ...{ id: "withdrawSlot", method: "post", path: `${of}/withdrawal`, tag, access, status: 200 },
    needs: { permission: "approve", touches: ({ control, params }) => touch.schedule(control, params.id) },
    summary: {
      vi: "Rút duyệt khung tiếp âm: từ lượt sau không phát nữa",
      en: "Take the approval of a radio slot back: it does not sound again",
    },
    ...{ params, response: slotView, body: withdrawSlotSchema },
    run: async ({ control, params: { id }, body, person }) => json(await control.withdrawSlot(id, body.reason, person)),
  }),
];
