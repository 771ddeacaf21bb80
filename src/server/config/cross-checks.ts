/**
 * What no single field can say: ids that are used twice, areas that do not exist, a tree that bites its tail.
 *
 * @module
 */
import type { Words } from "../../base/errors.js";
import { nearest } from "../../base/nearest.js";
import type { AlertLevel } from "../../domain/alert-level.js";
import { type Area, type AreaTree, ancestry } from "../../domain/area.js";
import type { Holiday } from "../../domain/holiday.js";
import type { AreaId } from "../../domain/ids.js";
import { type LexiconEntry, readingKey } from "../../domain/lexicon.js";
import type { Policy } from "../../domain/policy.js";
import type { FirstStart } from "./first-start.js";
import type { Finding } from "./problem.js";
import type { ReadFile } from "./read-file.js";
import type { Settings } from "./settings.js";

/** The tree, and what is wrong with it. */
export function checkAreas({ value: areas, finding }: ReadFile<readonly Area[]>): {
  tree: AreaTree;
  findings: Finding[];
} {
  const tree: AreaTree = new Map(areas.map((area) => [area.id, area]));
  const findings = areas.flatMap((area, index) => [
    ...repeated(
      areas.map(({ id }) => id),
      index,
      () => finding([index, "id"], usedTwice(area.id)),
    ),
    ...known(tree, area.parent, (words) => finding([index, "parent"], words)),
    ...known(tree, area.mergedInto, (words) => finding([index, "mergedInto"], words)),
    ...(isInLoop(tree, area) ? [finding([index, "parent"], loopAt(area))] : []),
    ...backwards(area.from, area.until, () => finding([index, "until"], untilBeforeFrom)),
  ]);
  return { tree, findings };
}

export function checkPolicies({ value: policies, finding }: ReadFile<readonly Policy[]>, tree: AreaTree): Finding[] {
  const keys = policies.map(({ area, from = "" }) => `${area} ${from}`);
  return policies.flatMap(({ area, from, until, quiet }, index) => [
    ...known(tree, area, (words) => finding([index, "area"], words)),
    ...repeated(keys, index, () => finding([index], twoPolicies(area))),
    ...backwards(from, until, () => finding([index, "until"], untilBeforeFrom)),
    ...(quiet.length > 0 || isForTests(tree, area) ? [] : [finding([index, "quiet"], neverQuiet(area))]),
  ]);
}

/** Whether nobody lives there, so that it may sound at night; what is not known is told elsewhere. */
const isForTests = (tree: AreaTree, id: AreaId): boolean =>
  !tree.has(id) || ancestry(tree, id).some(({ kind }) => kind === "test");

export const checkHolidays = ({ value: holidays, finding }: ReadFile<readonly Holiday[]>): Finding[] =>
  holidays.flatMap(({ date }, index) =>
    repeated(
      holidays.map((day) => day.date),
      index,
      () => finding([index, "date"], usedTwice(date)),
    ),
  );

export const checkLevels = ({ value: levels, finding }: ReadFile<readonly AlertLevel[]>): Finding[] =>
  levels.flatMap(({ name }, index) =>
    repeated(
      levels.map((level) => level.name),
      index,
      () => finding([index, "name"], usedTwice(name)),
    ),
  );

/** Two readings of one form for the same place: nobody could say which is meant. */
export function checkReadings({
  value: { entries },
  finding,
}: ReadFile<{ readonly entries: readonly LexiconEntry[] }>): Finding[] {
  const seen = new Set<string>();
  return entries.flatMap((entry, index) => {
    const key = readingKey(entry);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew ? [] : [finding(["entries", index, "written"], readTwice(entry.written))];
  });
}

export const checkVirtualAreas = ({ value: { virtual }, finding }: ReadFile<Settings>, tree: AreaTree): Finding[] =>
  virtual.flatMap(({ area }, index) => known(tree, area, (words) => finding(["virtual", index, "area"], words)));

