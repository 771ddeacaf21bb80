/**
 * The way from the plan to the receivers, built once: rundown, tickets, programmes, orders, delivery, and the beat that moves
 * them.
 *
 * @module
 */
import { epoch, type Ms, seconds, toMicros } from "../../base/units.js";
import type { ReceiverId } from "../../domain/ids.js";
import { createBreath } from "./breath.js";
import type { ControlParts } from "./control.js";
import type { Days } from "./days.js";
import { createDelivery, type DeliveryParts } from "./delivery.js";
import { createHeartbeat } from "./heartbeat.js";
import type { Knowledge } from "./knowledge.js";
import { oneAtATime } from "./one-at-a-time.js";
import { createOrderDesk } from "./order-desk.js";
import { createProgrammeBook } from "./programme-book.js";
import type { Registry } from "./registry.js";
import { createTickets } from "./tickets.js";
import { createTimetable } from "./timetable.js";
import { createWhoStopped } from "./who-stopped.js";

export interface AirwayParts extends ControlParts {
  readonly knowledge: Knowledge;
  readonly registry: Registry;
  readonly days: Days;
  readonly onPlanned: () => void;
  /** Brings what is spoken now to these receivers. */
  readonly joinLive: DeliveryParts["joinLive"];
  readonly relayRadio: DeliveryParts["relayRadio"];
}

export function createAirway(parts: AirwayParts) {
  const { facts, kept, asRun, wire, feeding, clock, stationClock, digest, log, knowledge, registry, days } = parts;
  const now = stationClock.date;
  /** Policies are read when the station starts, so their name holds until it ends. */
  const policyVersion = digest(JSON.stringify([facts.zone, facts.policies])).slice(0, 16);
  const timetable = createTimetable({
    zone: facts.zone,
    days,
    clock,
    planner: parts.planner,
    situation: knowledge.situation,
    digest,
    onPlanned() {
      programmes.request();
      void beat(seconds(0));
      parts.onPlanned();
    },
    log,
  });
  const areaOf = (receiver: ReceiverId) => kept.receivers.get(receiver)?.area;
  const whoStopped = createWhoStopped(kept.stops, knowledge.isBelow);
  const tickets = createTickets({
    ...{ records: kept.tickets, asRun, now, clock, log, areaOf },
    announcementOf: kept.announcements.get,
    isConnected: registry.isConnected,
    lastSeen: (receiver) => registry.get(receiver)?.lastSeen ?? asRun.lastSignOf(receiver),
    stopOf: ({ occurrence: cue, items, start, end }, receiver) =>
      whoStopped({
        ...{ receiver, cue, area: areaOf(receiver) },
        announcements: items.flatMap(({ announcement }) => announcement ?? []),
        dueAt: toMicros(epoch(start)),
        until: toMicros(epoch(end)),
      }),
    breathe: createBreath(clock),
  });
  const book = createProgrammeBook({
    offers: kept.offers,
    digest,
    now,
    placeOf: knowledge.place,
    bytesOf: knowledge.bytesOf,
    peopleBehind: knowledge.peopleBehind,
    breathe: createBreath(clock),
    sign: (text) => parts.sign("programme", text),
    policyVersion: () => policyVersion,
    log,
    isConnected: registry.isConnected,
    heldBy: (id) => registry.get(id)?.programmeHeld ?? 0,
    offer: wire.offerProgramme,
  });
  const desk = createOrderDesk({
    now: stationClock.micros,
    number: parts.nextOrder,
    newId: parts.newId,
    sign: (text, urgency) => parts.sign("order", text, urgency === "stop" ? "stop" : undefined),
    policyVersion: () => policyVersion,
    send: wire.sendOrder,
    record: asRun.event,
    onUnrecorded: ({ id }, thrown) => log.error("stop.not-recorded", { order: id, thrown }),
  });
  const deliver = createDelivery({
    ...{ registry, book, desk, feeding, now, log },
    audienceOf: knowledge.audienceOf,
    ...{ joinLive: parts.joinLive, relayRadio: parts.relayRadio },
  });
  const programmes = oneAtATime(
    async () => {
      const rundown = timetable.rundown();
      if (rundown)
        await book.refresh(
          rundown,
          knowledge.receivers(),
          tickets.open().filter(({ isLive }) => !isLive),
        );
    },
    (thrown) => log.error("programmes.not-kept", { thrown }),
  );
  const heartbeat = createHeartbeat({
    timetable,
    tickets,
    bytesOf: knowledge.bytesOf,
    peopleBehind: knowledge.peopleBehind,
    asRun,
    now,
    deliver,
    aliveUntil: parts.aliveUntil,
    log,
  });
  let beating: Promise<void> = Promise.resolve();
  const beat = (since: Ms): Promise<void> => {
    programmes.retry();
    book.tellOn();
    desk.writeDown();
    beating = heartbeat.beat(since).catch((thrown: unknown) => log.error("beat.failed", { thrown }));
    return beating;
  };

  return {
    timetable,
    tickets,
    whoStopped,
    book,
    desk,
    deliver,
    beat,
    /** What is planned may be different: plan anew at once, not at the next beat. */
    replan() {
      timetable.invalidate();
      // Edits of one moment are one plan.
      clock.after(seconds(0), () => void timetable.refresh());
    },
    /** Whether nothing sounds nor is about to: then the clock may be stepped. */
    isSilent: () =>
      tickets.open().every((ticket) => now() < ticket.start - 10_000 || now() > ticket.end) && !registry.isAnyBusy(),
    /** Plans no more; resolves when what is being written is on disk. */
    async close() {
      timetable.close();
      await programmes.idle();
      await beating;
    },
  };
}
