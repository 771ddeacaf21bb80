import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import Database from "libsql";
import { silentLog } from "../../../src/base/log.js";
import { areaId, occurrenceId, receiverId } from "../../../src/domain/ids.js";
import type { JournalLine } from "../../../src/protocol/messages.js";
import { type AsRunLog, openAsRunLog } from "../../../src/server/store/as-run-log.js";
import { FakeClock } from "../../support/fake-clock.js";
import { makeOlder } from "../../support/older-log.js";

const [loa1, loa2, loa3] = [receiverId("loa-1"), receiverId("loa-2"), receiverId("loa-3")];
const ward = areaId("phuong-1");
const due = Date.UTC(2026, 10, 23, 1);
const morning = occurrenceId("sang", due);
const line = (seq: number, event: JournalLine["event"], more: Partial<JournalLine> = {}): JournalLine => ({
  ...{ seq, event, cue: morning, at: (due + seq) * 1000 },
  ...more,
});
const unknown = (receiver: typeof loa1) => ({
  ...{ kind: "result", state: "unknown" as const, occurrence: morning, receiver, why: "not-connected" },
  receivers: [receiver],
});

describe("the results in the log", () => {
  let folder: string;
  let log: AsRunLog<string>;
  const open = () =>
    openAsRunLog({ path: join(folder, "log.db"), clock: new FakeClock(), log: silentLog, reserveBytes: 0 });
  beforeEach(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), "loa-"));
    log = open();
  });
  afterEach(async () => {
    log.close();
    await fs.rm(folder, { recursive: true });
  });
  const reopen = () => {
    log.close();
    log = open();
  };
  const states = () =>
    log.results({ occurrence: morning }, 100).map(({ receiver, state, said }) => [receiver, state, said]);

  it("are written once each, also by a run that does not know what the last one wrote", async () => {
    log.settle([unknown(loa1), unknown(loa2)]);
    reopen();
    log.settle([unknown(loa1), unknown(loa2), unknown(loa3)]);
    expect(await log.page({ kind: "result" }, 100)).to.have.length(3);
    expect([...log.settledAt(morning).keys()]).to.have.members([loa1, loa2, loa3]);
  });

  it("give way to what the receiver itself says later, and both lines stay", async () => {
    log.settle([unknown(loa1)]);
    log.heard(loa1, ward, "j", [line(1, "started"), line(2, "finished")]);
    log.heard(loa1, ward, "j", [line(3, "refused", { why: "played" })]);
    reopen();
    log.settle([unknown(loa1)]);
    expect(states()).to.deep.equal([[loa1, "played", true]]);
    expect((await log.page({ occurrence: morning }, 100)).map(({ kind }) => kind)).to.deep.equal([
      ...["result", "started", "finished", "refused"],
    ]);
    expect((await log.verify()).ok).to.equal(true);
  });

  it("of many receivers may stand in one line, without those who have one", async () => {
    log.heard(loa2, ward, "j", [line(1, "finished")]);
    log.settle([
      {
        ...{ kind: "occurrence.dropped", state: "missed", occurrence: morning, why: "quiet-hours" },
        receivers: [loa1, loa2, loa3],
      },
    ]);
    const [dropped] = await log.page({ kind: "occurrence.dropped" }, 10);
    expect(dropped?.detail).to.deep.equal({ state: "missed", receivers: [loa1, loa3] });
    expect(states()).to.have.deep.members([
      [loa2, "played", true],
      [loa1, "missed", false],
      [loa3, "missed", false],
    ]);
    // A page never ends in the middle of a line.
    expect(log.results({ after: 1 }, 1)).to.have.length(2);
    expect(log.results({ after: 2 }, 1)).to.have.length(0);
  });

  it("tell who was behind them", () => {
    log.heardAll([
      { receiver: loa1, area: ward, journal: "j", lines: [{ ...line(1, "cut"), why: "stopped", by: "Chị Hoa" }] },
    ]);
    expect(log.results({ receiver: loa1 }, 10)[0]?.line).to.include({ kind: "cut", why: "stopped", by: "Chị Hoa" });
  });

  it("say when a receiver last sounded and was last heard of", () => {
    log.heard(loa1, ward, "j", [line(1, "started"), line(2, "finished"), line(3, "missed")]);
    log.heard(loa2, ward, "j", [line(4, "muted")]);
    reopen();
    expect([...log.lastSounds()]).to.deep.equal([[loa1, due + 2]]);
    expect(log.lastSignOf(loa1)).to.equal(due + 3);
    expect(log.lastSignOf(loa3)).to.equal(undefined);
  });

  it("holds in each line what it tells and not the whole report", async () => {
    log.heard(loa1, ward, "j", [line(1, "started"), line(2, "finished")]);
    expect((await log.page({}, 10)).map((one) => "lines" in one)).to.deep.equal([false, false]);
  });

  it("write a line under a key once, also after a restart", async () => {
    expect(log.eventOnce("closed x", { kind: "occurrence.closed" })).to.equal(true);
    reopen();
    expect(log.eventOnce("closed x", { kind: "occurrence.closed" })).to.equal(false);
    expect(await log.page({}, 10)).to.have.length(1);
  });

  it("are found in a log that was written before there were any", () => {
    log.heard(loa1, ward, "j", [line(1, "started"), line(2, "finished"), line(3, "refused", { why: "played" })]);
    log.heard(loa2, ward, "j", [line(1, "missed", { why: "late" })]);
    log.close();
    const database = new Database(join(folder, "log.db"));
    makeOlder(database, 1);
    database.close();
    log = open();
    expect(states()).to.deep.equal([
      [loa1, "played", true],
      [loa2, "missed", true],
    ]);
    expect([...log.lastSounds()]).to.deep.equal([[loa1, due + 2]]);
  });
});
