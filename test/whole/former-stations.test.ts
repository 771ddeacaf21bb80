import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import Database from "libsql";
import { systemClock } from "../../src/base/clock.js";
import { type RunningServer, startServer } from "../../src/server/app.js";
import { listBackups } from "../../src/server/backup/automatic.js";
import { restoreBackup } from "../../src/server/backup/backup.js";
import { loadStation } from "../../src/server/config.js";
import { LOG_VERSION } from "../../src/server/store/log-form.js";
import { pendingMigrations } from "../../src/server/store/pending-migrations.js";
import { KINDS } from "../../src/server/store/records.js";
import { failureOf } from "../support/failure-of.js";
import { testLog } from "../support/whole-house.js";

const STATIONS = "test/golden/stations";
const names = readdirSync(STATIONS).filter((name) => !name.endsWith(".md"));

describe("a station that a former program has written", () => {
  let folder: string;
  let server: RunningServer | undefined;
  const lay = async (name: string) => {
    folder = join(await mkdtemp(join(tmpdir(), "loa-cu-")), "dai");
    await cp(join(STATIONS, name), folder, { recursive: true });
  };
  afterEach(async () => {
    await server?.stop();
    server = undefined;
    await rm(join(folder, ".."), { recursive: true, force: true });
  });
  const start = async () => {
    const station = loadStation(folder, { env: { LOA_PORT: "0" } });
    server = await startServer(station, { clock: systemClock, random: Math.random, log: testLog });
    return server;
  };
  const stateOf = async (from: string) => {
    const state = join(from, "config/state");
    const files = (await readdir(state)).filter((name) => /^[a-z]+\.json$/.test(name) && name !== "lock.json");
    return Object.fromEntries(
      await Promise.all(files.map(async (file) => [file, await readFile(join(state, file), "utf8")])),
    );
  };

  for (const name of names) {
    it(`opens: that of ${name}, with what it held`, async () => {
      await lay(name);
      const { control, url, token } = await start();
      const places = control.receivers();
      expect(places.map(({ id }) => id)).to.deep.equal(["cot-1", "cot-2"]);
      const news = Object.fromEntries(control.announcements().map(({ id, title }) => [id, title]));
      expect(news).to.deep.equal({ "tin-thu": "Tin thử", "tin-cho": "Tin chờ" });
      expect(control.playlists().map(({ value }) => value.id)).to.deep.equal(["thu"]);
      expect(control.schedules().map(({ value }) => value.id)).to.deep.equal(["sang"]);
      const check = await fetch(`${url}/api/v1/log/verification`, { headers: { authorization: `Bearer ${token}` } });
      expect(await check.json()).to.deep.include({ ok: true });
      expect(await pendingMigrations(folder)).to.deep.equal([]);
    }).timeout(60_000);

    it(`is backed up before it is changed, and goes back to what it was: that of ${name}`, async () => {
      await lay(name);
      const before = await stateOf(folder);
      expect(await pendingMigrations(folder)).to.not.deep.equal([]);
      await start();
      await server?.stop();
      server = undefined;
      const [backup] = await listBackups(join(folder, "backups"));
      expect(backup?.occasion).to.equal("upgrade");
      await restoreBackup(backup?.folder ?? "", folder, { replace: true, clock: systemClock });
      expect(await stateOf(folder)).to.deep.equal(before);
    }).timeout(60_000);
  }

  it("of before complaints had an area finds the one that each was made about", async () => {
    await lay("2026-11-29-log-4");
    const { control } = await start();
    expect(control.complaints().map(({ receiver, area }) => [receiver, area])).to.deep.equal([["cot-1", "thu"]]);
  }).timeout(60_000);

  it("of before devices had keys keeps its places, and drops the secrets of their devices", async () => {
    await lay("2026-11-23");
    const before = await stateOf(folder);
    expect(before["receivers.json"]).to.include("tokenHash");
    const { control } = await start();
    expect(control.receivers().map(({ paired }) => paired)).to.deep.equal([false, false]);
  }).timeout(60_000);

  it("is not opened, and not changed, while no backup can be made before that", async () => {
    await lay(names[0] ?? "");
    const before = await stateOf(folder);
    await writeFile(join(folder, "backups"), "");
    const failure = await failureOf(start());
    expect(failure).to.include({ code: "unavailable", reason: "backup-failed" });
    expect(await stateOf(folder)).to.deep.equal(before);
  });

  it("is refused with a sentence, and not changed, when it is of a newer program", async () => {
    await lay(names.at(-1) ?? "");
    await start();
    await server?.stop();
    server = undefined;
    const file = join(folder, "config/state/receivers.json");
    const body = (await readFile(file, "utf8")).replace(/^.*\n"version":\d+/, '"version":99');
    await writeFile(file, `{"sha256":"${createHash("sha256").update(body).digest("hex")}",\n${body}`);
    const before = await stateOf(folder);
    const failure = await failureOf(start());
    expect(failure).to.include({ reason: "newer-version" });
    expect(String((failure as Error).message)).to.include("written by a newer version of the program");
    expect(await stateOf(folder)).to.deep.equal(before);
  }).timeout(60_000);

  it("is refused with a sentence when its log is of a newer program", async () => {
    await lay(names.at(-1) ?? "");
    const log = new Database(join(folder, "config/log.db"));
    log.exec("PRAGMA user_version = 99");
    log.close();
    expect(await failureOf(start())).to.include({ reason: "newer-version" });
  }).timeout(60_000);

  it("has been kept of every kind whose shape has changed", () => {
    const held = (path: string) =>
      names.map((name) => {
        try {
          return Number(/"version":(\d+)/.exec(readFileSync(join(STATIONS, name, path), "utf8"))?.[1]);
        } catch {
          return undefined;
        }
      });
    // A shape that lived for some hours between two of these has been in nobody's station.
    for (const [kind, { version = 1 }] of Object.entries(KINDS) as [string, { version?: number }][])
      if (version > 1) expect(held(`config/state/${kind}.json`), kind).to.include(1);
    const logs = names.map((name) => readFileSync(join(STATIONS, name, "config/log.db")).readUInt32BE(60));
    expect(logs)
      .to.include.members([1, 2, 4])
      .and.to.satisfy((all: number[]) => Math.max(...all) <= LOG_VERSION);
  });
});
