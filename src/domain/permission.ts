/**
 * Who may do what, to which class of thing, where: the one place where that is decided. What nobody has been granted is
 * refused.
 *
 * @module
 */
import * as z from "zod/mini";
import type { Words } from "../base/errors.js";
import { type AreaTree, ancestry } from "./area.js";
import { type Class, classSchema } from "./class.js";
import { type AreaId, areaIdSchema } from "./ids.js";
import { type LocalDate, localDateSchema } from "./local-time.js";
import { areaLine } from "./place.js";
import type { RoleId } from "./role.js";

/**
 * soạn / duyệt / phát / dừng / cấu hình / xem / xác nhận số liệu. Whoever may air may stop; `stop` by itself is for the station's own secret
 * and for a red button.
 */
export const permissionSchema = z.enum(["compose", "approve", "air", "stop", "configure", "inspect", "confirm"]);
export type Permission = z.infer<typeof permissionSchema>;

const kindSchema = z.enum(["fixed", "van"]);
type Kind = z.infer<typeof kindSchema>;

/** One thing that somebody is allowed. */
export const rightSchema = z.strictObject({
  permission: permissionSchema,
  /** Only these classes; all when left out. */
  classes: z.optional(z.array(classSchema).check(z.minLength(1), z.maxLength(3))),
  /** Only fixed loudspeakers or only vans; both when left out. */
  kinds: z.optional(z.array(kindSchema).check(z.minLength(1), z.maxLength(2))),
});
export type Right = z.infer<typeof rightSchema>;

/** A right at a place, with everything below it, for a time. */
export const grantSchema = z.strictObject({
  ...rightSchema.shape,
  /** The whole station, also what is added to it later, when left out. */
  area: z.optional(areaIdSchema),
  /** First and last day. */
  from: z.optional(localDateSchema),
  until: z.optional(localDateSchema),
});
/** With the role that it comes from; whoever has it otherwise is held to no role. */
export type Grant = z.infer<typeof grantSchema> & { readonly role?: RoleId | undefined };

/** What a request would touch, taken from the things themselves and never from what the request claims. */
export interface Touched {
  /** Every one of them must be allowed; none when the thing has no class. */
  readonly classes?: readonly Class[];
  /** Every one of them must be allowed; `anywhere`: a right at any place is enough. */
  readonly areas: readonly AreaId[] | "station" | "anywhere";
  readonly kinds?: readonly Kind[];
  /** A right somewhere inside a place is enough for it, as it always is for a stop (R3). */
  readonly loosely?: boolean;
  /** Kept for these roles, such as case figures for the health office; for anybody when left out. */
  readonly roles?: readonly RoleId[];
}

/** Where and when the question is asked. */
export interface Here {
  readonly areas: AreaTree;
  readonly today: LocalDate;
}

export type Lack = "permission" | "role" | "class" | "kind" | "area";
export type Verdict =
  | { readonly may: true }
  | { readonly may: false; readonly lack: Lack; readonly words: Words; readonly area?: AreaId };

const YES: Verdict = { may: true };

/** Whether somebody with these grants may do that to what is touched, and if not, what is missing. */
export function may(grants: readonly Grant[], permission: Permission, touched: Touched, here: Here): Verdict {
  const all = grants.filter((grant) => isInForce(grant, here.today) && allows(grant.permission, permission));
  if (all.length === 0) return no("permission", permission);
  const held = all.filter(({ role }) => !touched.roles || role === undefined || touched.roles.includes(role));
  if (held.length === 0) return no("role", permission);
  for (const of of touched.classes?.length ? touched.classes : [undefined]) {
    const forClass = held.filter(({ classes }) => of === undefined || !classes || classes.includes(of));
    if (forClass.length === 0) return no("class", permission, { of });
    for (const kind of touched.kinds?.length ? touched.kinds : [undefined]) {
      const forKind = forClass.filter(({ kinds }) => kind === undefined || !kinds || kinds.includes(kind));
      if (forKind.length === 0) return no("kind", permission, { of });
      const isLoose = touched.loosely === true || permission === "stop";
      const missing = firstOutside(forKind, isLoose, touched.areas, here);
      if (missing !== undefined) return no("area", permission, { of, area: missing, name: nameOf(missing, here) });
    }
  }
  return YES;
}

