import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { type LoopDisk, openLoopDisk } from "../support/loop-disk.js";
import { type LogLine, openProcessHouse, type ProcessHouse } from "../support/process-house.js";
import { eventually } from "../support/whole-house.js";

describe("a loudspeaker whose disk fails it", function () {
  this.timeout(240_000);
  let folder: string;
  let disk: LoopDisk;
  let house: ProcessHouse;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loa-relay-disk-"));
    disk = await openLoopDisk(join(folder, "relay-disk"), 100);
    house = await openProcessHouse(folder, disk.folder);
    await house.lay();
    await house.prepare();
    await house.plan(Math.ceil(Date.now() / 1000) * 1000 + 3_000, 60, 3);
  });
  afterEach(async () => {
    await house?.killAll();
    await disk?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const lines = async (kind: string, since: number): Promise<LogLine[]> =>
    (await house.readLog()).filter((line) => line.kind === kind && Date.parse(line.at) > since);
  const sounds = (since: number, count = 1, withinMs = 40_000) =>
    eventually(`${count} soundings in the log`, withinMs, async () => (await lines("finished", since)).length >= count);

  it("sounds and journals on when it is full, from what was put by, and remembers over a kill", async () => {
    await sounds(0, 2);
    await disk.fill();
    const full = Date.now();

    await sounds(full, 3);
    expect(await readdir(disk.folder), "what was put by").to.not.include("reserve");
    expect((await readFile(join(disk.folder, "relay.log"), "utf8")).includes("relay.disk-full")).to.equal(true);
    await house.kill("relay");
    house.relay();
    await sounds(Date.now(), 2);
    await disk.empty();
    await sounds(Date.now(), 2);
    // An end is told a moment before it is heard, so a wait may count the sounding that was under way.
    expect(await house.check(), "soundings").to.be.at.least(6);
  });

  it("begins nothing that it cannot write down when its fsync fails, says so, and is well when the disk is", async () => {
    await sounds(0, 1);
    const strace: ChildProcess = spawn(
      "strace",
      [
        ...["-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:error=EIO"],
        ...["-p", String(house.pidOf("relay"))],
      ],
      { stdio: "ignore" },
    );
    await once(strace, "spawn");
    const failing = Date.now() + 4_000;
    await new Promise((resolve) => setTimeout(resolve, 14_000));
    const gone = once(strace, "exit");
    strace.kill("SIGINT");
    await gone;
    const well = Date.now();

    // It tries its disk anew each minute.
    await sounds(well, 2, 100_000);
    const missed = (await lines("missed", failing)).filter(({ why }) => why === "disk");
    expect(missed, "told once the journal could be kept again").to.not.be.empty;
    const heard = (await lines("started", failing)).filter(({ at }) => Date.parse(at) < well - 2_000);
    expect(heard, "begun without being written down").to.deep.equal([]);
    expect(await house.check(), "soundings").to.be.above(2);
  });
});
