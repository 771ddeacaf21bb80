import { expect } from "chai";
import { silentLog } from "../../../src/base/log.js";
import { areaId, type ReceiverId, receiverId } from "../../../src/domain/ids.js";
import type { HelloBody, JournalLine } from "../../../src/protocol/messages.js";
import type { OrderDesk } from "../../../src/server/control/order-desk.js";
import type { KeptStop } from "../../../src/server/control/ports.js";
import type { ReceiverRecord } from "../../../src/server/control/receiver-records.js";
import { createReception } from "../../../src/server/control/reception.js";
import { createRegistry } from "../../../src/server/control/registry.js";
import { fakeAsRun } from "../../support/fake-as-run.js";
import { FakeClock } from "../../support/fake-clock.js";
import { fakeRecords } from "../../support/fake-records.js";

const loa1 = receiverId("loa-1");

describe("reception", () => {
  function start({ writes = () => {} }: { writes?: (reports: number) => void } = {}) {
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
    const reception = createReception({
      updates: { reported() {}, answered() {}, met() {} },
      registry: createRegistry(() => clock.date()),
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
        freeze: async () => {},
        lacking: () => [],
        isFrozen: () => false,
        open: () => [],
        of: () => [],
        settle: () => {},
        sweep: () => {},
      },
      desk: { answered: () => {} } as unknown as OrderDesk,
      watch: { touch: () => {}, said: () => {}, heard: () => {} },
      whoStopped: ({ cue }) => (cue.startsWith("dung") ? { why: "stopped", by: "Chị Hoa" } : undefined),
      stops: fakeRecords<string, KeptStop>(({ id }) => id),
      asRun: {
        ...asRun.log,
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
      },
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
    return { clock, reception, receivers, asRun, report, greet, heard, acknowledged, gaps, ids };
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
});
