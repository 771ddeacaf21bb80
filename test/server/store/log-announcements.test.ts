import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import Database from "libsql";
import { silentLog } from "../../../src/base/log.js";
import { announcementId, areaId, occurrenceId, receiverId } from "../../../src/domain/ids.js";
import type { JournalLine } from "../../../src/protocol/messages.js";
import { type AsRunLog, openAsRunLog } from "../../../src/server/store/as-run-log.js";
import { FakeClock } from "../../support/fake-clock.js";
import { makeOlder } from "../../support/older-log.js";

const [loa1, loa2] = [receiverId("loa-1"), receiverId("loa-2")];
const ward = areaId("phuong-1");
const due = Date.UTC(2026, 10, 23, 1);
const [tin, khac] = [announcementId("tin"), announcementId("khac")];
const line = (seq: number, event: JournalLine["event"], more: Partial<JournalLine> = {}): JournalLine => ({
  ...{ seq, event, cue: occurrenceId("sang", due), at: (due + seq) * 1000, announcements: [tin, khac] },
  ...more,
});

describe("what the log tells of one announcement", () => {
  let folder: string;
  let log: AsRunLog;
  const path = () => join(folder, "log.db");
  const open = () => openAsRunLog({ path: path(), clock: new FakeClock(), log: silentLog, reserveBytes: 0 });
  beforeEach(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), "loa-"));
    log = open();
  });
  afterEach(async () => {
    log.close();
    await fs.rm(folder, { recursive: true });
  });
  const tell = () => {
    log.event({ kind: "announcement.created", by: "chị Hoa", detail: { id: tin } });
    log.event({ kind: "announcement.created", by: "chị Hoa", detail: { id: khac } });
    log.heard(loa2, ward, "j", [line(5, "started"), line(6, "finished")]);
    log.heard(loa1, ward, "j", [line(1, "started"), line(2, "interrupted"), line(3, "resumed"), line(4, "finished")]);
    log.heard(loa1, ward, "j", [line(4, "finished"), line(5, "missed"), line(9, "started", { announcements: [tin] })]);
    log.event({ kind: "announcement.recalled", by: "anh Minh", detail: { id: tin } });
  };
  const expectAll = () => {
    expect(log.historyOf(tin, 0, 10).map(({ kind, by }) => `${kind} ${by}`)).to.deep.equal([
      "announcement.created chị Hoa",
      "announcement.recalled anh Minh",
    ]);
    expect(log.hearings(tin)).to.deep.equal([
      { receiver: loa1, first: due + 1, last: due + 9, times: 2 },
      { receiver: loa2, first: due + 5, last: due + 5, times: 1 },
    ]);
    expect([log.lastHeard(tin), log.lastHeard(khac), log.lastHeard(announcementId("x"))]).to.deep.equal([
      due + 9,
      due + 5,
      undefined,
    ]);
  };

  it("is what people did with it, and where it was begun, each line once", () => {
    tell();
    expectAll();
    const [first] = log.historyOf(tin, 0, 1);
    expect(log.historyOf(tin, first?.n ?? 0, 10).map(({ kind }) => kind)).to.deep.equal(["announcement.recalled"]);
  });

  it("is not heard where the cut came before it, and as it was heard before that", () => {
    log.heard(loa1, ward, "j", [line(1, "started"), line(2, "finished")]);
    log.heard(loa2, ward, "j", [line(3, "started"), line(4, "interrupted")]);
    log.heard(loa1, ward, "j", [line(3, "started")]);
    expect(log.hearings(khac).map(({ times }) => times)).to.deep.equal([2, 1]);

    const cut = (seq: number) => ({ ...line(seq, "cut"), unreached: [khac] });
    log.heardAll([
      { receiver: loa1, area: ward, journal: "j", lines: [cut(4)] },
      { receiver: loa2, area: ward, journal: "j", lines: [cut(5)] },
    ]);
    expect(log.hearings(khac)).to.deep.equal([{ receiver: loa1, first: due + 1, last: due + 1, times: 1 }]);
    expect([log.lastHeard(khac), log.lastHeard(tin)]).to.deep.equal([due + 1, due + 3]);
    // The same line once more takes nothing back again, and neither does one of what was muted.
    log.heard(loa1, ward, "j", [cut(4)]);
    const later = { cue: occurrenceId("toi", due + 60_000) };
    log.heard(loa1, ward, "j", [line(5, "muted", later), { ...cut(6), ...later }]);
    expect(log.hearings(khac)).to.have.length(1);
  });

  it("was heard nowhere when every loudspeaker was cut before it", () => {
    log.heard(loa1, ward, "j", [line(1, "started"), { ...line(2, "cut"), unreached: [khac] }]);
    expect(log.hearings(khac)).to.be.empty;
    expect([log.lastHeard(khac), log.lastHeard(tin)]).to.deep.equal([undefined, due + 1]);
  });

  it("is found again in a log that was written before it was noted", async () => {
    tell();
    log.close();
    const database = new Database(path());
    makeOlder(database, 2);
    database.close();
    log = open();
    expectAll();
    expect(await log.verify()).to.include({ ok: true });
  });

  it("names the receivers of which nothing is known, until they tell", () => {
    const occurrence = occurrenceId("sang", due);
    log.settle([
      { kind: "result", occurrence, receiver: loa1, receivers: [loa1], state: "unknown", why: "not-connected" },
      { kind: "result", occurrence, receiver: loa2, receivers: [loa2], state: "missed", why: "no-report" },
    ]);
    const content = [{ announcement: tin, title: "Tin", topic: "khac", at: 0, ms: 1000 }];
    log.event({ kind: "occurrence.closed", occurrence, detail: { content } });

    expect(log.untold(tin, 0)).to.deep.equal([loa1]);
    expect(log.untold(khac, 0)).to.deep.equal([]);
    expect(log.untold(tin, Date.now() * 2)).to.deep.equal([]);
    log.heard(loa1, ward, "j", [line(1, "started"), line(2, "finished")]);
    expect(log.untold(tin, 0)).to.deep.equal([]);
  });
});
