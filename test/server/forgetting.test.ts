import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect } from "chai";
import { createLog, silentLog } from "../../src/base/log.js";
import { initStation } from "../../src/cli/init.js";
import { complaintSchema } from "../../src/domain/complaint.js";
import { loadStation } from "../../src/server/config.js";
import { createForgetting } from "../../src/server/forgetting.js";
import { openAsRunLog, openLiveRecordings, openStore } from "../../src/server/store/index.js";
import { stateFolder } from "../../src/server/store/store.js";
import { FakeClock } from "../support/fake-clock.js";

const DAY = 86_400_000;
const HOUR = DAY / 24;

describe("what is about people", () => {
  let folder: string;
  let clock: FakeClock;
  const said: string[] = [];
  beforeEach(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), "loa-quen-"));
    await initStation(folder).catch(() => {});
    clock = new FakeClock();
    said.length = 0;
  });
  afterEach(() => fs.rm(folder, { recursive: true }));

  const open = async () => {
    const store = await openStore({ folder, clock, log: silentLog });
    const asRun = openAsRunLog({ path: join(folder, "config/log.db"), clock, log: silentLog, reserveBytes: 0 });
    const marks = new Map<string, number>();
    const { settings } = loadStation(folder, { env: {} });
    const forgetting = createForgetting({
      ...{
        days: settings.privacy,
        zone: "Asia/Ho_Chi_Minh",
        now: () => clock.date(),
        complaints: store.complaints,
        talks: store.talks,
        recordings: await openLiveRecordings(join(folder, "audio", "talks"), silentLog),
        asRun,
      },
      ...{
        asideFolders: [stateFolder(folder), join(folder, "config")],
        log: createLog(clock, (line) => said.push(line)),
      },
      marks: { at: (id) => marks.get(id), note: (id, at) => void marks.set(id, at) },
    });
    const close = async () => {
      await store.close();
      asRun.close();
    };
    return { store, asRun, forgetting, close };
  };
  const complaint = (number: number, more: object = {}) =>
    complaintSchema.parse({
      ...{ number, place: "đầu ngõ thử", at: clock.date(), what: "Loa thử nhỏ" },
      ...{ contact: `09000000${number} (bản mẫu)`, recordedBy: "An", recordedAt: clock.date(), ...more },
    });
  const everything = async () => {
    const names = await fs.readdir(join(folder, "config"), { recursive: true });
    const files = names.filter((name) => /complaints|log\.db/.test(name)).map((name) => join(folder, "config", name));
    return (await Promise.all(files.map((file) => fs.readFile(file, "latin1")))).join("\n");
  };

  it("goes when its time is over, from every file, and the log says how much and not what", async () => {
    const { store, asRun, forgetting, close } = await open();
    await store.complaints.put(complaint(1, { closedAt: clock.date() }));
    await store.complaints.put(complaint(2));
    asRun.event({ kind: "announcement.changed", after: { personal: { text: "Lời văn của An" } } } as never);
    await forgetting.look();
    clock.advance(89 * DAY);
    await forgetting.look();
    expect(store.complaints.get("1")?.contact).to.include("090000001");
    clock.advance(2 * DAY);
    await forgetting.look();
    expect(store.complaints.get("1")).to.include({ what: "Loa thử nhỏ" }).and.not.have.property("contact");
    expect(store.complaints.get("2")?.contact).to.include("090000002");
    expect(await everything()).to.not.include("090000001");
    clock.advance(400 * DAY);
    await forgetting.look();
    expect(await everything()).to.not.include("090000002");
    clock.advance(300 * DAY);
    await forgetting.look();
    expect(store.complaints.all().map(({ number }) => number)).to.deep.equal([2]);
    clock.advance(400 * DAY);
    await forgetting.look();
    expect(store.complaints.size).to.equal(0);
    const lines = (await asRun.page({ kind: "privacy.forgotten" }, 10)).map(({ detail }) => detail);
    expect(lines).to.deep.equal([
      { complaints: 0, contacts: 1, recordings: 0, words: 0, files: 0 },
      { complaints: 0, contacts: 1, recordings: 0, words: 0, files: 0 },
      { complaints: 1, contacts: 0, recordings: 0, words: 0, files: 0 },
      { complaints: 1, contacts: 0, recordings: 0, words: 0, files: 0 },
    ]);
    expect(said.join()).to.not.include("0900000");
    expect((await asRun.verify()).ok).to.equal(true);
    await close();
  });

  it("that people wrote goes from beside the log, and its chain still holds", async () => {
    const { asRun, forgetting, close } = await open();
    const write = (text: string) =>
      asRun.event({ kind: "announcement.edited", before: { text: "cũ" }, after: { text }, by: "An" } as never);
    for (let number = 0; number < 450; number++) write(`loi van so ${number} cua An`);
    await forgetting.look();
    clock.advance(1000 * DAY);
    write("loi van moi day");
    clock.advance(830 * DAY);
    await forgetting.look();
    const [forgotten] = await asRun.page({ kind: "privacy.forgotten" }, 1);
    expect(forgotten?.detail).to.deep.equal({ complaints: 0, contacts: 0, recordings: 0, words: 450, files: 0 });
    expect(await everything()).to.not.include("cua An");
    expect(await everything()).to.include("moi day");
    expect((await asRun.verify()).ok).to.equal(true);
    await close();
  });

  it("in files that were kept aside goes with them, and nothing else does", async () => {
    const { forgetting, close } = await open();
    const state = stateFolder(folder);
    const old = ["complaints.json.bad-2026-01-01T00-00-00-000Z", "receivers.json.v1", "complaints.json.1.bad-x"];
    for (const name of [...old, "ghi-chu.txt", "complaints.json.v2"]) await fs.writeFile(join(state, name), "x");
    const lost = join(folder, "config/log.db.bad-2026-01-01T00-00-00-000Z");
    const kept = [join(folder, "config/log.db.bad-2026-11-01T00-00-00-000Z"), join(folder, "config/log.db.reserve")];
    for (const path of [lost, `${lost}-wal`, ...kept]) await fs.writeFile(path, "x");
    const long = new Date(clock.date() - 200 * DAY);
    for (const name of [...old, "ghi-chu.txt", "complaints.json"])
      await fs.utimes(join(state, name), long, long).catch(() => {});
    for (const path of [lost, `${lost}-wal`, join(folder, "config/log.db.reserve")]) await fs.utimes(path, long, long);
    await fs.utimes(kept[0] ?? "", new Date(clock.date()), new Date(clock.date()));
    await fs.utimes(join(state, "complaints.json.v2"), new Date(clock.date()), new Date(clock.date()));
    await forgetting.look();
    clock.advance(DAY);
    await forgetting.look();
    const names = await fs.readdir(state);
    expect(names).to.include.members(["ghi-chu.txt", "complaints.json.v2", "meta.json"]);
    for (const name of old) expect(names).to.not.include(name);
    const beside = await fs.readdir(join(folder, "config"));
    expect(beside.filter((name) => name.startsWith("log.db.bad-"))).to.deep.equal([basename(kept[0] ?? "")]);
    expect(beside).to.include.members(["log.db", "log.db.reserve"]);
    await close();
  });

  it("is looked through once a day, at its hour", async () => {
    const { store, forgetting, close } = await open();
    await store.complaints.put(complaint(1, { closedAt: clock.date() - 100 * DAY }));
    await forgetting.look();
    for (let hour = 0; hour < 20; hour++) {
      clock.advance(HOUR);
      await forgetting.look();
    }
    // 07:00 at the start in Đà Lạt; 03:30 comes after twenty and a half hours.
    expect(store.complaints.get("1")).to.have.property("contact");
    clock.advance(HOUR);
    await forgetting.look();
    expect(store.complaints.get("1")).to.not.have.property("contact");
    await close();
  });
});
