import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { silentLog } from "../../../src/base/log.js";
import { areaId, type ReceiverId, receiverId } from "../../../src/domain/ids.js";
import { isFinal, type Ticket, type TicketId } from "../../../src/domain/ticket.js";
import type { JournalLine } from "../../../src/protocol/messages.js";
import { createTickets } from "../../../src/server/control/tickets.js";
import { openAsRunLog } from "../../../src/server/store/as-run-log.js";
import { aTicket } from "../../support/builders.js";
import { FakeClock } from "../../support/fake-clock.js";
import { fakeRecords } from "../../support/fake-records.js";
import { quietParts } from "../../support/quiet-parts.js";

const loas = ["loa-1", "loa-2", "loa-3"].map((id) => receiverId(id));
const MINUTE = 60_000;
const at = fc.nat({ max: 2 });

/** What happens in a history; every number names a receiver or a ticket. */
const step = fc.oneof(
  fc.record({ kind: fc.constant("pass" as const), seconds: fc.integer({ min: 1, max: 400 }) }),
  fc.record({ kind: fc.constant("connect" as const), at }),
  fc.record({ kind: fc.constant("leave" as const), at }),
  /** The device writes into its journal what happened to it. */
  fc.record({
    kind: fc.constant("happens" as const),
    at,
    ticket: at,
    events: fc.constantFrom<JournalLine["event"][]>(
      ["started", "finished"],
      ["due", "started", "cut"],
      ["missed"],
      ["muted", "muted"],
      ["refused"],
      ["started", "interrupted", "resumed", "finished", "refused"],
    ),
  }),
  /** It sends the lines that are not acknowledged, perhaps once more than needed. */
  fc.record({ kind: fc.constant("report" as const), at, again: fc.boolean() }),
  /** The program is killed: at rest, after results are written, or before the ticket is marked as closed. */
  fc.record({ kind: fc.constant("kill" as const), when: fc.constantFrom("now", "writing", "closing") }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

describe("every ticket at every receiver, whatever happens", () => {
  async function live(steps: readonly Step[]) {
    const folder = await fs.mkdtemp(join(tmpdir(), "loa-results-"));
    const clock = new FakeClock();
    const open = () => openAsRunLog({ path: join(folder, "log.db"), clock, log: silentLog, reserveBytes: 0 });
    const asRun = open();
    const disk = fakeRecords<TicketId, Ticket>(({ id }) => id);
    const connected = new Set<ReceiverId>();
    const journals = new Map<ReceiverId, JournalLine[]>(loas.map((id) => [id, []]));
    const reported = new Map<ReceiverId, number>();
    let dying: "no" | "writing" | "closing" = "no";
    const never = () => new Promise<never>(() => {});
    const boot = () =>
      createTickets({
        ...quietParts,
        records: { ...disk, put: (ticket) => (dying === "closing" && ticket.closed ? never() : disk.put(ticket)) },
        asRun,
        isConnected: (receiver) => connected.has(receiver),
        lastSeen: () => clock.date() - MINUTE,
        areaOf: () => areaId("phuong"),
        breathe: async () => (dying === "writing" ? never() : undefined),
        now: () => clock.date(),
        clock,
        log: silentLog,
      });
    let tickets = boot();
    const all = [1, 3, 6].map((minute) => aTicket({ start: clock.date() + minute * MINUTE, receivers: loas }));
    for (const ticket of all) await tickets.freeze(ticket);

    const pass = async (seconds: number) => {
      for (let left = seconds; left > 0; left -= 20) {
        clock.advance(Math.min(20, left) * 1000);
        tickets.sweep();
        await new Promise(setImmediate);
      }
    };
    const report = (receiver: ReceiverId, again: boolean) => {
      if (!connected.has(receiver)) return;
      const known = again ? 0 : (reported.get(receiver) ?? 0);
      const lines = journals.get(receiver)?.filter(({ seq }) => seq > known) ?? [];
      const before = asRun.reportedUpTo(receiver, "j");
      asRun.heardAll([{ receiver, area: areaId("phuong"), journal: "j", lines }]);
      tickets.heard(
        receiver,
        lines.filter(({ seq }) => seq > before),
      );
      reported.set(receiver, asRun.reportedUpTo(receiver, "j"));
    };
    for (const one of steps) {
      if (one.kind === "pass") await pass(one.seconds);
      else if (one.kind === "kill") {
        dying = one.when === "now" ? "no" : one.when;
        await pass(1);
        dying = "no";
        tickets = boot();
      } else {
        const receiver = loas[one.at] as ReceiverId;
        if (one.kind === "connect") connected.add(receiver);
        if (one.kind === "leave") connected.delete(receiver);
        if (one.kind === "report") report(receiver, one.again);
        if (one.kind === "happens") {
          const journal = journals.get(receiver) as JournalLine[];
          const { occurrence } = all[one.ticket] as Ticket;
          // At most once: a device that has a line about it plays it no more.
          if (journal.some(({ cue }) => cue === occurrence)) continue;
          for (const event of one.events)
            journal.push({ seq: journal.length + 1, event, cue: occurrence, at: clock.date() * 1000, why: "played" });
        }
      }
    }
    await pass(7200);
    const lines = await asRun.page({}, 10_000);
    const held = asRun.results({}, 1000);
    const check = await asRun.verify();
    asRun.close();
    await fs.rm(folder, { recursive: true });
    return { all, lines, held, check, tickets, journals, reported };
  }

  it("has exactly one result in the end: what the device said if it said it, else what the server had to assume", async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const { all, lines, held, check, tickets, journals, reported } = await live(steps);
        expect(tickets.open()).to.deep.equal([]);
        expect(check.ok).to.equal(true);
        for (const { occurrence } of all) {
          expect(lines.filter((line) => line.occurrence === occurrence && line.kind === "occurrence.closed")).length(1);
          for (const receiver of loas) {
            const mine = held.filter((one) => one.occurrence === occurrence && one.receiver === receiver);
            expect(mine).to.have.length(1);
            const [{ state, said, line }] = mine as [(typeof held)[number]];
            expect(isFinal(state)).to.equal(true);
            const assumed = lines.filter(
              (one) => one.kind === "result" && one.occurrence === occurrence && one.receiver === receiver,
            );
            expect(assumed.length).to.be.at.most(1);
            expect(line.why).to.be.a("string");
            const upTo = reported.get(receiver) ?? 0;
            const told = journals.get(receiver)?.filter(({ cue, seq }) => cue === occurrence && seq <= upTo) ?? [];
            expect(said).to.equal(told.some(({ event }) => ["finished", "cut", "missed", "muted"].includes(event)));
          }
        }
      }),
      { numRuns: 50, seed: 20261123 },
    );
  });
});
