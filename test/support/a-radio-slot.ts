import { silentLog } from "../../src/base/log.js";
import { epoch, type Micros, toMicros } from "../../src/base/units.js";
import {
  type AnnouncementId,
  announcementId,
  occurrenceId,
  type ReceiverId,
  radioId,
  receiverId,
  scheduleId,
  sha256,
} from "../../src/domain/ids.js";
import type { RadioPacket, Tuned } from "../../src/domain/radio.js";
import type { Ticket } from "../../src/domain/ticket.js";
import type { HelloBody, StateBody } from "../../src/protocol/messages.js";
import type { OrderWish } from "../../src/server/control/order-desk.js";
import type { AsRunLog } from "../../src/server/control/ports.js";
import { createRadioDesk } from "../../src/server/control/radio-desk.js";
import { createRegistry } from "../../src/server/control/registry.js";
import { FakeClock } from "./fake-clock.js";

/** A slot of relayed radio at the control, with a station and loudspeakers that the test plays. @module */
export const [loa1, loa2] = ["loa-1", "loa-2"].map(receiverId) as [ReceiverId, ReceiverId];
export const RADIO = Uint8Array.of(0x78, 1);
export const SONG = Uint8Array.of(0x78, 2);
export const NEWS = announcementId("du-phong");
export const SOURCE = { id: radioId("dai-tinh"), title: "Đài tỉnh", url: "http://radio.example/", allowPrivate: false };

/** A slot of twenty seconds that begins in thirty, with a fallback of four. */
export function aRadioSlot() {
  const clock = new FakeClock(Date.UTC(2026, 10, 23, 3));
  const micros = (): Micros => toMicros(clock.date());
  const begin = clock.date() + 30_000;
  const ticket: Ticket = {
    ...{ id: "tiep-am#1" as never, occurrence: occurrenceId("tiep-am", begin), title: "Thời sự" },
    ...{ class: "ordinary", order: 100, schedule: scheduleId("tiep-am") },
    ...{
      planned: begin,
      start: begin,
      end: begin + 20_000,
      notAfter: begin + 120_000,
      resume: "continue",
      radio: SOURCE.id,
    },
    items: [
      { announcement: NEWS, sha256: sha256("a".repeat(64)), bytes: 1, offsetMs: 1_000, durationMs: 4_000, gainDb: 0 },
    ],
    ...{ receivers: [loa1, loa2], results: {}, closed: false },
  };
  const registry = createRegistry(() => clock.date());
  const comes = (id: ReceiverId, now: object[] = []) => {
    registry.hello(id, { software: "" } as HelloBody);
    registry.state(id, { clock: "trusted", now } as unknown as StateBody);
  };
  const station = { plays: true, approved: true, silent: false, tuned: 0, held: [] as RadioPacket[] };
  const tuned: Tuned = {
    take: (count) => station.held.splice(0, count),
    held: () => station.held.length,
    isSilent: () => station.silent,
    problem: () => (station.plays ? undefined : "ENOTFOUND"),
    close: () => {
      station.tuned -= 1;
    },
  };
  const pushed: { at: number; packets: readonly RadioPacket[]; isLast: boolean }[] = [];
  const members = new Set<ReceiverId>();
  const orders: OrderWish[] = [];
  const events: Parameters<AsRunLog["event"]>[0][] = [];
  const recalled = new Set<AnnouncementId>();
  const desk = createRadioDesk({
    ...{ registry, clock, now: () => clock.date(), micros, log: silentLog, sources: new Map([[SOURCE.id, SOURCE]]) },
    radio: {
      tune: () => {
        station.tuned += 1;
        return tuned;
      },
    },
    feeds: {
      open: () => ({
        ...{ stream: 9, sealKey: "A".repeat(43), close: () => {} },
        push: (packets, at, isLast) => pushed.push({ packets, at, isLast }),
        add: (id) => members.add(id),
        remove: (id) => members.delete(id),
      }),
    },
    packetsOf: async () => Array<Uint8Array>(200).fill(SONG),
    isRecalled: (id) => recalled.has(id),
    isApproved: () => station.approved,
    desk: {
      issue: async (wish) => {
        orders.push(wish);
        return { id: "order1" } as never;
      },
    },
    knowledge: { audienceOf: (ids) => ({ kind: "receivers", receivers: [...ids] }) },
    asRun: { event: (line) => events.push(line) },
  });
  /** Lets time pass with a beat a second, as the tick does, while the station plays in real time. */
  const pass = async (span: number) => {
    for (let second = 0; second < span; second++) {
      if (station.plays && station.tuned > 0)
        for (let n = 0; n < 50; n++) station.held.push({ packet: RADIO, isBreak: false });
      station.held.splice(0, station.held.length - 400);
      desk.deliver(ticket, ticket.receivers);
      clock.advance(1_000);
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    }
  };
  /** What is heard at each second of the slot: `R` the station, `S` the fallback, `.` silence. */
  const heard = () => {
    const line = Array<string>(20).fill("?");
    for (const { at, packets } of pushed)
      for (const [index, { packet }] of packets.entries()) {
        const second = Math.floor((at + index * 20_000 - toMicros(epoch(begin))) / 1e6);
        line[second] = packet === RADIO ? "R" : packet === SONG ? "S" : ".";
      }
    return line.join("");
  };
  comes(loa1);
  return {
    clock,
    ticket,
    begin,
    desk,
    station,
    pushed,
    members,
    orders,
    events,
    recalled,
    comes,
    registry,
    pass,
    heard,
  };
}
export type RadioScene = ReturnType<typeof aRadioSlot>;
export const told = ({ events }: RadioScene) => events.map(({ kind }) => kind);
