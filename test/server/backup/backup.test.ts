import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import Database from "libsql";
import { Fault } from "../../../src/base/errors.js";
import { silentLog } from "../../../src/base/log.js";
import { initStation } from "../../../src/cli/init.js";
import { receiverSchema } from "../../../src/domain/receiver.js";
import { createBackup, restoreBackup, verifyBackup } from "../../../src/server/backup/backup.js";
import { filesOf } from "../../../src/server/backup/backup-files.js";
import { makeOwnCertificates } from "../../../src/server/own-certificates.js";
import { openAsRunLog } from "../../../src/server/store/as-run-log.js";
import { openStore } from "../../../src/server/store/store.js";
import { stationToken } from "../../../src/server/trust/token.js";
import { FakeClock } from "../../support/fake-clock.js";

describe("backup", () => {
  const clock = new FakeClock();
  let root: string;
  let station: string;
  let backup: string;
  beforeEach(async () => {
    root = await fs.mkdtemp(join(tmpdir(), "loa-"));
    [station, backup] = [join(root, "station"), join(root, "backup")];
    await initStation(station);
    stationToken(join(station, "config/token"));
    await fs.writeFile(join(station, "audio/library/chuong.wav"), Buffer.alloc(100_000, 7));
    await fs.writeFile(join(station, "playlists/sang.json"), "{}");
    await fs.mkdir(join(station, "audio/cache"));
    await fs.writeFile(join(station, "audio/cache/x"), "x");
  });
  afterEach(() => fs.rm(root, { recursive: true }));

  const openAll = async () => {
    const store = await openStore({ folder: station, clock, log: silentLog });
    const log = openAsRunLog({ path: join(station, "config/log.db"), clock, log: silentLog });
    return {
      store,
      log,
      close: () => {
        log.close();
        return store.close();
      },
    };
  };
  const receiver = (id: string) => receiverSchema.parse({ id, name: "Loa", area: "phuong", kind: "fixed" });
  async function contents(folder: string) {
    // A database is copied by its content, not byte for byte.
    const files = (await filesOf(folder)).filter((path) => !/\.(?:1|db)$/.test(path));
    const read = files.map(async (path) => [path, (await fs.readFile(join(folder, path))).toString("base64")] as const);
    return Object.fromEntries(await Promise.all(read));
  }
  const refusal = async (work: Promise<unknown>) => {
    const thrown = await work.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(thrown).to.be.instanceOf(Fault);
    return thrown as Fault;
  };
  const restore = (to: string, replace = false) => restoreBackup(backup, to, { replace, clock });

  it("restores every file byte for byte, without the cache", async () => {
    const { store, close } = await openAll();
    await store.receivers.put(receiver("loa-1"));
    await close();
    await createBackup(station, backup, clock);
    const other = join(root, "other");
    await restore(other);
    expect(await contents(other)).to.deep.equal(await contents(station));
    expect(await filesOf(other)).to.include.members(["config/token", "audio/library/chuong.wav"]);
    expect((await fs.stat(join(other, "config/token"))).mode & 0o777).to.equal(0o600);
    expect(await fs.readdir(join(other, "audio"))).to.not.include("cache");
    expect(await fs.readdir(other)).to.have.members(["config", "playlists", "audio", "restored.json"]);
  });

  it("holds the programs for loudspeakers, and says how many", async () => {
    expect((await createBackup(station, join(root, "without"), clock)).packages).to.equal(0);
    await fs.mkdir(join(station, "audio/packages"), { mode: 0o700 });
    await fs.writeFile(join(station, "audio/packages", "a".repeat(64)), "a package");
    expect((await createBackup(station, backup, clock)).packages).to.equal(1);
    const other = join(root, "other");
    await restore(other);
    expect(await fs.readFile(join(other, "audio/packages", "a".repeat(64)), "utf8")).to.equal("a package");
  });

  it("can be made while the server writes, and holds what was acknowledged before", async () => {
    const { store, log, close } = await openAll();
    log.event({ kind: "before" });
    await store.receivers.put(receiver("loa-0"));
    let writing = true;
    const writes = (async () => {
      for (let i = 1; writing; i++) {
        await store.receivers.put(receiver(`loa-${i}`));
        log.event({ kind: "during" });
      }
    })();
    await createBackup(station, backup, clock);
    writing = false;
    await writes;
    await close();
    expect((await verifyBackup(backup)).problems).to.deep.equal([]);
    station = join(root, "other");
    await restore(station);
    const again = await openAll();
    expect(again.store.receivers.size).to.be.greaterThan(0);
    expect((await again.log.verify()).ok).to.equal(true);
    expect((await again.log.page({}, 1))[0]?.kind).to.equal("before");
    await again.close();
  });

  it("takes along what a later version of the program may keep there, databases in their own way", async () => {
    await openAll().then(({ close }) => close());
    const database = new Database(join(station, "config/moi.db"));
    database.exec("PRAGMA journal_mode = WAL; CREATE TABLE t (x TEXT); INSERT INTO t VALUES ('một')");
    for (const path of ["config/moi/x.json", "config/state/moi.json", "audio/moi/x.pack"]) {
      await fs.mkdir(join(station, path, ".."), { recursive: true });
      await fs.writeFile(join(station, path), path);
    }
    await fs.chmod(join(station, "config/moi"), 0o750);
    await createBackup(station, backup, clock);
    database.close();
    expect((await verifyBackup(backup)).problems).to.deep.equal([]);
    const other = join(root, "other");
    await restore(other);
    expect(await filesOf(other)).to.include.members([
      ...["config/moi/x.json", "config/state/moi.json", "audio/moi/x.pack", "config/moi.db", "config/log.db"],
    ]);
    expect((await filesOf(other)).filter((path) => /wal|shm|reserve|cache|lock/.test(path))).to.deep.equal([]);
    expect((await fs.stat(join(other, "config/moi"))).mode & 0o777).to.equal(0o750);
    const restored = new Database(join(other, "config/moi.db"));
    expect(restored.prepare("SELECT x FROM t").raw().all()).to.deep.equal([["một"]]);
    restored.close();
  });

  it("leaves out what was put aside of a damaged log, which holds names and goes after its time", async () => {
    await openAll().then(({ close }) => close());
    const bad = ["log.db.bad-2026-11-30T00-00-00-000Z", "log.db.bad-x-wal", "log.db.mending"];
    for (const name of bad) await fs.writeFile(join(station, "config", name), "x");
    await createBackup(station, backup, clock);
    expect((await verifyBackup(backup)).problems).to.deep.equal([]);
    const names = await fs.readdir(join(backup, "config"));
    expect(names).to.include("log.db");
    expect(names.filter((name) => /bad|mend/.test(name))).to.deep.equal([]);
  });

  it("keeps what is secret for its owner alone, on the way out and on the way back", async () => {
    await makeOwnCertificates(station, { title: "Đài thử", names: ["localhost"], now: clock.date() });
    await createBackup(station, backup, clock);
    const other = join(root, "other");
    await restore(other);
    for (const folder of [backup, other])
      for (const path of ["config/token", "config/tls/authority.key", "config/tls/server.pem"])
        expect((await fs.stat(join(folder, path))).mode & 0o777, path).to.equal(0o600);
    expect((await fs.stat(backup)).mode & 0o777).to.equal(0o700);
  });

  for (const [what, damage] of [
    ["a changed byte", () => fs.appendFile(join(backup, "config/areas.json"), " ")],
    ["a missing file", () => fs.rm(join(backup, "playlists/sang.json"))],
    ["a file slipped in", () => fs.writeFile(join(backup, "playlists/la.json"), "{}")],
  ] as const)
    it(`finds ${what}, and is not restored then`, async () => {
      await createBackup(station, backup, clock);
      await damage();
      const check = await verifyBackup(backup);
      expect(check.ok).to.equal(false);
      expect(check.problems).to.have.length(1);
      expect((await refusal(restore(join(root, "other")))).reason).to.equal("backup-damaged");
      expect(await fs.readdir(root)).to.not.include("other");
    });

  it("without its list is no backup", async () => {
    await createBackup(station, backup, clock);
    await fs.rm(join(backup, "manifest.json"));
    expect((await refusal(verifyBackup(backup))).reason).to.equal("no-backup");
  });

  it("does not follow a list that leads out of the folder", async () => {
    await createBackup(station, backup, clock);
    const path = join(backup, "manifest.json");
    await fs.writeFile(path, (await fs.readFile(path, "utf8")).replace("config/areas.json", "config/../../../etc/x"));
    expect((await refusal(verifyBackup(backup))).reason).to.equal("no-backup");
  });

  it("is not restored over a station unless told, and then keeps the former one", async () => {
    await createBackup(station, backup, clock);
    await fs.writeFile(join(station, "playlists/sang.json"), "mới");
    expect((await refusal(restore(station))).reason).to.equal("not-empty");
    expect(await fs.readFile(join(station, "playlists/sang.json"), "utf8")).to.equal("mới");
    const { former } = await restore(station, true);
    expect(await fs.readFile(join(station, "playlists/sang.json"), "utf8")).to.equal("{}");
    expect(await fs.readFile(join(former ?? "", "playlists/sang.json"), "utf8")).to.equal("mới");
  });

  it("is not restored over a station that is running", async () => {
    await createBackup(station, backup, clock);
    const { close } = await openAll();
    expect((await refusal(restore(station, true))).reason).to.equal("locked");
    await close();
    await restore(station, true);
  });

  it("is made only of a station, and only into an empty folder", async () => {
    expect((await refusal(createBackup(root, backup, clock))).code).to.equal("not-found");
    expect((await refusal(createBackup(station, station, clock))).reason).to.equal("not-empty");
    for (const [place, mayLieInside] of [
      ["ban-sao", false],
      ["config/ban-sao", true],
      ["audio", true],
    ] as const) {
      await fs.mkdir(join(root, "trong"), { recursive: true });
      if (place === "audio") await fs.rm(join(station, "audio"), { recursive: true });
      const inside = await refusal(createBackup(station, join(station, place), clock, { mayLieInside }));
      expect(inside.message, place).to.include("lies inside the station");
    }
  });
});
