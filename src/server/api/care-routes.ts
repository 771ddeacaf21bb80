/**
 * Doors about the care of loudspeakers: alarms, tests, repairs, complaints, and their lists as tables.
 *
 * @module
 */
import * as z from "zod";
import { Fault } from "../../base/errors.js";
import { receiverIdSchema } from "../../domain/ids.js";
import * as ask from "./care-requests.js";
import * as view from "./care-views.js";
import type { ControlVerbs } from "./control-verbs.js";
import { type Call, json, kept, marked, nothing, type Route, route } from "./route.js";
import { tableOf } from "./tables.js";
import * as touch from "./touched.js";
import { list } from "./views.js";

const tag = "care";
const access = "station";
const receiver = z.strictObject({ id: receiverIdSchema });
const alarm = z.strictObject({ id: z.string().max(100) });
const numbered = z.strictObject({ number: z.coerce.number().int().min(1) });
const table = { tag, access, status: 200, media: "text/csv" } as const;

const alarms: readonly Route[] = [
  route({
    ...{ id: "listAlarms", method: "get", path: "/api/v1/alarms", tag, access, status: 200 },
    needs: { permission: ["inspect", "air"], touches: "anywhere" },
    summary: { vi: "Các cảnh báo đang mở", en: "The open alarms" },
    response: list(view.alarmView),
    run: ({ control }) => json(control.alarms()),
  }),
  route({
    ...{
      id: "acknowledgeAlarm",
      method: "post",
      path: "/api/v1/alarms/{id}/acknowledgement",
      tag,
      access,
      status: 200,
    },
    needs: { permission: ["air", "configure"], touches: ({ control, params }) => touch.alarm(control, params.id) },
    summary: { vi: "Xác nhận đã biết một cảnh báo", en: "Take notice of an alarm" },
    params: alarm,
    response: view.alarmView,
    run: async ({ control, params, person }) => json(await control.acknowledgeAlarm(params.id, person)),
  }),
  route({
    ...{ id: "exportAlarms", method: "get", path: "/api/v1/alarms/table", ...table },
    needs: { permission: ["inspect", "air"], touches: "anywhere" },
    summary: { vi: "Các cảnh báo đang mở, bảng CSV", en: "The open alarms as CSV" },
    run: ({ control }) =>
      tableOf(
        control.alarms(),
        ["receiver", "area", "trouble", "since", "lastAt", "times", "isThere", "acknowledgedBy", "acknowledgedAt"],
        "canh-bao",
      ),
  }),
];

const orders: readonly Route[] = [
  route({
    ...{ id: "testReceiver", method: "post", path: "/api/v1/receivers/{id}/test", tag, access, status: 202 },
    needs: { permission: ["air", "configure"], touches: touch.named },
    summary: { vi: "Ra lệnh thử tiếng: một tiếng bíp, tránh giờ yên tĩnh", en: "Order a pip, outside quiet hours" },
    params: receiver,
    body: ask.testSchema,
    async run({ control, params, body, person }) {
      await control.orderTest(params.id, body.lengthMs, person);
      return nothing;
    },
  }),
  route({
    ...{ id: "restartReceiver", method: "post", path: "/api/v1/receivers/{id}/restart", tag, access, status: 202 },
    needs: { permission: ["air", "configure"], touches: touch.named },
    summary: { vi: "Ra lệnh khởi động lại chương trình của loa", en: "Order the receiver's program to start anew" },
    params: receiver,
    async run({ control, params, person }) {
      await control.orderRestart(params.id, person);
      return nothing;
    },
  }),
];

const SILENT_COLUMNS = ["receiver", "name", "area", "pole", "lastSound", "days", "state"] as const;
const silence: readonly Route[] = [
  route({
    ...{ id: "listSilent", method: "get", path: "/api/v1/silent-receivers", tag, access, status: 200 },
    needs: { permission: ["inspect", "air"], touches: "anywhere" },
    summary: { vi: "Loa đã im lặng từ N ngày trở lên", en: "Receivers that have been silent for N days" },
    query: ask.silentQuerySchema,
    response: list(view.silentView),
    run: ({ control, query }) => json(control.silentFor(query)),
  }),
  route({
    ...{ id: "exportSilent", method: "get", path: "/api/v1/silent-receivers/table", ...table },
    needs: { permission: ["inspect", "air"], touches: "anywhere" },
    summary: { vi: "Loa im lặng, bảng CSV", en: "Silent receivers as CSV" },
    query: ask.silentQuerySchema,
    run: ({ control, query }) => tableOf(control.silentFor(query), SILENT_COLUMNS, "loa-im-lang"),
  }),
];

