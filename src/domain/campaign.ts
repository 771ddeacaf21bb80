/**
 * A campaign, as in a storm: the newest bulletin again and again within the hours of a window, until a newer one comes, and an end.
 *
 * @module
 */
import * as z from "zod/mini";
import { announcementIdSchema, type PlaylistId, type ScheduleId } from "./ids.js";
import { type LocalTime, localDateSchema, localTime, secondsOf, timeRangeSchema } from "./local-time.js";
import { type Playlist, playlistSchema } from "./playlist.js";
import { type Schedule, scheduleSchema, targetsSchema } from "./schedule.js";
import { stampSchema } from "./stamp.js";
import { titleSchema } from "./title.js";

/** Soundings a day, at most: what a schedule holds. */
const MOST_A_DAY = 96;

/** 1 to 48 of a-z, 0-9 and `-`: its schedule's and playlist's names are made of it. */
const ID = z.string().check(z.regex(/^[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?$/));

const fields = {
  id: ID,
  title: titleSchema,
  targets: targetsSchema,
  /** First and last day. */
  from: localDateSchema,
  until: localDateSchema,
  /** Each day from this hour on, and up to but not including that. */
  window: timeRangeSchema,
  everyMinutes: z.int().check(z.gte(5), z.lte(720)),
  bulletin: announcementIdSchema,
};

const hasTimes = ({ window, everyMinutes }: { window: z.infer<typeof timeRangeSchema>; everyMinutes: number }) => {
  const length = secondsOf(window.to) - secondsOf(window.from);
  return length > 0 && length / (everyMinutes * 60) <= MOST_A_DAY;
};

/** What somebody asks for. */
export const campaignDraftSchema = z.strictObject(fields).check(
  z.refine(hasTimes, { path: ["everyMinutes"], message: "the window holds no times, or more than 96" }),
  z.refine(({ from, until }) => from <= until, { path: ["until"], message: "it ends before it begins" }),
);
export type CampaignDraft = z.infer<typeof campaignDraftSchema>;

export const campaignSchema = z.strictObject({
  ...fields,
  startedBy: stampSchema,
  /** Who brought the newest bulletin. */
  changedBy: z.optional(stampSchema),
});
export type Campaign = z.infer<typeof campaignSchema>;

/** The name that its schedule and its playlist share. */
export const campaignName = ({ id }: Pick<Campaign, "id">): string => `chien-dich-${id}`;

/** From the beginning of the window on, in its rhythm. */
export function timesOf({ window, everyMinutes }: Pick<Campaign, "window" | "everyMinutes">): LocalTime[] {
  const times: LocalTime[] = [];
  for (let at = secondsOf(window.from); at < secondsOf(window.to); at += everyMinutes * 60)
    times.push(localTime(`${two(at / 3600)}:${two((at / 60) % 60)}`));
  return times;
}
const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");

/** What it plans: priority, for it goes before what the ward says every day. */
export const scheduleOf = (campaign: CampaignDraft): Schedule =>
  scheduleSchema.parse({
    id: campaignName(campaign) as ScheduleId,
    playlist: campaignName(campaign) as PlaylistId,
    ...{ title: campaign.title, class: "priority", targets: campaign.targets },
    ...{ start: campaign.from, until: campaign.until, rule: "FREQ=DAILY", at: timesOf(campaign) },
    // What is late by half of the rhythm is left to the next time.
    ...{ lateMs: Math.min(7_200_000, campaign.everyMinutes * 30_000), order: 1 },
  });

export const playlistOf = (campaign: CampaignDraft): Playlist =>
  playlistSchema.parse({
    ...{ id: campaignName(campaign), title: campaign.title },
    items: [{ kind: "announcement", announcement: campaign.bulletin }],
  });
