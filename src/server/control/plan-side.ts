/**
 * The verbs about playlists and schedules, built of what the station knows.
 *
 * @module
 */
import type { ControlParts } from "./control-parts.js";
import type { Knowledge } from "./knowledge.js";
import { createPlanVerbs, type PlanParts } from "./plan-verbs.js";
import { createPlaylistReview } from "./playlist-review.js";
import { approvedSlots } from "./slots.js";

interface PlanSideParts
  extends ControlParts,
    Pick<PlanParts, "timetable" | "days" | "reviewInput" | "slots" | "onEdit"> {
  readonly knowledge: Knowledge;
}

export const createPlanSide = (parts: PlanSideParts) => {
  const { kept, facts, knowledge, digest, wording } = parts;
  const { playlists, schedules, announcements, receivers } = kept;
  return createPlanVerbs({
    ...{ playlists, schedules, digest, planner: parts.planner, asRun: parts.asRun, timetable: parts.timetable },
    ...{ days: parts.days, reviewInput: parts.reviewInput, slots: parts.slots, onEdit: parts.onEdit },
    reviewPlaylist: createPlaylistReview({ announcementOf: announcements.get, context: wording, digest }),
    hasArea: knowledge.hasArea,
    approvedAmong: (all) => approvedSlots(all, { slots: kept.slots, sources: facts.radio, digest }),
    hasRadio: (source) => facts.radio.has(source),
    inArea: (receiver, area) => {
      const record = receivers.get(receiver);
      return record !== undefined && knowledge.isBelow(record.area, [area]);
    },
  });
};
