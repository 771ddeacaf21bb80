/**
 * Relayed radio as the rest of the control sees it: its verbs, its part in every stop and every lost connection, and who may be relayed.
 *
 * @module
 */
import type { ControlParts } from "./control-parts.js";
import type { Knowledge } from "./knowledge.js";
import { createRadioDesk, type RadioDeskParts } from "./radio-desk.js";
import { approvedSlots, createSlots, type SlotParts } from "./slots.js";

interface RadioSideParts extends ControlParts, Pick<RadioDeskParts, "now" | "desk" | "registry"> {
  readonly knowledge: Knowledge;
  readonly onChange: SlotParts["onChange"];
}

export function createRadioSide(parts: RadioSideParts) {
  const { radio, live, facts, kept, asRun, clock, log, now, stationClock, digest, onChange } = parts;
  const sources = facts.radio;
  const desk = createRadioDesk({
    ...{ radio, feeds: radio.feeds, sources, packetsOf: live.packetsOf, micros: stationClock.micros },
    ...{ desk: parts.desk, registry: parts.registry, knowledge: parts.knowledge, asRun, clock, now, log },
    isApproved: (id) => {
      const schedule = kept.schedules.get(id);
      return schedule !== undefined && approvedSlots([schedule], { slots: kept.slots, sources, digest }).length > 0;
    },
    isRecalled: (id) => kept.announcements.get(id)?.recalledAt !== undefined,
  });
  const slots = createSlots({
    ...{ slots: kept.slots, schedules: kept.schedules, sources, digest, asRun, onChange },
    rule: parts.twoPeople,
    now: () => new Date(now()).toISOString(),
  });
  return { ...desk, slots, verbs: slots.verbs };
}
