/**
 * The receivers' side of the story: the places where they stand, the care for them, the programs that they run, and what
 * they say. Taps, plans and words are told in `control.ts`.
 *
 * @module
 */
import type { Epoch } from "../../base/units.js";
import type { Alarm } from "../../domain/alarm.js";
import type { ReceiverId } from "../../domain/ids.js";
import type { Person } from "../../domain/person.js";
import type { OrderBody, StopScope } from "../../protocol/orders.js";
import type { createAirway } from "./airway.js";
import { createCare } from "./care.js";
import type { ControlParts } from "./control-parts.js";
import { createDayCopies } from "./day-copies.js";
import type { Knowledge } from "./knowledge.js";
import { createMutes } from "./mutes.js";
import { createPlaceVerbs } from "./places.js";
import { createReception, type ReceptionParts } from "./reception.js";
import type { Registry } from "./registry.js";
import { createUpdateVerbs } from "./updates.js";

export interface ReceiverSideParts extends ControlParts {
  readonly now: () => Epoch;
  readonly knowledge: Knowledge;
  readonly registry: Registry;
  readonly airway: ReturnType<typeof createAirway>;
  readonly pinned: ReceptionParts["pinned"];
  readonly stop: (scope: StopScope, by: Person) => Promise<unknown>;
  /** What whoever watches is told. */
  readonly tell: {
    readonly receiverChanged: (id: ReceiverId) => void;
    readonly receiverRemoved: (id: ReceiverId) => void;
    readonly alarm: (alarm: Alarm) => void;
    readonly alarmCleared: (id: string) => void;
    /** The list of rollouts should be fetched again; the same of complaints. */
    readonly rollouts: () => void;
    readonly complaints: () => void;
  };
}

/** Builds the verbs of receivers, and the reception to which the wire brings what they say. */
export function createReceiverSide(parts: ReceiverSideParts) {
  const { kept, knowledge, tell } = parts;
  const { receivers } = kept;
  const { tickets, whoStopped, book, desk, deliver, replan } = parts.airway;
  const onChange = tell.receiverChanged;

  const order = (body: OrderBody, receiver: ReceiverId, by: Person | string) => {
    const only = { audience: { kind: "receivers" as const, receivers: [receiver] }, receivers: [receiver] };
    const who = typeof by === "string" ? { by: { aired: by } } : { by: { aired: by.name }, person: by };
    return desk.issue({ body, ...only, class: "ordinary", ...who });
  };
  const mutes = createMutes({ ...parts, receivers, order, answersTo: desk.answersTo });
  const care = createCare({
    ...parts,
    ...{ tickets, book, order, onChange },
    onAlarm: tell.alarm,
    onCleared: tell.alarmCleared,
    onComplaints: tell.complaints,
    onService: replan,
  });
  const places = createPlaceVerbs({
    ...parts,
    ...{ receivers, book, order, mutes, onChange },
    tombstones: kept.tombstones,
    hasArea: knowledge.hasArea,
    about: care.about,
    titleOf: (cue) => tickets.open().find((ticket) => ticket.occurrence === cue)?.title,
    onPlaces: replan,
    onRemoved: tell.receiverRemoved,
  });
  const updates = createUpdateVerbs({
    ...parts,
    ...{ receivers, desk, onChange },
    rollouts: kept.rollouts,
    isSigned: parts.isManifestSigned,
    onRollouts: tell.rollouts,
  });
  const dayCopies = createDayCopies(parts);
  const reception = createReception({
    ...parts,
    ...{ dayCopies, updates, mutes, receivers, book, tickets, desk, whoStopped },
    watch: care.watch,
    stops: kept.stops,
    orderKeys: parts.keys.standing,
    onReady(receiver) {
      for (const ticket of tickets.open()) if (ticket.receivers.includes(receiver)) deliver(ticket, [receiver]);
    },
    onGone: parts.feeding.lost,
    onChange,
  });
  return { care, places, updates, reception, dayCopies };
}
