/**
 * Playlists and schedules by which something must be aired are changed by whoever ordered it, not by the wards.
 *
 * @module
 */
import { Fault } from "../../base/errors.js";
import type { PlaylistId, ScheduleId } from "../../domain/ids.js";
import type { PlanVerbs } from "./plan-verbs.js";

/** @param isMandated whether a schedule, with the playlist of its name, belongs to a bulletin that must be aired */
export function guardMandates(plan: PlanVerbs, isMandated: (id: string) => boolean) {
  const mustBeFree = (id: PlaylistId | ScheduleId) => {
    if (isMandated(id)) throw mandated();
  };
  return {
    ...plan,
    async putPlaylist(...[value, saving]: Parameters<PlanVerbs["putPlaylist"]>) {
      mustBeFree(value.id);
      return plan.putPlaylist(value, saving);
    },
    async removePlaylist(...[id, saving]: Parameters<PlanVerbs["removePlaylist"]>) {
      mustBeFree(id);
      return plan.removePlaylist(id, saving);
    },
    async putSchedule(...[value, saving]: Parameters<PlanVerbs["putSchedule"]>) {
      mustBeFree(value.id);
      return plan.putSchedule(value, saving);
    },
    async removeSchedule(...[id, saving]: Parameters<PlanVerbs["removeSchedule"]>) {
      mustBeFree(id);
      return plan.removeSchedule(id, saving);
    },
    async enableSchedule(...[id, enabled, by]: Parameters<PlanVerbs["enableSchedule"]>) {
      mustBeFree(id);
      return plan.enableSchedule(id, enabled, by);
    },
  };
}

/** Somebody wants to change what the city's office has ordered. */
export const mandated = () =>
  new Fault(
    "forbidden",
    {
      vi: "Đây là bản tin bắt buộc của thành phố. Không có gì thay đổi. Hãy đề nghị nơi ra yêu cầu bỏ yêu cầu trước. Khi cần im ngay, vẫn dừng hoặc thu hồi được.",
      en: "The city's office has ordered this to be aired. Nothing was changed. Ask that office to end its order first. It can always be stopped or recalled.",
    },
    { reason: "mandatory" },
  );