/** What remains without a second factor where a station wants one: to write, to look, and to stop (R3). */
export const withoutSecondFactor = (grants: readonly Grant[]): readonly Grant[] =>
  grants.flatMap((grant) => {
    if (grant.permission === "air") return [{ ...grant, permission: "stop" as const }];
    return grant.permission === "approve" || grant.permission === "configure" ? [] : [grant];
  });

/** Whether a right that is held is the one that is asked for, or holds it. */
export const allows = (held: Permission, asked: Permission): boolean =>
  held === asked || (held === "air" && asked === "stop");

/** Whether the grant holds on that day. */
export const isInForce = ({ from, until }: Grant, today: LocalDate): boolean =>
  (from === undefined || from <= today) && (until === undefined || today <= until);

function firstOutside(
  grants: readonly Grant[],
  isLoose: boolean,
  areas: Touched["areas"],
  { areas: tree, today }: Here,
): AreaId | undefined {
  if (areas === "anywhere" || grants.some(({ area }) => area === undefined)) return undefined;
  if (isLoose && areas === "station") return undefined;
  const wanted = areas === "station" ? rootsOf(tree) : areas;
  return wanted.find((area) => !grants.some((grant) => covers(grant, area) || (isLoose && isIn(grant, area))));

  function covers(grant: Grant, area: AreaId): boolean {
    return grant.area === area || lineOf(area).includes(grant.area as AreaId);
  }
  function isIn(grant: Grant, area: AreaId): boolean {
    return grant.area !== undefined && lineOf(grant.area).includes(area);
  }
  /** As the tree says, and as it goes on where an area has been merged into another. */
  function lineOf(area: AreaId): readonly AreaId[] {
    return [...ancestry(tree, area), ...areaLine(tree, area, today)].map(({ id }) => id);
  }
}

/** The areas that lie in no other: together they are the whole station. */
export const rootsOf = (tree: AreaTree): readonly AreaId[] =>
  [...tree.values()].filter(({ parent }) => parent === undefined).map(({ id }) => id);

const nameOf = (area: AreaId, { areas }: Here) => areas.get(area)?.name ?? area;

export const PERMISSION_WORDS: Readonly<Record<Permission, Words>> = {
  compose: { vi: "soạn", en: "compose" },
  approve: { vi: "duyệt", en: "approve" },
  air: { vi: "phát", en: "air" },
  stop: { vi: "dừng", en: "stop" },
  configure: { vi: "cấu hình", en: "configure" },
  inspect: { vi: "xem", en: "inspect" },
  confirm: { vi: "xác nhận số liệu dịch bệnh", en: "confirm case figures" },
};
const CLASS_WORDS: Readonly<Record<Class, Words>> = {
  ordinary: { vi: "loại thông thường", en: "of class ordinary" },
  priority: { vi: "loại ưu tiên", en: "of class priority" },
  emergency: { vi: "loại khẩn cấp", en: "of class emergency" },
};

interface About {
  readonly of?: Class | undefined;
  readonly area?: AreaId;
  readonly name?: string;
}

function no(lack: Lack, permission: Permission, { of, area, name }: About = {}): Verdict {
  const right = PERMISSION_WORDS[permission];
  const what = of === undefined ? { vi: "", en: "" } : { vi: ` ${CLASS_WORDS[of].vi}`, en: ` ${CLASS_WORDS[of].en}` };
  const where = {
    permission: { vi: "", en: "" },
    role: {
      vi: " loại tin này: chỉ cơ quan được giao mới soạn",
      en: " this: it is kept for the office in charge of it",
    },
    class: { vi: "", en: "" },
    kind: { vi: " trên cụm loa hoặc xe loa này", en: " on these loudspeakers" },
    area: { vi: ` ở ${name}`, en: ` in ${name}` },
  }[lack];
  return {
    may: false,
    lack,
    ...(area === undefined ? {} : { area }),
    words: {
      vi: `Không có quyền ${right.vi}${what.vi}${where.vi}. Không có gì thay đổi. Hãy nhờ người có quyền này, hoặc người quản lý tài khoản.`,
      en: `No right to ${right.en}${what.en}${where.en}. Nothing has changed. Ask somebody who has it, or whoever manages accounts.`,
    },
  };
}
