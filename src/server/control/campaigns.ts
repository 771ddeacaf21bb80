/**
 * Campaigns: begun, kept up with the newest bulletin, ended. Each is a schedule and a playlist that nobody has to write.
 *
 * @module
 */
import { Fault } from "../../base/errors.js";
import type { Announcement } from "../../domain/announcement.js";
import { type Campaign, type CampaignDraft, campaignName, playlistOf, scheduleOf } from "../../domain/campaign.js";
import type { AnnouncementId, PlaylistId, ScheduleId } from "../../domain/ids.js";
import type { Person } from "../../domain/person.js";
import { stampOf } from "../../domain/stamp.js";
import type { PlanVerbs } from "./plan-verbs.js";
import type { AsRunLog, Records } from "./ports.js";

export interface CampaignParts {
  readonly campaigns: Records<string, Campaign>;
  readonly announcement: (id: AnnouncementId) => Announcement;
  readonly isApproved: (announcement: Announcement) => boolean;
  readonly plan: Pick<PlanVerbs, "putPlaylist" | "putSchedule" | "removePlaylist" | "removeSchedule">;
  /** Civil time, ISO 8601. */
  readonly now: () => string;
  readonly asRun: Pick<AsRunLog, "event">;
}

export function createCampaignVerbs({ campaigns, announcement, isApproved, plan, now, asRun }: CampaignParts) {
  const get = (id: string): Campaign => {
    const found = campaigns.get(id);
    if (found) return found;
    throw new Fault("not-found", { vi: `Không có đợt phát «${id}».`, en: `There is no campaign "${id}".` });
  };
  /** An unapproved bulletin would silence the campaign instead of the older one. */
  const mustBeApproved = (id: AnnouncementId) => {
    const bulletin = announcement(id);
    if (isApproved(bulletin) && bulletin.recalledAt === undefined && bulletin.blocked === undefined) return;
    throw new Fault(
      "forbidden",
      {
        vi: `«${bulletin.title}» chưa được duyệt nên chưa đưa vào đợt phát. Bản tin trước vẫn phát tiếp.`,
        en: `"${bulletin.title}" is not approved, so it does not enter the campaign. The former bulletin goes on.`,
      },
      { reason: "not-approved", path: "/bulletin" },
    );
  };
  const names = (campaign: Pick<Campaign, "id">) => {
    const name = campaignName(campaign);
    return { playlist: name as PlaylistId, schedule: name as ScheduleId };
  };

  return {
    campaigns: () => campaigns.all(),
    campaign: get,

    /** Plans it. @throws Fault "conflict" when there is one of that name; "forbidden", reason `quiet-hours` (R1) */
    async startCampaign(draft: CampaignDraft, by: Person) {
      if (campaigns.get(draft.id))
        throw new Fault("conflict", {
          vi: `Đã có đợt phát «${draft.id}».`,
          en: `There is a campaign "${draft.id}" already.`,
        });
      mustBeApproved(draft.bulletin);
      await plan.putPlaylist(playlistOf(draft), { expected: "*", by });
      try {
        await plan.putSchedule(scheduleOf(draft), { expected: undefined, by });
      } catch (thrown) {
        await plan.removePlaylist(names(draft).playlist, { expected: "*", by });
        throw thrown;
      }
      const campaign: Campaign = { ...draft, startedBy: stampOf(by, now()) };
      await campaigns.put(campaign);
      asRun.event({ kind: "campaign.started", by, after: campaign, announcements: [draft.bulletin] });
      return campaign;
    },

    /** The next time and from then on this bulletin sounds. What is frozen for air already sounds as it was. */
    async setBulletin(id: string, bulletin: AnnouncementId, by: Person) {
      const before = get(id);
      mustBeApproved(bulletin);
      const after: Campaign = { ...before, bulletin, changedBy: stampOf(by, now()) };
      await plan.putPlaylist(playlistOf(after), { expected: "*", by });
      await campaigns.put(after);
      asRun.event({ kind: "campaign.changed", by, before, after, announcements: [bulletin] });
      return after;
    },

    /** Plans nothing more of it; what sounds now sounds to its end. */
    async endCampaign(id: string, by: Person) {
      const before = get(id);
      const { schedule, playlist } = names(before);
      await plan.removeSchedule(schedule, { expected: "*", by });
      await plan.removePlaylist(playlist, { expected: "*", by });
      await campaigns.delete(id);
      asRun.event({ kind: "campaign.ended", by, before });
    },
  };
}
