import { expect } from "chai";
import { silentLog } from "../../../src/base/log.js";
import { epoch } from "../../../src/base/units.js";
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
import { aCue, aHash, aTicket } from "../../support/builders.js";
import { fakeAsRun } from "../../support/fake-as-run.js";
import { FakeClock } from "../../support/fake-clock.js";
import { fakeRecords } from "../../support/fake-records.js";
import { quietParts } from "../../support/quiet-parts.js";

const loa1 = receiverId("loa-1");
const loa2 = receiverId("loa-2");
const by = { name: "Chị Hoa" };

describe("the care of loudspeakers", () => {
  function start({ open = [] as Alarm[], quiet = false } = {}) {
    const clock = new FakeClock();
    const asRun = fakeAsRun();
    const now = () => clock.date();
    const registry = createRegistry(now);
    const alarms = new Map(open.map((alarm) => [alarm.id, alarm]));
    const receivers = fakeRecords<ReceiverId, ReceiverRecord>(
      ({ id }) => id,
      [loa1, loa2].map((id) => ({
        ...{ id, name: id, area: areaId("phuong"), kind: "fixed", pole: id === loa1 ? "C 07" : "C 08" },
        ...{ outputDelayMs: 0, pathBiasUs: 0, volume: 80, disabled: false },
        device: { publicKey: "k".repeat(43), pairedAt: 0, confirmedAt: 0, confirmedBy: "Chị Hoa", codeHash: "" },
      })),
    );
    const tickets = createTickets({
      ...quietParts,
      ...{ records: fakeRecords<TicketId, Ticket>(({ id }) => id), asRun: asRun.log, now, clock, log: silentLog },
      isConnected: registry.isConnected,
    });
    const cues = new Map<ReceiverId, Cue[]>();
    const told: string[] = [];
    const ordered: unknown[] = [];
    const care = createCare({
      kept: {
        ...{ receivers, repairs: fakeRecords<string, Repair>(({ number }) => String(number)) },
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

  it("raises an alarm within thirty seconds of a lost link, and one only while it flaps", () => {
    const { registry, care, verbs, pass, greet, kinds, told } = start();
    greet(loa1);
    greet(loa2);
    pass(60);
    for (let flap = 0; flap < 4; flap++) {
      registry.gone(loa1);
      care.watch.touch(loa1);
      pass(29);
      expect(verbs.alarms().map(({ id }) => id)).to.deep.equal(["loa-1.link-lost"]);
      greet(loa1);
      pass(30);
    }
    expect(verbs.alarms()[0]).to.include({ times: 4, isThere: false });
    expect(kinds()).to.deep.equal(["alarm.opened link-lost"]);
    pass(150);
    expect(verbs.alarms()).to.deep.equal([]);
    expect(kinds()).to.deep.equal(["alarm.opened link-lost", "alarm.cleared link-lost"]);
    expect(told.at(-1)).to.equal("cleared loa-1.link-lost");
  });

  it("counts a link that fell silent from when it was last heard of", () => {
    const { clock, registry, care, verbs, pass, greet } = start();
    greet(loa1);
    greet(loa2);
    pass(60);
    registry.gone(loa1, epoch(clock.date() - 29_000));
    care.watch.touch(loa1);
    pass(1);
    expect(verbs.alarms()).to.have.length(1);
  });

  it("keeps open alarms and who took notice over a restart", async () => {
    const before = start();
    before.pass(60);
    await before.verbs.acknowledgeAlarm("loa-1.link-lost", by);
    const after = start({ open: [...before.alarms.values()] });
    after.pass(40);
    expect(after.verbs.alarms().map(({ id, acknowledgedBy }) => [id, acknowledgedBy])).to.have.deep.members([
      ["loa-1.link-lost", "Chị Hoa"],
      ["loa-2.link-lost", undefined],
    ]);
    expect(after.kinds()).to.deep.equal([]);
    expect(before.kinds()).to.include("alarm.acknowledged link-lost");
  });

  it("finds a failed output, an untrusted clock and a full disk within thirty seconds", () => {
    const { pass, greet, condition } = start();
    greet(loa1, { sink: "failed", clock: "untrusted", health: { diskFreeBytes: 1000 } });
    pass(29);
    expect(condition(loa1).troubles).to.deep.equal(["sink-failed", "clock-untrusted", "disk-nearly-full"]);
  });

  it("finds clips that are due within the hour and missing, once they have had time to come", () => {
    const { clock, registry, care, cues, pass, greet, condition } = start();
    const cue = aCue({ at: (clock.date() + 1_800_000) * 1000 });
    cues.set(loa1, [cue]);
    greet(loa1);
    registry.clips(loa1, [], []);
    care.watch.touch(loa1);
    pass(58);
    expect(condition(loa1).troubles).to.deep.equal([]);
    pass(30);
    expect(condition(loa1).troubles).to.deep.equal(["clips-missing"]);
    registry.clips(
      loa1,
      cue.items.map(({ sha256 }) => sha256),
      [],
    );
    care.watch.touch(loa1);
    pass(1);
    expect(condition(loa1).troubles).to.deep.equal([]);
    registry.clips(loa1, [aHash("b")], []);
  });

  it("tells of one that is silent while ordered until it sounds again, and not of one that says why", async () => {
    const { clock, care, tickets, pass, greet, condition } = start();
    greet(loa1);
    greet(loa2);
    const ticket = aTicket({ start: clock.date() + 5000, end: clock.date() + 65_000, receivers: [loa1, loa2] });
    await tickets.freeze(ticket);
    tickets.heard(loa2, [{ seq: 1, event: "started", cue: ticket.occurrence, at: 1 }]);
    pass(24);
    expect(condition(loa1).troubles).to.deep.equal([]);
    pass(3);
    expect([condition(loa1).troubles, condition(loa2).troubles]).to.deep.equal([["silent-while-ordered"], []]);
    pass(300);
    expect(condition(loa1).state).to.equal("fault");
    care.watch.heard(loa1, [{ event: "started" }]);
    expect(condition(loa1).state).to.equal("ok");
  });

  it("tells of sound without order, and ends the alarm only when a person has taken notice", async () => {
    const { care, verbs, pass, greet } = start();
    greet(loa1);
    greet(loa2);
    care.watch.heard(loa1, [{ event: "unordered" }]);
    pass(2);
    expect(verbs.alarms().map(({ trouble }) => trouble)).to.deep.equal(["sound-without-order"]);
    pass(1200);
    expect(verbs.alarms()).to.have.length(1);
    await verbs.acknowledgeAlarm("loa-1.sound-without-order", by);
    pass(30);
    expect(verbs.alarms()).to.deep.equal([]);
  });

  it("tells of a key that two devices showed, instead of the links that were cut for it", () => {
    const { receivers, pass, condition } = start();
    void receivers.put({ ...(receivers.get(loa1) as ReceiverRecord), quarantine: { since: 1 } });
    pass(60);
    expect(condition(loa1)).to.deep.equal({ state: "fault", troubles: ["key-twice"] });
  });

  it("takes a loudspeaker out of service with a repair: silent at once, no alarms, its soundings missed by a person", async () => {
    const { clock, receivers, tickets, verbs, ordered, pass, told, kinds, condition, care } = start();
    pass(60);
    expect(verbs.alarms()).to.have.length(2);
    const ticket = aTicket({ start: clock.date() + 5000, receivers: [loa1, loa2] });
    await tickets.freeze(ticket);
    const repair = await verbs.openRepair({ receiver: loa1, text: "Loa rú", excludes: true }, by);
    pass(2);
    expect(ordered).to.deep.equal([{ kind: "receivers", receivers: [loa1] }]);
    expect(receivers.get(loa1)?.disabled).to.equal(true);
    expect(condition(loa1)).to.deep.equal({ state: "disabled", troubles: [] });
    expect(care.about(receivers.get(loa1) as ReceiverRecord).repair).to.include({ number: 1, text: "Loa rú" });
    expect(verbs.alarms().map(({ receiver }) => receiver)).to.deep.equal([loa2]);
    expect(tickets.open()[0]?.results[loa1]).to.deep.equal({ state: "missed", why: "excluded", by: "Chị Hoa" });
    expect(told).to.include("service");

    await verbs.closeRepair(repair.number, "Thay loa", { name: "Anh Nam" });
    expect(receivers.get(loa1)?.disabled).to.equal(false);
    expect(verbs.repairs({ open: false })[0]).to.include({ closedBy: "Anh Nam", done: "Thay loa" });
    expect(kinds()).to.include.members(["repair.opened", "repair.closed"]);
    expect((await verbs.closeRepair(1, undefined, by).catch((thrown) => thrown)).reason).to.equal("closed");
  });

  it("keeps it out of service while another repair does", async () => {
    const { receivers, verbs } = start();
    await verbs.openRepair({ receiver: loa1, text: "Loa rú", excludes: true }, by);
    await verbs.openRepair({ receiver: loa1, text: "Cột nghiêng", excludes: true }, by);
    await verbs.openRepair({ receiver: loa1, text: "Mất nắp", excludes: false }, by);
    await verbs.closeRepair(1, undefined, by);
    expect(receivers.get(loa1)?.disabled).to.equal(true);
    await verbs.closeRepair(2, undefined, by);
    expect(receivers.get(loa1)?.disabled).to.equal(false);
  });

  it("sounds no pip in quiet hours, nor at one that is out of service", async () => {
    const night = start({ quiet: true });
    expect((await night.verbs.orderTest(loa1, 500, by).catch((thrown) => thrown)).reason).to.equal("quiet-hours");
    const day = start();
    await day.verbs.openRepair({ receiver: loa2, text: "Hỏng", excludes: true }, by);
    expect((await day.verbs.orderTest(loa2, 500, by).catch((thrown) => thrown)).reason).to.equal("excluded");
    day.greet(loa1);
    await day.verbs.orderTest(loa1, 500, by);
    expect(day.ordered.at(-1)).to.deep.equal([loa1, { kind: "test", lengthMs: 500 }]);
    expect(day.condition(loa1).state).to.equal("test");
    day.pass(3);
    expect(day.condition(loa1).state).to.equal("ok");
    expect(night.ordered).to.deep.equal([]);
  });

  it("finds the loudspeaker of a complaint by its pole, and closes it only with an answer", async () => {
    const { verbs, clock, kinds } = start();
    const at = new Date(clock.date() - 60_000).toISOString();
    const complaint = await verbs.recordComplaint(
      { pole: "c-07", place: "Ngõ 3", at, what: "Quá ồn", contact: "0263 3822 145" },
      by,
    );
    expect(complaint).to.include({ number: 1, receiver: loa1, contact: "0263 3822 145" });
    expect((await verbs.closeComplaint(1, by).catch((thrown) => thrown)).reason).to.equal("no-answer");
    await verbs.updateComplaint(1, { action: "Vặn nhỏ", answer: "Đã vặn nhỏ" }, by);
    await verbs.closeComplaint(1, by);
    expect(await verbs.eraseContact(1, by)).to.not.have.property("contact");
    expect(verbs.complaints({ receiver: loa1, open: false })).to.have.length(1);
    expect(kinds()).to.deep.equal([
      ...["complaint.recorded", "complaint.changed", "complaint.closed", "complaint.contact-erased"],
    ]);
  });

  it("writes nothing that a resident said, nor who it was, into the log", async () => {
    const { verbs, clock, asRun } = start();
    const at = new Date(clock.date()).toISOString();
    await verbs.recordComplaint({ place: "Nhà 12", at, what: "Quá ồn", contact: "0263" }, by);
    await verbs.updateComplaint(1, { answer: "Đã trả lời cô Sáu" }, by);
    expect(JSON.stringify(asRun.events)).to.not.match(/0263|ồn|Nhà 12|Sáu/);
  });

  it("refuses a complaint about what is still to come, and one about a loudspeaker that is not there", async () => {
    const { verbs, clock } = start();
    const wish = { place: "Ngõ 3", what: "ồn", at: new Date(clock.date() + 1000).toISOString() };
    expect((await verbs.recordComplaint(wish, by).catch((thrown) => thrown)).path).to.equal("/at");
    const past = { ...wish, at: new Date(clock.date()).toISOString(), receiver: receiverId("khong-co") };
    expect((await verbs.recordComplaint(past, by).catch((thrown) => thrown)).path).to.equal("/receiver");
    expect(verbs.complaints()).to.deep.equal([]);
  });

  it("lists those that nobody has heard for days, the longest silent first", () => {
    const { verbs, clock, asRun } = start();
    asRun.log.lastSounds = () => new Map([[loa1, clock.date() - 4 * 86_400_000]]);
    expect(verbs.silentFor({ days: 3 }).map(({ receiver, days }) => [receiver, days])).to.deep.equal([
      [loa2, undefined],
      [loa1, 4],
    ]);
    expect(verbs.silentFor({ days: 5 }).map(({ receiver }) => receiver)).to.deep.equal([loa2]);
  });
});
