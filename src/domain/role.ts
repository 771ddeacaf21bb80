/**
 * The roles of a town's broadcasting, ready-made: which office may do what. An account has roles at places.
 *
 * @module
 */
import * as z from "zod/mini";
import type { Words } from "../base/errors.js";
import { areaIdSchema } from "./ids.js";
import { localDateSchema } from "./local-time.js";
import type { Grant, Permission, Right } from "./permission.js";

export const roleIdSchema = z.enum([
  ...(["propaganda-office", "people-committee", "culture-office", "health-office", "culture-centre"] as const),
  ...(["contributor", "ward-operator", "ward-leader", "driver", "auditor"] as const),
]);
export type RoleId = z.infer<typeof roleIdSchema>;

export interface Role {
  readonly id: RoleId;
  readonly title: Words;
  /** What the office is there for. */
  readonly duty: Words;
  readonly rights: readonly Right[];
}

const all = (...permissions: readonly Permission[]): Right[] => permissions.map((permission) => ({ permission }));

/** As the communication plan shares the work out. */
export const ROLES: Readonly<Record<RoleId, Role>> = {
  "propaganda-office": {
    id: "propaganda-office",
    title: { vi: "Ban Tuyên giáo", en: "City propaganda office" },
    duty: {
      vi: "Tổng biên tập: bản tin bắt buộc, chặn, thu hồi, nhận báo cáo",
      en: "Editor-in-chief: mandatory bulletins, block, recall, reports",
    },
    rights: all("compose", "approve", "air", "inspect"),
  },
  "people-committee": {
    id: "people-committee",
    title: { vi: "Ủy ban nhân dân", en: "People's committee" },
    duty: { vi: "Công bố cấp độ, tăng thời lượng phát", en: "Alert levels and airtime raises" },
    rights: [{ permission: "approve", classes: ["priority", "emergency"] }, ...all("stop", "inspect")],
  },
  "culture-office": {
    id: "culture-office",
    title: { vi: "Phòng Văn hóa - Thông tin", en: "Culture office" },
    duty: { vi: "Chủ hệ thống và thanh tra: tài khoản, loa, khung giờ", en: "Owner and inspector" },
    rights: all("configure", "stop", "inspect"),
  },
  "health-office": {
    id: "health-office",
    title: { vi: "Phòng Y tế", en: "Health office" },
    duty: { vi: "Nguồn số liệu dịch bệnh", en: "Source of case figures" },
    rights: all("compose", "inspect", "confirm"),
  },
  "culture-centre": {
    id: "culture-centre",
    title: { vi: "Trung tâm Văn hóa - Thông tin - Thể thao", en: "Culture centre" },
    duty: { vi: "Sản xuất bản tin, điều hành xe loa", en: "Producer, and operator of the vans" },
    rights: [...all("compose", "inspect"), { permission: "air", kinds: ["van"] }],
  },
  contributor: {
    id: "contributor",
    title: { vi: "Cộng tác viên", en: "Contributor" },
    duty: { vi: "Chỉ gửi bản thảo", en: "Drafts only" },
    rights: [{ permission: "compose", classes: ["ordinary"] }],
  },
  "ward-operator": {
    id: "ward-operator",
    title: { vi: "Người vận hành của phường", en: "Ward operator" },
    duty: { vi: "Chọn, xếp lịch và phát trong phường", en: "Selects, schedules and airs in the ward" },
    rights: all("compose", "air", "inspect"),
  },
  "ward-leader": {
    id: "ward-leader",
    title: { vi: "Lãnh đạo phường", en: "Ward leader" },
    duty: { vi: "Duyệt bản tin của phường", en: "Approves the ward's announcements" },
    rights: all("approve", "air", "inspect"),
  },
  driver: {
    id: "driver",
    title: { vi: "Lái xe loa", en: "Driver of a loudspeaker van" },
    duty: { vi: "Phát trên xe loa của mình", en: "Airs on the van" },
    rights: [{ permission: "air", classes: ["ordinary", "priority"], kinds: ["van"] }],
  },
  auditor: {
    id: "auditor",
    title: { vi: "Người giám sát", en: "Auditor" },
    duty: { vi: "Chỉ xem", en: "Reads only" },
    rights: all("inspect"),
  },
};

/** A role at a place, for a time. */
export const assignmentSchema = z.strictObject({
  role: roleIdSchema,
  /** The whole station when left out. */
  area: z.optional(areaIdSchema),
  from: z.optional(localDateSchema),
  /** Last day. */
  until: z.optional(localDateSchema),
});
export type Assignment = z.infer<typeof assignmentSchema>;

/** Everything that these roles allow. */
export const grantsOf = (assignments: readonly Assignment[]): readonly Grant[] =>
  assignments.flatMap(({ role, ...where }) => ROLES[role].rights.map((right) => ({ ...right, ...where, role })));

/** What whoever set the station up begins with: it is theirs to run, but nobody approves what they wrote themselves. */
export const FIRST_ROLES: readonly Assignment[] = [{ role: "culture-office" }, { role: "ward-operator" }];