export const checkNoticeAreas = ({ value: { notices }, finding }: ReadFile<Settings>, tree: AreaTree): Finding[] =>
  notices.recipients.flatMap(({ areas = [] }, index) =>
    areas.flatMap((area, at) =>
      known(tree, area, (words) => finding(["notices", "recipients", index, "areas", at], words)),
    ),
  );

export function checkFirstStart(
  { value: { announcements, schedules, declarations }, finding }: ReadFile<FirstStart>,
  tree: AreaTree,
  levels: readonly AlertLevel[],
): Finding[] {
  const ids = (kind: string, list: readonly { readonly id: string }[]) =>
    list.flatMap(({ id }, index) =>
      repeated(
        list.map((item) => item.id),
        index,
        () => finding([kind, index, "id"], usedTwice(id)),
      ),
    );
  const names = levels.map(({ name }) => name);
  return [
    ...ids("announcements", announcements),
    ...ids("schedules", schedules),
    ...schedules.flatMap(({ targets }, index) =>
      targets.areas.flatMap((area, at) =>
        known(tree, area, (words) => finding(["schedules", index, "targets", "areas", at], words)),
      ),
    ),
    ...declarations.flatMap(({ area, level }, index) => [
      ...known(tree, area, (words) => finding(["declarations", index, "area"], words)),
      ...(names.includes(level) ? [] : [finding(["declarations", index, "level"], unknownName(level, names))]),
    ]),
  ];
}

function known(tree: AreaTree, id: AreaId | undefined, tell: (words: Words) => Finding): Finding[] {
  return id === undefined || tree.has(id) ? [] : [tell(unknownName(id, [...tree.keys()]))];
}

function repeated(keys: readonly string[], index: number, tell: () => Finding): Finding[] {
  return keys.indexOf(keys[index] ?? "") === index ? [] : [tell()];
}

function backwards(from: string | undefined, until: string | undefined, tell: () => Finding): Finding[] {
  return from !== undefined && until !== undefined && until < from ? [tell()] : [];
}

/** Whether the walk from parent to parent comes back to the area itself. */
function isInLoop(tree: AreaTree, area: Area): boolean {
  const top = ancestry(tree, area.id).at(-1);
  return top?.parent === area.id;
}

function unknownName(name: string, names: readonly string[]): Words {
  const meant = nearest(name, names);
  const list = names.slice(0, 12).join(", ");
  return {
    vi: `không có «${name}»${meant === undefined ? `; đang có: ${list}` : `; có phải «${meant}»?`}`,
    en: `there is no "${name}"${meant === undefined ? `; there are: ${list}` : `; did you mean "${meant}"?`}`,
  };
}

const readTwice = (written: string): Words => ({
  vi: `«${written}» đã có cách đọc ở trên với cùng điều kiện`,
  en: `"${written}" has a reading above already, with the same condition`,
});
const usedTwice = (name: string): Words => ({ vi: `«${name}» đã dùng ở trên`, en: `"${name}" is used above` });
const twoPolicies = (area: string): Words => ({
  vi: `địa bàn «${area}» đã có quy định bắt đầu cùng ngày ở trên`,
  en: `there is a policy above for the area "${area}" that begins on the same day`,
});
const loopAt = ({ id, parent }: Area): Words => ({
  vi: `«${id}» nằm trong «${parent ?? ""}», và đi lên mãi lại gặp chính nó; hãy sửa parent`,
  en: `"${id}" lies in "${parent ?? ""}", and going up leads back to itself; mend parent`,
});
const untilBeforeFrom: Words = { vi: "ngày kết thúc trước ngày bắt đầu", en: "ends before it begins" };
const neverQuiet = (area: AreaId): Words => ({
  vi: `«${area}» không được để trống giờ yên tĩnh; chỉ địa bàn có kind "test" được như vậy. Bỏ mục này đi thì giờ yên tĩnh là 21:00–05:30`,
  en: `"${area}" must have quiet hours; only an area of the kind "test" may have none. Left out, they are 21:00–05:30`,
});
