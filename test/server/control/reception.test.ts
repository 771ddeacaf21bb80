import { expect } from "chai";
import { silentLog } from "../../../src/base/log.js";
import { areaId, type ReceiverId, receiverId } from "../../../src/domain/ids.js";
import type { EventLine } from "../../../src/domain/log-line.js";
import type { HelloBody, JournalLine } from "../../../src/protocol/messages.js";
import type { Order } from "../../../src/protocol/orders.js";
import type { OrderDesk } from "../../../src/server/control/order-desk.js";
import type { KeptStop } from "../../../src/server/control/ports.js";
import type { ReceiverRecord } from "../../../src/server/control/receiver-records.js";
import { createReception } from "../../../src/server/control/reception.js";
import { createRegistry } from "../../../src/server/control/registry.js";
import { fakeAsRun } from "../../support/fake-as-run.js";
import { FakeClock } from "../../support/fake-clock.js";
import { fakeRecords } from "../../support/fake-records.js";

const loa1 = receiverId("loa-1");

interface Writing {
  readonly writes?: (reports: number) => void;
  /** Throws when it takes nothing. */
  readonly disk?: () => void;
}

describe("reception", () => {
  function start({ writes = () => {}, disk = () => {} }: Writing = {}) {
    const clock = new FakeClock();
    const asRun = fakeAsRun();
    const heard: JournalLine[] = [];
    const acknowledged: [ReceiverId, number][] = [];
    const gaps: number[] = [];
    const receivers = fakeRecords<ReceiverId, ReceiverRecord>(({ id }) => id);
    const ids = Array.from({ length: 1000 }, (_, index) => receiverId(`loa-${index + 1}`));
    for (const id of ids) {
      const record = {
        id,
        name: id,
        area: areaId("phuong"),
        kind: "fixed",
        outputDelayMs: 0,
        pathBiasUs: 0,
        volume: 80,
        disabled: false,
      } as const;
      void receivers.put(record);
    }
    const stops = fakeRecords<string, KeptStop>(({ id }) => id);
    const resent: string[] = [];
    const registry = createRegistry(() => clock.date());
    const reception = createReception({
      updates: { reported() {}, answered() {}, met() {} },
      mutes: { met() {}, obeyed() {} },
      registry,
      receivers,
      book: {
        revisionOf: () => 0,
        refresh: async () => {},
        programmeOf: () => undefined,
        cuesOf: () => [],
        offer: () => {},
        tellOn: () => {},
      },
      tickets: {
        heard: (_receiver, lines) => heard.push(...lines),
        endAt: () => {},
        freeze: async () => {},
        lacking: () => [],
        isFrozen: () => false,
        open: () => [],
        of: () => [],
        settle: () => {},
        sweep: () => {},
      },
      desk: {
        answered: () => {},
        resend: async (order: Order, [receiver]: ReceiverId[]) => void resent.push(`${receiver} ${order.id}`),
      } as unknown as OrderDesk,
      watch: { touch: () => {}, said: () => {}, heard: () => {} },
      whoStopped: ({ cue }) => (cue.startsWith("dung") ? { why: "stopped", by: "Chị Hoa" } : undefined),
      stops,
      asRun: {
        ...asRun.log,
        events(lines) {
          disk();
          asRun.log.events(lines);
        },
        heardAll(reports) {
          writes(reports.length);
          return asRun.log.heardAll(reports);
        },
        acceptGap: (_receiver, _area, _journal, seq) => gaps.push(seq),
      },
      wire: {
        connected: () => ids,
        sendOrder: () => {},
        offerProgramme: () => {},
        wantClips: () => {},
        tellKeys: () => {},
        acknowledge: (receiver, _journal, upTo) => acknowledged.push([receiver, upTo]),
        dismiss: () => {},
        keepDays: () => {},
        askDays: () => {},
      },
      dayCopies: { greeted: () => {}, ready: () => {}, told: () => {}, gone: () => {} },
      clock,
      log: silentLog,
      now: () => clock.date(),
      orderKeys: () => ({ active: "aaaaaaaaaaaaaaaa", notices: [] }),
      pinned: () => [],
      onReady: () => {},
      onGone: () => {},
      onChange: () => {},
    });
    const report = (receiver: ReceiverId, ...seqs: number[]) =>
      reception.message(receiver, {
        t: "report",
        p: {
          journal: "j",
          lines: seqs.map((seq) => ({ seq, event: "started" as const, cue: "sang@20261123t000000z", at: 1 })),
        },
      });
    const greet = (receiver: ReceiverId) => reception.hello(receiver, { journal: "j" } as HelloBody);
    return {
      registry,
      stops,
      resent,
      clock,
      reception,
      receivers,
      asRun,
      report,
      greet,
      heard,
      acknowledged,
      gaps,
      ids,
    };
  }

  it("writes the reports of a thousand receivers in a few goes, and acknowledges each", () => {
    const goes: number[] = [];
    const { clock, report, acknowledged, ids } = start({ writes: (reports) => goes.push(reports) });
    for (const id of ids) report(id, 1, 2);
    clock.advance(1000);
    expect(goes.reduce((sum, count) => sum + count, 0)).to.equal(1000);
    expect(goes.length).to.be.at.most(10);
    expect(new Set(acknowledged.map(([receiver]) => receiver)).size).to.equal(1000);
    expect(acknowledged.every(([, upTo]) => upTo === 2)).to.equal(true);
  });

  it("names the person who stopped or muted it, in the log too", async () => {
    const { clock, reception, asRun, receivers } = start();
    await receivers.put({ ...(receivers.get(loa1) as ReceiverRecord), muted: { by: "Anh Nam", at: 1 } });
    const line = (seq: number, event: JournalLine["event"], cue: string, why?: string): JournalLine => ({
      ...{ seq, event, cue: `${cue}@20261123t000000z`, at: 1 },
      ...(why === undefined ? {} : { why }),
    });
    const lines = [
      line(1, "cut", "dung", "stopped"),
      line(2, "muted", "sang", "muted"),
      line(3, "missed", "sang", "late"),
      line(4, "finished", "dung"),
    ];
    reception.message(loa1, { t: "report", p: { journal: "j", lines } });
    clock.advance(50);
    expect(asRun.lines().map(({ by }) => by)).to.deep.equal(["Chị Hoa", "Anh Nam", undefined, undefined]);
  });

  it("does not let a line that comes again undo what later ones have told", () => {
    const { clock, report, heard } = start();
    report(loa1, 1, 2);
    clock.advance(50);
    report(loa1, 1);
    clock.advance(50);
    expect(heard.map(({ seq }) => seq)).to.deep.equal([1, 2]);
  });

  it("acknowledges nothing that could not be written, and takes it when it comes again", () => {
    let full = true;
    const { clock, report, acknowledged } = start({
      writes: () => {
        if (full) throw new Error("disk full");
      },
    });
    report(loa1, 1);
    clock.advance(50);
    expect(acknowledged).to.deep.equal([]);
    full = false;
    report(loa1, 1);
    clock.advance(50);
    expect(acknowledged).to.deep.equal([[loa1, 1]]);
  });

  it("gives up, after a greeting only, lines that the receiver no longer holds", () => {
    const { clock, report, greet, gaps } = start();
    greet(loa1);
    report(loa1, 7);
    report(loa1, 9);
    clock.advance(50);
    expect(gaps).to.deep.equal([7]);
  });

  it("tells who comes back the last stop of each scope that is still to be obeyed, and no stop for another alone", async () => {
    const { reception, stops, resent, clock } = start();
    const keep = (id: string, body: unknown, audience: unknown, agoMs: number, lifeMs = 86_400_000) =>
      stops.put({
        id,
        order: {
          ...{ id, audience, body: { kind: "stop", scope: body }, issuedAt: (clock.date() - agoMs) * 1000 },
          notAfter: (clock.date() - agoMs + lifeMs) * 1000,
        } as Order,
      });
    const all = { kind: "all" };
    const areas = { kind: "areas", areas: ["xa-la"] };
    const other = { kind: "receivers", receivers: ["loa-9"] };
    await keep("all-late", all, all, 1_000);
    await keep("all-early", all, all, 60_000);
    await keep("area", areas, areas, 30_000);
    await keep("other", other, other, 20_000);
    await keep("old", { kind: "occurrence", occurrence: "tin@20261123t000000z" }, all, 90_000_000);
    reception.ready("loa-0" as ReceiverId);
    expect(resent).to.deep.equal(["loa-0 area", "loa-0 all-late"]);
  });

  it("takes it for no trouble that a stop for another area is refused by who was away", async () => {
    const { reception, stops, asRun } = start();
    await stops.put({ id: "dung", order: { id: "dung" } as Order });
    const answer = (order: string) =>
      reception.message("loa-0" as ReceiverId, { t: "ack", p: { order, ok: false, why: "audience", at: 1 as never } });
    answer("dung");
    answer("lenh");
    reception.flush();
    expect(asRun.events.map(({ kind }) => kind)).to.deep.equal(["order.refused"]);
  });

  it("keeps who came and went while the disk takes nothing, with its hour, and tells the log how many lines were too many", () => {
    let isFull = true;
    const disk = () => {
      if (isFull) throw new Error("disk full");
    };
    const { reception, clock, asRun } = start({ disk });
    const loa = "loa-1" as ReceiverId;
    const written: readonly EventLine<string>[] = asRun.events;
    reception.gone(loa, "left");
    const leftAt = clock.date();
    reception.flush();
    clock.advance(60_000);
    for (let again = 0; again < 20_001; again++) reception.gone(loa, "left");
    reception.flush();
    isFull = false;
    reception.flush();
    reception.flush();

    expect(written).to.have.length(20_001);
    expect(written[0]).to.deep.include({ kind: "receiver.gone", at: leftAt });
    expect(written.at(-1)).to.deep.include({ kind: "log.lines-lost" });
    expect(written.at(-1)?.detail).to.deep.equal({ count: 2, from: clock.date(), until: clock.date() });
  });

  it("says when it last heard of a loudspeaker, not when its silence was found out", () => {
    const { reception, registry, clock, greet } = start();
    const loa = "loa-0" as ReceiverId;
    const heardFor = (why: string) => {
      greet(loa);
      clock.advance(10_000);
      const heard = clock.date();
      reception.message(loa, { t: "report", p: { journal: "j", lines: [] } });
      clock.advance(28_000);
      reception.gone(loa, why);
      return (registry.get(loa)?.lastSeen ?? 0) - heard;
    };
    expect([heardFor("silent"), heardFor("too-slow"), heardFor("left")]).to.deep.equal([0, 0, 28_000]);
  });
});