const REPAIR_COLUMNS = [
  ...(["number", "receiver", "text", "excludes", "openedBy", "openedAt", "closedBy", "closedAt", "done"] as const),
] as const;
const repairs: readonly Route[] = [
  route({
    ...{ id: "listRepairs", method: "get", path: "/api/v1/repairs", tag, access, status: 200 },
    needs: { permission: ["inspect", "air"], touches: "anywhere" },
    summary: { vi: "Phiếu sửa chữa", en: "Repairs" },
    query: ask.careQuerySchema,
    response: list(view.repairView),
    run: ({ control, query }) => json(control.repairs(query)),
  }),
  route({
    ...{ id: "openRepair", method: "post", path: "/api/v1/repairs", tag, access, status: 201 },
    needs: { permission: ["air", "configure"], touches: ({ control, body }) => touch.receiver(control, body.receiver) },
    summary: {
      vi: "Mở phiếu sửa chữa; excludes: loa im ngay và ngừng sử dụng đến khi đóng phiếu",
      en: "Open a repair; with excludes the receiver is silenced and out of service until it is closed",
    },
    body: ask.newRepairSchema,
    response: view.repairView,
    run: async ({ control, body, person }) => json(await control.openRepair(body, person)),
  }),
  route({
    ...{ id: "closeRepair", method: "post", path: "/api/v1/repairs/{number}/closing", tag, access, status: 200 },
    needs: { permission: ["air", "configure"], touches: ({ control, params }) => touch.repair(control, params.number) },
    summary: { vi: "Đóng phiếu: đã sửa xong", en: "Close a repair: it is mended" },
    params: numbered,
    body: ask.repairClosingSchema,
    response: view.repairView,
    run: async ({ control, params, body, person }) => json(await control.closeRepair(params.number, body.done, person)),
  }),
  route({
    ...{ id: "exportRepairs", method: "get", path: "/api/v1/repairs/table", ...table },
    needs: { permission: ["inspect", "air"], touches: "anywhere" },
    summary: { vi: "Phiếu sửa chữa, bảng CSV", en: "Repairs as CSV" },
    query: ask.careQuerySchema,
    run: ({ control, query }) => tableOf(control.repairs(query), REPAIR_COLUMNS, "phieu-sua-chua"),
  }),
];

/** Without the contact: a table leaves the house. */
const COMPLAINT_COLUMNS = [
  ...(["number", "pole", "receiver", "place", "at", "what", "recordedBy", "recordedAt"] as const),
  ...(["action", "answer", "closedBy", "closedAt"] as const),
] as const;
/** How to reach a resident is for whoever looks after that loudspeaker, and not for whoever only looks on. */
function seenBy<Seen extends view.ComplaintView>(complaint: Seen, { control, mayAlso }: Looking): Seen {
  const touched = touch.complainedOf(control, complaint);
  if (mayAlso("air", touched) || mayAlso("configure", touched)) return complaint;
  const { contact: _hidden, ...rest } = complaint;
  return rest as Seen;
}
/** @throws Fault "not-found" */
function numberedOf(control: ControlVerbs, number: number): view.ComplaintView {
  const found = control.complaints().find((one) => one.number === number);
  if (!found)
    throw new Fault("not-found", {
      vi: `Không có phản ánh số ${number}.`,
      en: `There is no complaint number ${number}.`,
    });
  return found;
}
/** What whoever has just changed it, or was too late to, may see of it: not all that the change itself answers with. */
const seenNow = (call: Looking & { readonly params: { readonly number: number } }) =>
  seenBy(numberedOf(call.control, call.params.number), call);
type Looking = Pick<Call<unknown, unknown, unknown>, "control" | "mayAlso">;

