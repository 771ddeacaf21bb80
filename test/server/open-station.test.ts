import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { systemClock } from "../../src/base/clock.js";
import { silentLog } from "../../src/base/log.js";
import { loadStation } from "../../src/server/config.js";
import { openStation } from "../../src/server/open-station.js";
import { lockHolder } from "../../src/server/store/index.js";

describe("what a station keeps", function () {
  this.timeout(30_000);
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loa-open-"));
    for (const name of ["config", "playlists", "audio/library"]) await mkdir(join(folder, name), { recursive: true });
    const write = (name: string, value: unknown) => writeFile(join(folder, "config", name), JSON.stringify(value));
    await write("station.json", { station: { name: "Đài thử" }, voices: { order: ["espeak"] } });
    await write("areas.json", [{ id: "phuong", name: "Phường thử", kind: "ward" }]);
    await write("policy.json", []);
    await write("levels.json", []);
  });
  afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const station = () => loadStation(folder, { env: {}, flags: {} });
  const open = () => openStation(station(), { clock: systemClock, random: Math.random, log: silentLog });

  it("is closed with the lock last, so that nobody else opens a log that is open here", async () => {
    const opened = await open();
    const { state } = station().paths;
    const { close } = opened.asRun;
    let holder: unknown;
    opened.asRun.close = () => {
      holder = lockHolder(state);
      close();
    };

    await opened.close();

    expect(holder, "whoever holds the lock as the log is closed").to.not.equal(undefined);
    expect(lockHolder(state)).to.equal(undefined);
  });

  it("is left closed when a part of it cannot be opened, and opens once that is mended", async () => {
    await rm(join(folder, "audio", "clips"), { recursive: true, force: true });
    await writeFile(join(folder, "audio", "clips"), "no folder");
    const refused = await open().then(
      () => "opened",
      () => "refused",
    );
    expect(refused).to.equal("refused");

    await rm(join(folder, "audio", "clips"));
    await (await open()).close();
  });
});
