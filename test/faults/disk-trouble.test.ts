import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { type LoopDisk, openLoopDisk } from "../support/loop-disk.js";
import { openProcessHouse, type ProcessHouse } from "../support/process-house.js";
import { eventually } from "../support/whole-house.js";

describe("a station whose disk fails it", function () {
  this.timeout(120_000);
  let folder: string;
  let disk: LoopDisk;
  let house: ProcessHouse;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loa-disk-"));
    disk = await openLoopDisk(join(folder, "station-disk"), 300);
    house = await openProcessHouse(disk.folder, join(folder, "relay"), join(folder, "out"));
    await house.lay();
    await house.prepare();
  });
  afterEach(async () => {
    await house?.killAll();
    await disk?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const setVolume = (percent: number) => house.call("PUT", "/receivers/loa-1/volume", { percent });
  const volume = async () => (await house.call<{ volume: number }[]>("GET", "/receivers"))[0]?.volume;
  const restart = async () => {
    await house.kill("server");
    house.serve();
    await house.answers();
  };
  /** Waits until the log tells of a sounding that began after `since`. */
  const soundsOn = (since: number) =>
    eventually("a sounding in the log", 30_000, async () =>
      (await house.readLog()).some(({ kind, at }) => kind === "finished" && Date.parse(at) > since + 1_500),
    );

  it("refuses what it cannot keep when the disk is full, keeps what it had, goes on airing and logging", async () => {
    await setVolume(41);
    await house.plan(Math.ceil(Date.now() / 1000) * 1000 + 3_000, 30, 3);
    await disk.fill();
    const full = Date.now();

    const refused = await house.refusal("PUT", "/receivers/loa-1/volume", { percent: 77 });
    expect(refused).to.include({ status: 503, reason: "disk-full" });
    expect(refused.detail).to.match(/[ăâđêôơư]/);
    expect(await volume()).to.equal(41);
    await soundsOn(full);

    await disk.empty();
    await eventually("writes to work again", 10_000, () => house.succeeds(setVolume(42)));
    await restart();
    expect(await volume()).to.equal(42);
    expect(await house.check(), "soundings").to.be.above(0);
  });

  it("takes a failed fsync for a failed write, and is well again when the disk is", async () => {
    await setVolume(41);
    await house.plan(Math.ceil(Date.now() / 1000) * 1000 + 3_000, 30, 3);
    const strace: ChildProcess = spawn(
      "strace",
      [
        ...["-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:error=EIO"],
        ...["-p", String(house.pidOf("server"))],
      ],
      { stdio: "ignore" },
    );
    await once(strace, "spawn");

    const refused = await eventually("the disk to fail", 10_000, () =>
      house.refusal("PUT", "/receivers/loa-1/volume", { percent: 77 }).catch(() => undefined),
    );
    expect(refused).to.include({ status: 503, reason: "disk-failed" });
    const gone = once(strace, "exit");
    strace.kill("SIGINT");
    await gone;

    const well = Date.now();
    await eventually("writes to work again", 10_000, () => house.succeeds(setVolume(43)));
    await soundsOn(well);
    await restart();
    expect(await volume()).to.equal(43);
    expect(await house.check(), "soundings").to.be.above(0);
  });
});
