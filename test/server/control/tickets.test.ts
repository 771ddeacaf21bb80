import { expect } from "chai";
import { silentLog } from "../../../src/base/log.js";
import { areaId, type ReceiverId, receiverId } from "../../../src/domain/ids.js";
import type { Ticket, TicketId } from "../../../src/domain/ticket.js";
import type { JournalLine } from "../../../src/protocol/messages.js";
import { createTickets } from "../../../src/server/control/tickets.js";
import { anAnnouncement } from "../../support/a-station.js";
import { aTicket } from "../../support/builders.js";
import { fakeAsRun } from "../../support/fake-as-run.js";
import { FakeClock } from "../../support/fake-clock.js";
import { fakeRecords } from "../../support/fake-records.js";
import { quietParts } from "../../support/quiet-parts.js";

const loa1 = receiverId("loa-1");
const loa2 = receiverId("loa-2");

describe("tickets", () => {
  function start(connected: readonly string[] = [loa1, loa2]) {
    const clock = new FakeClock();
    const records = fakeRecords<TicketId, Ticket>(({ id }) => id);
    const asRun = fakeAsRun();
    let title = "Tin";
    const tickets = createTickets({
      ...quietParts,
      announcementOf: () => anAnnouncement("tin", 2, { title, topic: "thu", source: "12/MAU-KH" }),
      records,
      asRun: asRun.log,
      isConnected: (receiver) => connected.includes(receiver),
      now: () => clock.date(),
      clock,
      log: silentLog,
    });
    const ticket = aTicket({ start: clock.date() + 1000, receivers: [loa1, loa2] });
    const line = (event: JournalLine["event"], fields: Partial<JournalLine> = {}): JournalLine => ({
      seq: 1,
      event,
      cue: ticket.occurrence,
      at: clock.date() * 1000,
      ...fields,
    });
    const sweep = async (length: number) => {
      clock.advance(length);
      tickets.sweep();
      await new Promise(setImmediate);
    };
    const closed = () => asRun.events.filter(({ kind }) => kind === "occurrence.closed");
    const results = () =>
      Object.fromEntries(asRun.written.map(({ receiver, state, why }) => [receiver, why ? { state, why } : { state }]));
    /** As reports come in: into the log first, then to the tickets. */
    const report = (receiver: ReceiverId, ...lines: JournalLine[]) => {
      asRun.log.heardAll([{ receiver, area: areaId("phuong"), journal: "j", lines }]);
      tickets.heard(receiver, lines);
    };
    const rename = (to: string) => {
      title = to;
    };
    return { rename, records, asRun, tickets, ticket, line, report, sweep, closed, results };
  }

  it("leaves a frozen ticket as it is, whatever is frozen after it", async () => {
    const { tickets, ticket } = start();
    await tickets.freeze(ticket);
    await tickets.freeze({ ...ticket, title: "Khác" });
    expect(tickets.open().map(({ title }) => title)).to.deep.equal(["Bản tin sáng"]);
  });

  it("tells what it consisted of as it was frozen, whatever has become of the announcement meanwhile", async () => {
    const { tickets, ticket, line, report, sweep, closed, rename } = start();
    rename("Lịch tiêm chủng");
    await tickets.freeze({ ...ticket, receivers: [loa1] });
    rename("Lịch cúp nước");
    report(loa1, line("started"), line("finished", { seq: 2 }));
    await sweep(60_000);
    const [{ detail = {} } = {}] = closed();
    expect(detail).to.deep.include({
      content: [{ announcement: "tin", title: "Lịch tiêm chủng", topic: "thu", source: "12/MAU-KH", at: 0, ms: 2000 }],
    });
    expect(tickets.open()).to.be.empty;
  });

  it("lets a receiver join that was paired after the freezing, and changes nothing else", async () => {
    const { tickets, ticket } = start();
    await tickets.freeze({ ...ticket, receivers: [loa1], results: { [loa1]: { state: "sounding" } } });
    await tickets.freeze({ ...ticket, title: "Khác" });
    const [open] = tickets.open();
    expect(open?.title).to.equal("Bản tin sáng");
    expect(open?.results).to.deep.equal({ [loa1]: { state: "sounding" }, [loa2]: { state: "due" } });
  });

  it("holds what was frozen for a receiver for good, also when it is over, and wherever a later plan would move it", async () => {
    const { tickets, ticket, sweep } = start();
    const { occurrence } = ticket;
    expect(tickets.lacking(occurrence, [loa1, loa2])).to.deep.equal([loa1, loa2]);
    await tickets.freeze({ ...ticket, receivers: [loa1], results: { [loa1]: { state: "due" } } });
    expect(tickets.lacking(occurrence, [loa1, loa2])).to.deep.equal([loa2]);
    await sweep(190_000);
    expect(tickets.open()).to.deep.equal([]);
    expect(tickets.lacking(occurrence, [loa1, loa2])).to.deep.equal([loa2]);
  });

  it("writes every receiver's result once all have told", async () => {
    const { tickets, ticket, line, report, sweep, results } = start();
    await tickets.freeze(ticket);
    report(loa1, line("started"), line("finished", { seq: 2 }));
    report(loa2, line("missed", { why: "no-clip" }));
    await sweep(4000);
    expect(results()[loa1]?.state).to.equal("played");
    expect(results()[loa2]).to.include({ state: "missed", why: "no-clip" });
    expect(tickets.open()).to.deep.equal([]);
  });

  it("waits a minute after its last chance for reports, then says who was connected and silent and who was away", async () => {
    const { tickets, ticket, sweep, closed, results } = start([loa1]);
    await tickets.freeze(ticket);
    await sweep(170_000);
    expect(closed()).to.deep.equal([]);
    await sweep(20_000);
    expect(results()).to.deep.equal({
      [loa1]: { state: "missed", why: "no-report" },
      [loa2]: { state: "unknown", why: "never-connected" },
    });
  });

  it("waits for an item that was interrupted", async () => {
    const { tickets, ticket, line, report, sweep, closed } = start([loa1, loa2]);
    await tickets.freeze(ticket);
    report(loa1, line("started"), line("interrupted", { seq: 2 }));
    report(loa2, line("started"), line("finished", { seq: 2 }));
    await sweep(240_000);
    expect(closed()).to.deep.equal([]);
    report(loa1, line("resumed", { seq: 3 }), line("finished", { seq: 4 }));
    await sweep(1000);
    expect(closed()).to.have.length(1);
  });

  it("remembers a closed ticket for two days, so that a restart does not plan it again", async () => {
    const { records, tickets, ticket, sweep, closed } = start();
    await tickets.freeze(ticket);
    await sweep(190_000);
    await sweep(1000);
    expect(closed()).to.have.length(1);
    expect(tickets.isFrozen(ticket.id)).to.equal(true);
    expect(records.all()[0]?.items).to.deep.equal([]);
    await sweep(49 * 3_600_000);
    expect(tickets.isFrozen(ticket.id)).to.equal(false);
  });
});
