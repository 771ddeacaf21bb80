import { expect } from "chai";
import { areaId, receiverId } from "../../../src/domain/ids.js";
import type { ReceiverRecord } from "../../../src/server/control/receiver-records.js";
import { aTicket } from "../../support/builders.js";
import { by, loa1, loa2, startCare as start } from "./a-care.js";

describe("repairs and complaints", () => {
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

  it("keeps with a repair where the loudspeaker stood, and writes its line once it is kept", async () => {
    const { verbs, receivers, asRun, keptRepairs } = start();
    const order: string[] = [];
    const put = keptRepairs.put;
    keptRepairs.put = async (...args) => {
      const version = await put(...args);
      order.push(`kept, ${asRun.events.filter(({ kind }) => kind.startsWith("repair.")).length} lines`);
      return version;
    };
    await verbs.openRepair({ receiver: loa1, text: "Loa rú", excludes: false }, by);
    await receivers.delete(loa1);
    await verbs.closeRepair(1, undefined, by);
    expect(verbs.repairs()[0]).to.include({ area: "phuong", closedBy: "Chị Hoa" });
    expect(order).to.deep.equal(["kept, 0 lines", "kept, 1 lines"]);
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

  it("brings places and repairs together again that a stopped run or an older version left apart", async () => {
    const { receivers, verbs } = start({ disabled: [loa2], repairs: [{ receiver: loa1, excludes: true }] });
    expect([receivers.get(loa1)?.disabled, receivers.get(loa2)?.disabled]).to.deep.equal([true, true]);
    expect(verbs.repairs().map(({ receiver, number }) => [number, receiver])).to.deep.equal([
      [2, loa2],
      [1, loa1],
    ]);
    await verbs.closeRepair(2, undefined, by);
    expect(receivers.get(loa2)?.disabled).to.equal(false);
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
    await verbs.updateComplaint(1, { action: "Vặn nhỏ", answer: "Đã vặn nhỏ" }, { expected: "*", by });
    await verbs.closeComplaint(1, by);
    for (const change of [{ answer: "Chưa làm gì" }, { action: "Không" }, { taken: true }]) {
      const refused = await verbs.updateComplaint(1, change, { expected: "*", by }).catch((thrown) => thrown);
      expect(refused.reason, JSON.stringify(change)).to.equal("closed");
    }
    expect(await verbs.eraseContact(1, by)).to.not.have.property("contact");
    expect(verbs.complaints({ receiver: loa1, open: false })[0]?.answer).to.equal("Đã vặn nhỏ");
    expect(kinds()).to.deep.equal([
      ...["complaint.recorded", "complaint.changed", "complaint.closed", "complaint.contact-erased"],
    ]);
  });

  it("keeps where a complaint's loudspeaker stood, whatever becomes of it, until another one is named", async () => {
    const { verbs, clock, asRun, receivers } = start();
    const at = new Date(clock.date() - 60_000).toISOString();
    const { number } = await verbs.recordComplaint({ pole: "C 07", place: "Ngõ 3", at, what: "Quá ồn" }, by);
    await receivers.put({ ...(receivers.get(loa1) as ReceiverRecord), area: areaId("phuong-2") });
    await verbs.updateComplaint(number, { receiver: loa1, answer: "Đã vặn nhỏ" }, { expected: "*", by });
    expect(verbs.complaints()[0]).to.include({ receiver: loa1, area: "phuong" });
    await receivers.delete(loa1);
    await verbs.closeComplaint(number, by);
    expect(verbs.complaints()[0]).to.include({ receiver: loa1, area: "phuong" });
    expect(asRun.events.map(({ area }) => area)).to.deep.equal(["phuong", "phuong", "phuong"]);

    await receivers.put({ ...(receivers.get(loa2) as ReceiverRecord), area: areaId("phuong-3") });
    await verbs.updateComplaint(number, { receiver: loa2 }, { expected: "*", by });
    expect(verbs.complaints()[0]).to.include({ receiver: loa2, area: "phuong-3" });
  });

  it("knows who works on a complaint until they give it back, and tells whoever watches", async () => {
    const { verbs, clock, told, asRun } = start();
    const at = new Date(clock.date()).toISOString();
    const { number } = await verbs.recordComplaint({ place: "Ngõ 3", at, what: "Quá ồn" }, by);
    const nam = { name: "Anh Nam" };
    const taken = await verbs.updateComplaint(number, { taken: true }, { expected: "*", by: nam });
    expect(taken).to.include({ takenBy: "Anh Nam", takenAt: at });
    await verbs.updateComplaint(number, { action: "Vặn nhỏ" }, { expected: "*", by });
    expect(verbs.complaints()[0]).to.include({ takenBy: "Anh Nam", action: "Vặn nhỏ" });
    await verbs.updateComplaint(number, { taken: false }, { expected: "*", by: nam });
    expect(verbs.complaints()[0]?.takenBy).to.equal(undefined);
    expect(told).to.deep.equal(Array.from({ length: 4 }, () => "complaints"));
    expect(asRun.changes[1]?.after).to.include({ takenBy: "Anh Nam" });
  });

  it("writes nothing that a resident said, nor who it was, into the log", async () => {
    const { verbs, clock, asRun } = start();
    const at = new Date(clock.date()).toISOString();
    await verbs.recordComplaint({ place: "Nhà 12", at, what: "Quá ồn", contact: "0263" }, by);
    await verbs.updateComplaint(1, { answer: "Đã trả lời cô Sáu" }, { expected: "*", by });
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
