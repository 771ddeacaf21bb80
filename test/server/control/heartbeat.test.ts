import { expect } from "chai";
import { silentLog } from "../../../src/base/log.js";
import { epoch, seconds } from "../../../src/base/units.js";
import { occurrenceId, playlistId, receiverId, scheduleId } from "../../../src/domain/ids.js";
import type { RundownLine } from "../../../src/domain/rundown.js";
import type { Ticket, TicketId } from "../../../src/domain/ticket.js";
import { createHeartbeat } from "../../../src/server/control/heartbeat.js";
import { createTickets } from "../../../src/server/control/tickets.js";
import { aHash } from "../../support/builders.js";
import { fakeAsRun } from "../../support/fake-as-run.js";
import { FakeClock } from "../../support/fake-clock.js";
import { fakeRecords } from "../../support/fake-records.js";
import { quietParts } from "../../support/quiet-parts.js";

const loa1 = receiverId("loa-1");
const loa2 = receiverId("loa-2");

describe("the heartbeat", () => {
  function start({ downFor = 0, first = [] as Ticket[] } = {}) {
    const clock = new FakeClock();
    const asRun = fakeAsRun();
    const records = fakeRecords<TicketId, Ticket>(({ id }) => id, first);
    const tickets = createTickets({
      ...quietParts,
      records,
      asRun: asRun.log,
      isConnected: () => true,
      now: () => clock.date(),
      clock,
      log: silentLog,
    });
    const lines: RundownLine[] = [];
    const midnight = clock.date() - 3_600_000;
    const add = (inMs: number, fields: Partial<RundownLine> = {}, name = `lich-${lines.length}`) => {
      const at = epoch(clock.date() + inMs);
      lines.push({
        occurrence: occurrenceId(name, at),
        schedule: scheduleId(name),
        playlist: playlistId("p"),
        title: name,
        class: "ordinary",
        order: 1,
        receivers: [loa1],
        planned: at,
        start: at,
        end: epoch(at + 10_000),
        notAfter: epoch(at + 120_000),
        timing: { kind: "hard" },
        resume: "continue",
        maxMs: 60_000,
        items: [{ sha256: aHash(), offsetMs: 0, durationMs: 10_000, gainDb: 0 }],
        golden: false,
        fate: "airs",
        ...fields,
      });
    };
    const rundown = () => ({ from: epoch(midnight), until: epoch(midnight + 8 * 86_400_000), lines });
    const delivered: string[] = [];
    const edit = { isBeingPlanned: false };
    const heartbeat = createHeartbeat({
      timetable: {
        rundown,
        since: async () => rundown(),
        refresh: async () => {},
        isBehind: () => edit.isBeingPlanned,
      },
      tickets,
      bytesOf: () => 0,
      peopleBehind: () => ({ approved: "Lãnh đạo" }),
      asRun: asRun.log,
      now: () => clock.date(),
      deliver: (ticket) => delivered.push(ticket.title),
      aliveUntil: epoch(clock.date() - downFor),
      log: silentLog,
    });
    const beat = (length = 1000) => {
      clock.advance(length);
      return heartbeat.beat(seconds(length / 1000));
    };
    return { clock, add, beat, tickets, records, asRun, delivered, edit, lines };
  }
  const titles = (tickets: { open(): readonly Ticket[] }) => tickets.open().map(({ title }) => title);

  it("freezes an occurrence half a minute before it sounds", async () => {
    const { add, beat, tickets } = start();
    add(32_000);
    await beat();
    expect(titles(tickets)).to.deep.equal([]);
    await beat();
    expect(titles(tickets)).to.deep.equal(["lich-0"]);
  });

  it("waits for an edit to be planned, but not longer than until a quarter of a minute before it sounds", async () => {
    const { add, beat, tickets, edit } = start();
    edit.isBeingPlanned = true;
    add(17_000);
    await beat();
    expect(titles(tickets)).to.deep.equal([]);
    await beat();
    expect(titles(tickets)).to.deep.equal(["lich-0"]);
  });

  it("freezes each once, however often it beats", async () => {
    const { add, beat, records, delivered } = start();
    add(10_000);
    for (let i = 0; i < 5; i++) await beat();
    expect(records.all()).to.have.length(1);
    expect(delivered.length).to.equal(5);
  });

  it("freezes everything of a stall at once and none twice", async () => {
    const { add, beat, tickets } = start();
    add(31_000);
    add(33_000);
    add(200_000);
    await beat(5_000);
    await beat();
    expect(titles(tickets)).to.deep.equal(["lich-0", "lich-1"]);
  });

  it("keeps the ends apart of an occurrence that is cut short in one place only", async () => {
    const { add, beat, tickets, clock } = start();
    const start20 = clock.date() + 20_000;
    add(20_000);
    add(20_000, { receivers: [loa2], end: epoch(start20 + 4000), notAfter: epoch(start20), fate: "cut" }, "lich-0");
    await beat();
    expect(tickets.open().map(({ receivers, start: from, end }) => [receivers, end - from])).to.deep.equal([
      [[loa1], 10_000],
      [[loa2], 4000],
    ]);
  });

  it("leaves what is frozen where it is when an edit would move or drop it", async () => {
    const { add, beat, tickets, lines, asRun } = start();
    add(20_000);
    await beat();
    const [line] = lines;
    if (!line) throw new Error("no line");
    lines[0] = { ...line, start: epoch(line.start + 5000), end: epoch(line.end + 5000), fate: "moved" };
    await beat();
    lines[0] = { ...line, end: line.start, fate: "dropped", reason: "superseded" };
    await beat();
    expect(tickets.open().map(({ start: at }) => at)).to.deep.equal([line.start]);
    expect(asRun.events).to.deep.equal([]);
  });

  it("counts nothing as missed that was planned after its time", async () => {
    const { add, beat, records, asRun } = start({ downFor: 3_600_000 });
    await beat();
    await beat();
    add(-600_000, { notAfter: epoch(0) });
    add(-600_000, { fate: "dropped", notAfter: epoch(0) });
    await beat();
    expect(records.all()).to.deep.equal([]);
    expect(asRun.events).to.deep.equal([]);
  });

  it("gives what fell into a time when the server was down a ticket too, so that it gets its results", async () => {
    const { add, beat, tickets } = start({ downFor: 600_000 });
    add(-800_000);
    add(-300_000);
    await beat();
    expect(titles(tickets)).to.deep.equal(["lich-1"]);
  });

  it("does not begin again what a former run had frozen", async () => {
    const before = start();
    before.add(10_000);
    await before.beat();
    const after = start({ downFor: 5_000, first: [...before.records.all()] });
    after.add(10_000);
    await after.beat();
    expect(after.records.all()).to.have.length(1);
  });

  it("writes each fate of an occurrence that is dropped here for one reason and there for another", async () => {
    const { add, beat, asRun } = start();
    add(20_000, { fate: "dropped", reason: "quiet-hours" });
    add(20_000, { fate: "dropped", reason: "day-minutes", receivers: [loa2] }, "lich-0");
    for (let i = 0; i < 4; i++) await beat();
    expect(asRun.events.map(({ why }) => why)).to.deep.equal(["quiet-hours", "day-minutes"]);
  });

  it("writes a dropped occurrence once, with the planner's reason", async () => {
    const { add, beat, asRun } = start();
    add(20_000, { fate: "dropped", reason: "quiet-hours", explanation: { vi: "giờ yên tĩnh", en: "quiet hours" } });
    for (let i = 0; i < 4; i++) await beat();
    expect(asRun.events.map(({ kind, why }) => [kind, why])).to.deep.equal([["occurrence.dropped", "quiet-hours"]]);
  });
});
