import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { initStation } from "../../src/cli/init.js";
import { run } from "./run.js";

describe("loa doctor, about backups", () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "loa-kham-"));
  });
  afterEach(() => rm(root, { recursive: true }));

  it("says that there is none, and when the last one was made", async () => {
    const station = join(root, "dai");
    await initStation(station);
    expect((await run(["doctor", station])).out).to.match(/^! Chưa có bản sao lưu nào/m);
    await run(["backup", "create", "--station", station]);
    expect((await run(["doctor", station])).out).to.match(/^✓ Sao lưu gần nhất: 2026-11-23T00:00:00/m);
    await rm(join(station, "backups"), { recursive: true });
    await writeFile(join(station, "backups"), "");
    expect(await run(["doctor", station])).to.have.property("code", 1);
  }).timeout(60_000);

  it("says what the next start would change", async () => {
    const station = join(root, "cu");
    await cp("test/golden/stations/2026-11-23", station, { recursive: true });
    const { out } = await run(["doctor", station]);
    expect(out).to.include("config/state/receivers.json (1 → ").and.include("config/log.db (1 → ");
  }).timeout(60_000);
});
