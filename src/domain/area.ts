/**
 * The tree of places: province, ward, neighbourhood. It changes over time, and old log lines keep their area.
 *
 * @module
 */
import * as z from "zod/mini";
import { type AreaId, areaIdSchema } from "./ids.js";
import { type LocalDate, localDateSchema } from "./local-time.js";

export const areaSchema = z.strictObject({
  id: areaIdSchema,
  /** As people say it: `Phường Xuân Hương - Đà Lạt`. */
  name: z.string().check(z.minLength(1), z.maxLength(120)),
  /** tỉnh, phường/xã, khu (a former unit kept as a part), tổ dân phố, a sensitive or crowded place, or a place for tests. */
  kind: z.enum(["province", "ward", "quarter", "group", "place", "test"]),
  parent: z.optional(areaIdSchema),
  /** First day on which the area exists; always when left out. */
  from: z.optional(localDateSchema),
  /** First day on which it no longer exists. */
  until: z.optional(localDateSchema),
  /** Where its log goes on after it ended. */
  mergedInto: z.optional(areaIdSchema),
  /** School, hospital, pagoda: stays quiet longer (QCVN 26 calls them special areas). */
  sensitive: z._default(z.boolean(), false),
  latitude: z.optional(z.number().check(z.gte(-90), z.lte(90))),
  longitude: z.optional(z.number().check(z.gte(-180), z.lte(180))),
});
export type Area = z.infer<typeof areaSchema>;

/** The areas of a station, looked up by id. */
export type AreaTree = ReadonlyMap<AreaId, Area>;

/** Whether the area exists on that day. */
export const existsOn = (area: Area, day: LocalDate): boolean =>
  (area.from === undefined || day >= area.from) && (area.until === undefined || day < area.until);

/** The area itself, then its parents up to the root. A loop in the tree ends the walk. */
export function ancestry(tree: AreaTree, id: AreaId): Area[] {
  const line: Area[] = [];
  for (let area = tree.get(id); area && !line.includes(area); area = area.parent && tree.get(area.parent))
    line.push(area);
  return line;
}

/** Whether `id` is one of `roots` or lies below one of them. */
export const isWithinAreas = (tree: AreaTree, id: AreaId, roots: readonly AreaId[]): boolean =>
  ancestry(tree, id).some((area) => roots.includes(area.id));

/**
 * The areas whose lines of the log belong to `root`: itself with everything below it, and all that has been merged into one of
 * those. Lines keep the area that they had, so an area that is no more is still found by its own name, too.
 */
export function areasInLog(tree: AreaTree, root: AreaId): AreaId[] {
  const found = new Set<AreaId>([root]);
  for (let size = 0; size < found.size; ) {
    size = found.size;
    for (const { id, parent, mergedInto } of tree.values())
      if ((parent && found.has(parent)) || (mergedInto && found.has(mergedInto))) found.add(id);
  }
  return [...found];
}
