/**
 * What happened at a station on paper, for the checker of histories.
 *
 * @module
 */

import type { OccurrenceId } from "../../src/domain/ids.js";
import { placeOf } from "../../src/domain/place.js";
import type { PlanInput } from "../../src/domain/rundown.js";
import { ticketSchema } from "../../src/domain/ticket.js";
import { zoneOf } from "../../src/domain/zone.js";
import { occurrenceOf } from "../../src/protocol/messages.js";
import type { Happening, HistoryRules } from "./history.js";
import { historyOfJournal } from "./journal-history.js";
import type { PaperStation } from "./paper-station.js";

/** As the log keeps an order. */
interface IssuedOrder {
  readonly body: { readonly cue?: { readonly id: string } };
}

/** Where its loudspeakers stand on the first day of the plan. */
export function placeIn(station: Omit<PlanInput, "until">): HistoryRules["placeOf"] {
  const day = zoneOf(station.zone).toLocal(station.from).date;
  const areas = new Map(station.receivers.map(({ id, area }) => [id, area]));
  return (receiver) => {
    const area = areas.get(receiver);
    if (area === undefined) throw new Error(receiver);
    return placeOf(station, area, day);
  };
}

/** What its loudspeakers' journals tell of sounds. */
export const soundsOn = (house: PaperStation, isConfirmed?: (cue: string) => boolean): Happening[] =>
  house.speakers.flatMap(({ id, lines }) => historyOfJournal(id, lines(), isConfirmed));

/** What its programmes and orders told each of them to sound. */
export const ordersOn = (house: PaperStation): Happening[] => [
  ...house.speakers.flatMap(({ id, offered }) =>
    [...offered()].map(([cue, when]): Happening => ({ kind: "ordered", at: when, cue, receivers: [id] })),
  ),
  ...house.disk.asRun.events.flatMap(({ kind, detail }): Happening[] => {
    const cue = kind === "order.issued" ? (detail as IssuedOrder).body.cue : undefined;
    return cue ? [{ kind: "ordered", at: 0, cue: cue.id, receivers: "all" }] : [];
  }),
];

/** What its log says in the end of everything that was frozen, closed or told. */
export function recordsOn(house: PaperStation): Happening[] {
  const { log } = house.disk.asRun;
  const now = house.clock.date();
  const tickets = [...house.disk.tickets.values()].map((text) => ticketSchema.parse(JSON.parse(text)));
  const open = new Set(tickets.filter(({ closed }) => !closed).map(({ occurrence }) => occurrence));
  const dues = tickets.flatMap(({ occurrence: cue, receivers, notAfter }) =>
    receivers.map((receiver) => ({ kind: "due" as const, at: notAfter, receiver, cue })),
  );
  const frozen = new Set(tickets.map(({ occurrence }) => occurrence));
  const known = [...frozen, ...recalledBefore(house, frozen)];
  const results = known.flatMap((cue) =>
    [...log.settledAt(cue)].map(([receiver, { state }]) => ({
      ...{ kind: "result" as const, at: now, receiver, cue, state },
    })),
  );
  const closed = known.flatMap((cue) => (open.has(cue) ? [] : [{ kind: "closed" as const, at: now, cue }]));
  return [...closed, ...dues, ...results];
}

/**
 * What was recalled before it was frozen, so that the station awaits nothing of it, and a loudspeaker that had not got the new
 * programme yet tells of by itself: its own word must be in the log all the same.
 */
function recalledBefore(house: PaperStation, frozen: ReadonlySet<OccurrenceId>): readonly OccurrenceId[] {
  const told = house.speakers.flatMap(({ lines }) => lines());
  const sounded = new Set(told.filter(({ event }) => event === "started").map(({ cue }) => cue));
  const recalled = told.filter(({ event, why }) => event === "missed" && why === "recalled");
  const cues = recalled.flatMap(({ cue = "" }) => (sounded.has(cue) ? [] : (occurrenceOf(cue) ?? [])));
  return [...new Set(cues)].filter((cue) => !frozen.has(cue));
}