const complaints: readonly Route[] = [
  route({
    ...{ id: "listComplaints", method: "get", path: "/api/v1/complaints", tag, access, status: 200 },
    needs: { permission: ["inspect", "air"], touches: "anywhere" },
    summary: { vi: "Phản ánh của người dân", en: "Residents' complaints" },
    query: ask.careQuerySchema,
    response: list(view.complaintView),
    run: (call) => json(call.control.complaints(call.query).map((one) => seenBy(one, call))),
  }),
  route({
    ...{ id: "recordComplaint", method: "post", path: "/api/v1/complaints", tag, access, status: 201 },
    needs: {
      permission: ["air", "configure"],
      touches: ({ control, body }) =>
        body.receiver === undefined ? { areas: "anywhere" } : touch.receiver(control, body.receiver),
    },
    summary: { vi: "Ghi một phản ánh, theo số cột", en: "Write a complaint down, by the number on the pole" },
    body: ask.newComplaintSchema,
    response: view.complaintView,
    run: async ({ control, body, person }) => json(await control.recordComplaint(body, person)),
  }),
  route({
    ...{ id: "exportComplaints", method: "get", path: "/api/v1/complaints/table", ...table },
    needs: { permission: ["inspect", "air"], touches: "anywhere" },
    summary: { vi: "Phản ánh, bảng CSV, không có liên hệ của người dân", en: "Complaints as CSV, without contacts" },
    query: ask.careQuerySchema,
    run: ({ control, query }) => tableOf(control.complaints(query), COMPLAINT_COLUMNS, "phan-anh"),
  }),
  route({
    ...{ id: "getComplaint", method: "get", path: "/api/v1/complaints/{number}", tag, access, status: 200 },
    needs: {
      permission: ["inspect", "air"],
      touches: touch.numberedComplaint,
    },
    summary: {
      vi: "Một phản ánh, kèm những gì loa ấy đã phát quanh lúc đó",
      en: "A complaint, with what its loudspeaker played around that time",
    },
    params: numbered,
    response: view.complaintWithSoundsView,
    run: async (call) => json(seenBy(await call.control.complaint(call.params.number), call)),
  }),
  route({
    ...{ id: "updateComplaint", method: "patch", path: "/api/v1/complaints/{number}", tag, access, status: 200 },
    needs: {
      permission: ["air", "configure"],
      touches: ({ control, params, body }) => touch.complaint(control, params.number, body.receiver),
    },
    summary: {
      vi: "Ghi việc đã làm, câu trả lời, hoặc loa nào",
      en: "Write what was done and answered, or which loudspeaker",
    },
    params: numbered,
    body: ask.complaintChangeSchema,
    needsExpected: true,
    response: view.complaintView,
    current: (call) => marked(seenNow(call)),
    async run(call) {
      const { control, params, body, expected, person } = call;
      await control.updateComplaint(params.number, body, { expected, by: person });
      return kept(marked(seenNow(call)));
    },
  }),
  route({
    ...{ id: "closeComplaint", method: "post", path: "/api/v1/complaints/{number}/closing", tag, access, status: 200 },
    needs: {
      permission: ["air", "configure"],
      touches: touch.numberedComplaint,
    },
    summary: { vi: "Đóng phản ánh: đã trả lời", en: "Close a complaint: it is answered" },
    params: numbered,
    response: view.complaintView,
    async run(call) {
      await call.control.closeComplaint(call.params.number, call.person);
      return json(seenNow(call));
    },
  }),
  route({
    ...{ id: "eraseContact", method: "delete", path: "/api/v1/complaints/{number}/contact", tag, access, status: 200 },
    needs: {
      permission: ["air", "configure"],
      touches: touch.numberedComplaint,
    },
    summary: { vi: "Xóa hẳn liên hệ của người phản ánh", en: "Erase how to reach the resident" },
    params: numbered,
    response: view.complaintView,
    run: async ({ control, params, person }) => json(await control.eraseContact(params.number, person)),
  }),
];

export const careRoutes: readonly Route[] = [...alarms, ...orders, ...silence, ...repairs, ...complaints];
