import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import Database from "libsql";
import { silentLog } from "../../../src/base/log.js";
import { epoch } from "../../../src/base/units.js";
import { announcementId, areaId, occurrenceId, receiverId } from "../../../src/domain/ids.js";
import type { LogQuery } from "../../../src/domain/log-line.js";
import { accountIdSchema } from "../../../src/domain/person.js";
import { type AsRunLog, openAsRunLog } from "../../../src/server/store/as-run-log.js";
import { conditionsOf } from "../../../src/server/store/log-search.js";
import { FakeClock } from "../../support/fake-clock.js";
import { makeOlder } from "../../support/older-log.js";

const loa1 = receiverId("loa-1");
const ward = areaId("phuong-1");
const due = Date.UTC(2026, 10, 23, 1);
const tin = announcementId("tin-1");
const HOA = { name: "chị Hoa", account: accountIdSchema.parse("hoa"), session: "ab12", from: "10.0.0.9" };

describe("who did what, in the log", () => {
  let folder: string;
  let log: AsRunLog;
  const clock = new FakeClock();
  const path = () => join(folder, "log.db");
  const open = () => openAsRunLog({ path: path(), clock, log: silentLog, reserveBytes: 0 });
  beforeEach(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), "loa-"));
    log = open();
  });
  afterEach(async () => {
    log.close();
    await fs.rm(folder, { recursive: true });
  });
  const found = async (query: LogQuery) => (await log.page(query, 100)).map(({ n }) => n);

  it("is written with the account, the session, the address and the factor", async () => {
    log.event({ kind: "schedule.saved", by: { ...HOA, factor: "totp" } });
    log.event({ kind: "order.issued", by: "anh Ba" });
    const [first, second] = await log.page({}, 10);
    const { name: _name, ...who } = HOA;
    expect(first).to.deep.include({ by: "chị Hoa", who: { ...who, factor: "totp" } });
    expect(second).to.include({ by: "anh Ba" }).and.not.have.property("who");
    expect(await log.verify()).to.include({ ok: true });
  });

  it("is found by a ward in its own places, in what is decided around them, about its announcements, and of their own hand", async () => {
    const camLy = areaId("cam-ly");
    log.event({ kind: "receiver.muted", receiver: loa1, area: ward });
    log.event({ kind: "receiver.muted", receiver: receiverId("loa-2"), area: camLy });
    log.event({ kind: "level.declared", area: areaId("tinh") });
    log.event({ kind: "receiver.muted", receiver: receiverId("xe-tinh"), area: areaId("tinh") });
    log.event({ kind: "announcement.approved", detail: { id: tin } });
    log.event({ kind: "announcement.approved", detail: { id: announcementId("tin-cam-ly") } });
    log.event({ kind: "account.password", by: HOA });
    log.event({ kind: "account.password", by: { ...HOA, account: accountIdSchema.parse("minh") } });
    const sight = { within: [ward], around: [areaId("tinh")], announcements: [tin], account: HOA.account };

    expect(await found({ sight })).to.deep.equal([1, 3, 5, 7]);
    expect(await found({ sight, areas: [camLy] })).to.deep.equal([]);
    expect(await found({ sight: { within: [], around: [], announcements: [], account: undefined } })).to.deep.equal([]);
    let exported = "";
    for await (const piece of log.export("csv", { sight })) exported += piece;
    expect(exported.trim().split("\n")).to.have.length(5);
  });

  it("is written with what differs, and with texts beside the chain", async () => {
    const before = { id: "tin-1", title: "Chợ", text: "Bà Năm ở ngõ 4", class: "ordinary" };
    log.event({
      kind: "announcement.changed",
      by: HOA,
      before,
      after: { ...before, text: "Chợ mở lại", title: "Chợ mới" },
    });
    const [line] = await log.page({}, 10);
    expect(line).to.deep.include({ before: { title: "Chợ" }, after: { title: "Chợ mới" } });
    expect(line?.told).to.deep.equal({ before: { text: "Bà Năm ở ngõ 4" }, after: { text: "Chợ mở lại" } });
    let exported = "";
    for await (const piece of log.export("ndjson", {})) exported += piece;
    expect(exported).to.not.include("Bà Năm");
    expect(exported).to.include(line?.personal);
  });

  it("is found by name, account, reason, place, document and time, alone and together", async () => {
    const source = "Công văn 335-CV/ThU ngày 1/6/2021 của Thành ủy";
    log.event({ kind: "announcement.created", by: HOA, detail: { id: tin }, after: { id: tin, source } });
    log.event({ kind: "announcement.returned", by: "anh Ba", why: "sai số liệu", detail: { id: tin } });
    log.event({ kind: "receiver.muted", by: HOA, receiver: loa1, area: ward });
    const cue = occurrenceId("sang", due);
    log.heard(loa1, ward, "j", [
      { seq: 1, event: "started", cue, at: due * 1000, announcements: [tin] },
      { seq: 2, event: "cut", cue, at: (due + 5) * 1000, why: "stopped", announcements: [tin] },
    ]);
    expect(await found({ person: "chị Hoa" })).to.deep.equal([1, 3]);
    expect(await found({ person: "hoa" })).to.deep.equal([1, 3]);
    expect(await found({ why: "sai số liệu" })).to.deep.equal([2]);
    expect(await found({ why: "stopped", areas: [ward] })).to.deep.equal([5]);
    expect(await found({ directive: "335-CV/ThU" })).to.deep.equal([1, 2, 4, 5]);
    expect(await found({ directive: "Công văn số 335-CV/ThU", receiver: loa1 })).to.deep.equal([4, 5]);
    expect(await found({ directive: "336-CV/ThU" })).to.deep.equal([]);
    expect(await found({ announcement: tin })).to.deep.equal([1, 2, 4, 5]);
    expect(await found({ from: epoch(due), until: epoch(due + 1), announcement: tin })).to.deep.equal([4]);
    expect(await found({ after: 3, announcement: tin })).to.deep.equal([4, 5]);
    expect(await found({ from: epoch(due + 1000) })).to.deep.equal(clock.date() > due + 1000 ? [1, 2, 3] : []);
  });

  it("finds by a document what was written before documents were noted", async () => {
    log.event({ kind: "announcement.approved", by: "anh Ba", detail: { id: tin } });
    log.noteSources([{ id: tin, source: "Chỉ thị 16/CT-TTg" }, { id: announcementId("khac") }]);
    expect(await found({ directive: "16/CT-TTg" })).to.deep.equal([1]);
  });

  it("finds names and reasons by a part of them, without tones, and codes and accounts only as they are", async () => {
    log.event({ kind: "airtime.raised", by: HOA, why: "Đợt dịch mới ở chợ" });
    log.event({ kind: "airtime.raised", by: "Hoa Mai", why: "stopped-by-hand" });
    log.event({ kind: "order.issued", by: "Nguyễn Đức Hoà", why: "stopped" });
    expect(await found({ why: "dot dich" })).to.deep.equal([1]);
    expect(await found({ why: "ĐỢT DỊCH" })).to.deep.equal([1]);
    expect(await found({ why: "stopped" })).to.deep.equal([3]);
    expect(await found({ why: "stopped-" })).to.deep.equal([2]);
    expect(await found({ person: "hoa" })).to.deep.equal([1]);
    expect(await found({ person: "Hoa" })).to.deep.equal([1, 2, 3]);
    expect(await found({ person: "duc hoa", why: "dịch" })).to.deep.equal([]);
    expect(await found({ person: "Đức" })).to.deep.equal([3]);
    expect(await found({ person: "%" })).to.deep.equal([]);
  });

  it("finds what was decided because of a document, with what announcements say of it", async () => {
    log.event({ kind: "announcement.approved", by: "anh Ba", detail: { id: tin } });
    log.noteSources([{ id: tin, source: "Kế hoạch 12/KH-UBND (mẫu)" }]);
    log.event({ kind: "airtime.raised", by: HOA, area: ward, detail: { id: "r1", document: "12/KH-UBND" } });
    log.event({ kind: "airtime.raised", by: HOA, area: ward, detail: { id: "r2", document: "13/KH-UBND" } });
    log.event({ kind: "airtime.raise-ended", by: HOA, area: ward, detail: { id: "r1", document: "12/KH-UBND" } });
    expect(await found({ directive: "12/KH-UBND ngày 3/11" })).to.deep.equal([1, 2, 4]);
    expect(await found({ directive: "12/KH-UBND", kind: "airtime.raised" })).to.deep.equal([2]);
  });

  it("finds what the server wrote by its kind without walking over what loudspeakers told", () => {
    log.close();
    const database = new Database(path());
    const planOf = (query: object) => {
      const conditions = conditionsOf(query, { after: 0, upTo: 40_000 }, {});
      const sql = `EXPLAIN QUERY PLAN SELECT * FROM line WHERE ${conditions.map(([text]) => text).join(" AND ")} ORDER BY n LIMIT 10`;
      const rows = database.prepare(sql).all(conditions.flatMap(([, ...values]) => values));
      return (rows as { detail: string }[]).map(({ detail }) => detail).join("; ");
    };
    expect(planOf({ kind: "level.declared" })).to.include("line_kind (kind=? AND rowid>? AND rowid<?)");
    expect(planOf({ kind: "finished" })).to.not.include("line_kind");
    expect(planOf({ directive: "12/KH-UBND" })).to.not.include("SCAN line");
    database.close();
    log = open();
  });

  it("is found in a log that an older program wrote, whose lines stay as they were", async () => {
    log.event({ kind: "level.declared", by: "chị Hoa", why: "stopped", area: ward });
    const before = await log.page({}, 10);
    log.close();
    const database = new Database(path());
    makeOlder(database, 3);
    database.close();
    log = open();
    log.event({ kind: "level.ended", by: HOA, area: ward });
    expect((await log.page({}, 1))[0]).to.deep.equal(before[0]);
    expect(await found({ person: "chị Hoa", areas: [ward] })).to.deep.equal([1, 2]);
    expect(await found({ why: "stopped" })).to.deep.equal([1]);
    expect(await log.verify()).to.include({ ok: true, lines: 2 });
  });

  it("cannot be put in the place of another line", () => {
    log.event({ kind: "order.issued" });
    log.close();
    const database = new Database(path());
    for (const verb of ["INSERT", "INSERT OR REPLACE"])
      for (const n of [1, 3])
        expect(() =>
          database.exec(`${verb} INTO line (n, at, kind, body, hash) VALUES (${n}, 1, 'order.issued', '{}', '')`),
        ).to.throw("append-only");
    database.close();
    log = open();
  });
});
