import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { systemClock } from "../../../src/base/clock.js";
import { initStation } from "../../../src/cli/init.js";
import { type AutomaticBackup, listBackups, makeAutomaticBackup } from "../../../src/server/backup/automatic.js";
import { restoreBackup, verifyBackup } from "../../../src/server/backup/backup.js";
import { backUpApart } from "../../../src/server/backup/backup-apart.js";
import { failureOf } from "../../support/failure-of.js";
import { FakeClock } from "../../support/fake-clock.js";

const DAY = 86_400_000;

describe("the backups that a station makes by itself", () => {
  let station: string;
  let task: AutomaticBackup;
  let clock: FakeClock;
  beforeEach(async () => {
    station = join(await fs.mkdtemp(join(tmpdir(), "loa-auto-")), "dai");
    await initStation(station);
    task = { station, folder: join(station, "backups"), occasion: "daily", keep: 3 };
    clock = new FakeClock();
  });
  afterEach(() => fs.rm(join(station, ".."), { recursive: true }));

  const names = async () => (await listBackups(task.folder)).map(({ name }) => name);
  const makeDays = async (count: number) => {
    for (let day = 0; day < count; day++) {
      clock.advance(DAY);
      await makeAutomaticBackup(task, clock);
    }
  };

  it("bear their time and occasion, and are whole", async () => {
    await makeAutomaticBackup(task, clock);
    expect(await names()).to.deep.equal(["2026-11-23T00-00-00Z-daily"]);
    expect((await verifyBackup(join(task.folder, "2026-11-23T00-00-00Z-daily"))).ok).to.equal(true);
  });

  it("are kept as many as wanted, the newest, and never at the cost of another occasion", async () => {
    await makeAutomaticBackup({ ...task, occasion: "by-hand" }, clock);
    clock.advance(1000);
    await makeAutomaticBackup({ ...task, occasion: "upgrade" }, clock);
    await makeDays(5);
    expect((await names()).map((name) => name.replace(/T.*Z/, ""))).to.deep.equal([
      ...["2026-11-28-daily", "2026-11-27-daily", "2026-11-26-daily", "2026-11-23-upgrade", "2026-11-23-by-hand"],
    ]);
  });

  it("leave alone what is not theirs, and take away what was never finished", async () => {
    const unfinished = join(task.folder, "2026-11-20T00-00-00Z-daily");
    const others = ["ảnh", "2026-11-20", "2026-11-20T00-00-00Z-daily.tar"].map((name) => join(task.folder, name));
    for (const folder of [unfinished, ...others]) await fs.mkdir(folder, { recursive: true });
    await makeDays(1);
    expect(await fs.readdir(task.folder)).to.have.members([
      ...["ảnh", "2026-11-20", "2026-11-20T00-00-00Z-daily.tar", "2026-11-24T00-00-00Z-daily"],
    ]);
  });

  it("share the room of clips, which never change, and of nothing else", async () => {
    await fs.writeFile(join(station, "audio/clips/mot.opus"), Buffer.alloc(50_000, 1));
    await fs.writeFile(join(station, "audio/library/nhac.wav"), Buffer.alloc(1000, 2));
    await makeDays(2);
    const [second = "", first = ""] = await names();
    const inode = async (name: string, path: string) => (await fs.stat(join(task.folder, name, path))).ino;
    expect(await inode(second, "audio/clips/mot.opus")).to.equal(await inode(first, "audio/clips/mot.opus"));
    expect(await inode(second, "audio/library/nhac.wav")).to.not.equal(await inode(first, "audio/library/nhac.wav"));
    expect((await fs.stat(join(station, "audio/clips/mot.opus"))).ino).to.not.equal(
      await inode(first, "audio/clips/mot.opus"),
    );
  });

  it("outlive the one whose room they share, and come back as files of their own", async () => {
    await fs.writeFile(join(station, "audio/clips/mot.opus"), Buffer.alloc(50_000, 1));
    await makeDays(5);
    const [newest = ""] = await names();
    const other = join(station, "..", "khac");
    await restoreBackup(join(task.folder, newest), other, { replace: false, clock });
    const restored = join(other, "audio/clips/mot.opus");
    expect((await fs.readFile(restored)).equals(Buffer.alloc(50_000, 1))).to.equal(true);
    expect((await fs.stat(restored)).nlink).to.equal(1);
  });

  it("are a failure when they do not read back, which costs no older one", async () => {
    await fs.writeFile(join(station, "audio/clips/mot.opus"), Buffer.alloc(50_000, 1));
    await makeDays(1);
    const [first = ""] = await names();
    const shared = join(task.folder, first, "audio/clips/mot.opus");
    const { mtime, atime } = await fs.stat(shared);
    await fs.writeFile(shared, Buffer.alloc(50_000, 9));
    await fs.utimes(shared, atime, mtime);
    clock.advance(DAY);
    const failure = await failureOf(makeAutomaticBackup(task, clock));
    expect(failure).to.include({ code: "unavailable", reason: "backup-damaged" });
    expect(await names()).to.deep.equal([first]);
    expect(await fs.readdir(task.folder)).to.deep.equal([first]);
  });

  it("are made in a program of their own, which says what went wrong", async () => {
    expect(await backUpApart(task, systemClock).outcome).to.include({ kind: "made" });
    expect(await names()).to.have.length(1);
    await fs.writeFile(join(station, "tệp"), "");
    const failed = await backUpApart({ ...task, folder: join(station, "tệp") }, systemClock).outcome;
    expect(failed.kind).to.equal("failed");
    const ended = backUpApart(task, systemClock);
    ended.end();
    expect(await ended.outcome).to.have.property("kind", "failed");
  });
});
