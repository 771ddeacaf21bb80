/**
 * The radio slots of the station, and which of them wait for whoever sits here.
 *
 * @module
 */
import type { Schedule } from "../../../domain/schedule.js";
import type { SlotView } from "../../../server/api/radio-routes.js";
import type { Kept } from "../ask.js";
import { fetchRadio, fetchSchedules } from "../lists.js";
import { now, zone } from "../live/line.js";
import { useFetched } from "../pieces/fetched.js";
import { mayDo } from "../session.js";
import { localDateOf } from "../words/times.js";

/** A slot with its schedule. */
export interface WaitingSlot {
  readonly slot: SlotView;
  readonly schedule: Schedule;
}

/** Whether whoever sits here may approve it. */
export const mayApproveSlot = ({ class: of, targets }: Schedule): boolean =>
  mayDo(
    "approve",
    { classes: [of], areas: targets.areas.length > 0 ? targets.areas : "anywhere", kinds: targets.kinds },
    localDateOf(now.value, zone.value),
  );

const fetchAll = async () => {
  const radio = await fetchRadio();
  // Without a slot nobody needs the schedules.
  const schedules: readonly Kept<Schedule>[] = radio.slots.length > 0 ? await fetchSchedules() : [];
  return { ...radio, schedules: new Map(schedules.map(({ value }) => [value.id, value])) };
};

export function useSlots() {
  const radio = useFetched(fetchAll, [], ["schedules"]);
  const waiting = (radio.value?.slots ?? []).flatMap((slot): WaitingSlot[] => {
    const schedule = radio.value?.schedules.get(slot.schedule);
    return schedule && !slot.isApproved && mayApproveSlot(schedule) ? [{ slot, schedule }] : [];
  });
  return { ...radio, waiting };
}
