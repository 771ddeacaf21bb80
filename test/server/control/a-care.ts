import { silentLog } from "../../../src/base/log.js";
import type { Alarm } from "../../../src/domain/alarm.js";
import type { Complaint } from "../../../src/domain/complaint.js";
import { areaId, type ReceiverId, receiverId } from "../../../src/domain/ids.js";
import type { Repair } from "../../../src/domain/repair.js";
import type { Ticket, TicketId } from "../../../src/domain/ticket.js";
import type { HelloBody, StateBody } from "../../../src/protocol/messages.js";
import type { Cue } from "../../../src/protocol/orders.js";
import { createCare } from "../../../src/server/control/care.js";
import type { Kept, Knowledge } from "../../../src/server/control/knowledge.js";
import type { ProgrammeBook } from "../../../src/server/control/programme-book.js";
import type { ReceiverRecord } from "../../../src/server/control/receiver-records.js";
import { createRegistry } from "../../../src/server/control/registry.js";
import { createTickets } from "../../../src/server/control/tickets.js";
import { fakeAsRun } from "../../support/fake-as-run.js";
import { FakeClock } from "../../support/fake-clock.js";
import { fakeRecords } from "../../support/fake-records.js";
import { quietParts } from "../../support/quiet-parts.js";

export const loa1 = receiverId("loa-1");
export const loa2 = receiverId("loa-2");
export const by = { name: "Chị Hoa" };

/** The care of two loudspeakers, `loa-1` at pole C 07 and `loa-2` at C 08, neither of them connected. */
export function startCare({
  open = [] as Alarm[],
  quiet = false,
  disabled = [] as ReceiverId[],
  repairs = [] as { receiver: ReceiverId; excludes: boolean }[],
} = {}) {
  const clock = new FakeClock();
  const asRun = fakeAsRun();
  const now = () => clock.date();
  const registry = createRegistry(now);
  const alarms = new Map(open.map((alarm) => [alarm.id, alarm]));
  const receivers = fakeRecords<ReceiverId, ReceiverRecord>(
    ({ id }) => id,
    [loa1, loa2].map((id) => ({
      ...{ id, name: id, area: areaId("phuong"), kind: "fixed", pole: id === loa1 ? "C 07" : "C 08" },
      ...{ outputDelayMs: 0, pathBiasUs: 0, volume: 80, disabled: disabled.includes(id) },
      device: { publicKey: "k".repeat(43), pairedAt: 0, confirmedAt: 0, confirmedBy: "Chị Hoa", codeHash: "" },
    })),
  );
  const tickets = createTickets({
    ...quietParts,
    ...{ records: fakeRecords<TicketId, Ticket>(({ id }) => id), asRun: asRun.log, now, clock, log: silentLog },
    isConnected: registry.isConnected,
  });
  const keptRepairs = fakeRecords<string, Repair>(
    ({ number }) => String(number),
    repairs.map((one, index) => ({ number: index + 1, text: "Hỏng", openedBy: "", openedAt: 0, ...one })),
  );
  const cues = new Map<ReceiverId, Cue[]>();
  const told: string[] = [];
  const ordered: unknown[] = [];
  const care = createCare({
    kept: {
      ...{
        receivers,
        repairs: keptRepairs,
      },
      complaints: fakeRecords<string, Complaint>(({ number }) => String(number)),
      alarms: {
        all: () => [...alarms.values()],
        async commit(steps: readonly ({ put: Alarm } | { delete: string })[]) {
          for (const step of steps)
            if ("put" in step) alarms.set(step.put.id, step.put);
            else alarms.delete(step.delete);
        },
      },
    } as unknown as Kept,
    pipeline: {} as never,
    removeFile: async () => {},
    ...{ asRun: asRun.log, registry, tickets, log: silentLog, stationClock: { date: now } as never },
    knowledge: {
      areaName: () => "Phường thử",
      place: () => ({
        ...{ zone: "Asia/Ho_Chi_Minh", areas: [areaId("phuong")], sensitive: false },
        policies: [
          {
            ...{ area: areaId("phuong"), golden: [], weekdays: [1, 2, 3, 4, 5, 6, 7], volume: [], raises: [] },
            quiet: quiet ? [{ from: "00:00", to: "23:59" }] : [],
            quietSensitive: [],
          },
        ],
      }),
    } as unknown as Knowledge,
    book: { cuesOf: (id: ReceiverId) => cues.get(id) ?? [] } as unknown as ProgrammeBook,
    order: async (body, receiver) => ordered.push([receiver, body]),
    stop: async (scope) => ordered.push(scope),
    onAlarm: ({ id }) => told.push(id),
    onCleared: (id) => told.push(`cleared ${id}`),
    onChange: () => {},
    onComplaints: () => told.push("complaints"),
    onService: () => told.push("service"),
  });
  const pass = (seconds: number) => {
    for (let second = 0; second < seconds; second++) {
      clock.advance(1000);
      care.beat();
    }
  };
  const greet = (id: ReceiverId, more: Partial<StateBody> = {}) => {
    registry.hello(id, { software: "loa 0", programmeRevision: 1 } as HelloBody);
    const state = { now: [], volume: 60, muted: false, bufferMs: 0, late: 0, underruns: 0, clockErrorUs: 1 };
    registry.state(id, { ...state, clock: "trusted", sink: "ok", ...more });
    care.watch.said(id);
  };
  const kinds = () => asRun.events.map(({ kind, why }) => (why === undefined ? kind : `${kind} ${why}`));
  const condition = (id: ReceiverId) => care.about(receivers.get(id) as ReceiverRecord).condition;
  const verbs = care.verbs;
  return {
    clock,
    asRun,
    registry,
    receivers,
    keptRepairs,
    tickets,
    cues,
    care,
    verbs,
    alarms,
    told,
    ordered,
    pass,
    greet,
    kinds,
    condition,
  };
}
