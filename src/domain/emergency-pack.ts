/**
 * What is prepared for a danger in quiet times: the alert, the correction in case it was wrong, the all-clear. Nobody can give
 * an alert whose way back is not ready (the false alarms of other cities were heard for as long as nobody had one).
 *
 * @module
 */
import * as z from "zod/mini";
import type { Words } from "../base/errors.js";
import type { Announcement } from "./announcement.js";
import { type AnnouncementId, announcementIdSchema } from "./ids.js";
import type { LocalDate } from "./local-time.js";
import { targetsSchema } from "./schedule.js";
import { titleSchema } from "./title.js";

export const packIdSchema = z
  .string()
  .check(z.regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/))
  .brand<"pack">();
export type PackId = z.infer<typeof packIdSchema>;

export const packSchema = z.strictObject({
  id: packIdSchema,
  title: titleSchema,
  /** What is said, and said again. */
  alert: announcementIdSchema,
  /** Takes it back when it was wrong. */
  correction: announcementIdSchema,
  /** Says that the danger is over. */
  allClear: announcementIdSchema,
  /** Says that what is heard is an exercise; without it the pack cannot be rehearsed. */
  exercise: z.optional(announcementIdSchema),
  /** Where it is given as a rule; whoever gives it may choose otherwise. */
  targets: z.optional(targetsSchema),
  /** How often it is said again, and for how long at most. Once when left out. */
  repeat: z.optional(
    z.strictObject({
      everyMinutes: z.int().check(z.gte(1), z.lte(60)),
      forMinutes: z.int().check(z.gte(1), z.lte(1440)),
    }),
  ),
});
export type Pack = z.infer<typeof packSchema>;

/** The parts of a pack, in the order in which people think of them. */
export const PARTS = ["alert", "correction", "allClear", "exercise"] as const;
export type Part = (typeof PARTS)[number];

/** Whether a pack consists of that announcement, among others: without it, it cannot be used. */
export const isPartOf = (announcement: string, pack: Pack): boolean =>
  PARTS.some((part) => pack[part] === announcement);

const PART_WORDS: Readonly<Record<Part, Words>> = {
  alert: { vi: "Bản cảnh báo", en: "The alert" },
  correction: { vi: "Bản đính chính", en: "The correction" },
  allClear: { vi: "Bản báo yên", en: "The all-clear" },
  exercise: { vi: "Bản báo diễn tập", en: "The word that it is an exercise" },
};

/** What a part is as the station holds it; `undefined` when there is no such announcement. */
type Look = (id: AnnouncementId) => { readonly announcement: Announcement; readonly isApproved: boolean } | undefined;

/** A part that is not ready, with the reason as a sentence. */
export interface PackProblem {
  readonly part: Part;
  readonly words: Words;
}

/** What keeps a pack from being used today; empty when everything is ready. */
export function problemsOf(pack: Pack, look: Look, today: LocalDate): readonly PackProblem[] {
  return PARTS.flatMap((part) => {
    const id = pack[part];
    if (id === undefined) return [];
    const why = whyNot(look(id), part, today);
    if (why === undefined) return [];
    const { vi, en } = PART_WORDS[part];
    return [{ part, words: { vi: `${vi} («${id}») ${why.vi}.`, en: `${en} ("${id}") ${why.en}.` } }];
  });
}

function whyNot(found: ReturnType<Look>, part: Part, today: LocalDate): Words | undefined {
  if (!found) return { vi: "không còn trong đài", en: "is no longer there" };
  const { announcement, isApproved } = found;
  if (announcement.recalledAt !== undefined) return { vi: "đã bị thu hồi", en: "was recalled" };
  if (announcement.blocked) return { vi: "đang bị chặn", en: "is blocked" };
  if (announcement.class !== "emergency" && part !== "exercise")
    return { vi: "không thuộc loại khẩn cấp", en: "is not of class emergency" };
  if (!announcement.clip) return { vi: "chưa có âm thanh", en: "has no sound yet" };
  if (!isApproved) return { vi: "chưa được duyệt", en: "is not approved" };
  const { validFrom, validUntil } = announcement;
  if ((validFrom !== undefined && validFrom > today) || (validUntil !== undefined && validUntil < today))
    return { vi: "không còn hoặc chưa có hiệu lực hôm nay", en: "is not valid today" };
  return undefined;
}
