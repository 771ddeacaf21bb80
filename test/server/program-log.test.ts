import { execFileSync } from "node:child_process";
import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { openProgramLog } from "../../src/server/program-log.js";
import { FakeClock } from "../support/fake-clock.js";

describe("the program's own log", () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), "loa-log-"));
    path = join(folder, "logs", "program.log");
    lost.splice(0);
  });
  afterEach(() => fs.rm(folder, { recursive: true }));
  const clock = new FakeClock();
  const lost: string[] = [];
  const elsewhere = (lines: readonly string[]) => void lost.push(...lines);
  const read = async (name: string) => (await fs.readFile(join(folder, "logs", name), "utf8")).trim().split("\n");

  it("is for its own user, in order, and goes on where an earlier run ended", async () => {
    for (const part of ["một", "hai"]) {
      const log = openProgramLog({ path, mostBytes: 1000, files: 3, clock, elsewhere });
      log.write(`${part} 1`);
      log.write(`${part} 2`);
      await log.close();
    }
    expect(await read("program.log")).to.deep.equal(["một 1", "một 2", "hai 1", "hai 2"]);
    expect((await fs.stat(path)).mode & 0o777).to.equal(0o600);
  });

  it("begins a new file at its size, and keeps so many", async () => {
    const log = openProgramLog({ path, mostBytes: 100, files: 3, clock, elsewhere });
    for (let line = 0; line < 50; line++) {
      log.write(`dòng ${line} ${"x".repeat(30)}`);
      await log.close();
    }
    expect((await fs.readdir(join(folder, "logs"))).sort()).to.deep.equal([
      "program.log",
      "program.log.1",
      "program.log.2",
    ]);
    for (const name of await fs.readdir(join(folder, "logs")))
      expect((await fs.stat(join(folder, "logs", name))).size).to.be.at.most(100);
    expect([...(await read("program.log.1")), ...(await read("program.log"))].at(-1)).to.match(/^dòng 49 /);
  });

  it("never throws when the disk refuses; the lines go elsewhere, and it says how many are missing once it can", async () => {
    await fs.writeFile(join(folder, "logs"), "");
    const log = openProgramLog({ path, mostBytes: 1000, files: 3, clock, elsewhere });
    log.write("a");
    log.write("b");
    await log.close();
    expect(lost).to.deep.equal(["a", "b"]);
    await fs.rm(join(folder, "logs"));
    log.write("c");
    await log.close();
    expect(await read("program.log")).to.deep.equal([
      JSON.stringify({ level: "warn", event: "log.lines-left-out", count: 2 }),
      "c",
    ]);
  });

  it("holds no more than so much for a disk that is slow", async () => {
    const log = openProgramLog({ path, mostBytes: 10_000_000, files: 2, clock, elsewhere });
    for (let line = 0; line < 30; line++) log.write("y".repeat(100_000));
    await log.close();
    log.write("cuối");
    await log.close();
    const lines = await read("program.log");
    expect(lines.filter((line) => line.startsWith("y"))).to.have.length(10);
    expect(lines.some((line) => line.includes('"count":20'))).to.equal(true);
    // Said when it began, too, and not only once the disk had answered.
    expect(lost.map((line) => JSON.parse(line))).to.deep.equal([
      { level: "warn", event: "log.lines-left-out", count: 1 },
    ]);
  });

  it("waits only so long for a disk that answers nothing, and then says elsewhere what it could not keep", async () => {
    await fs.mkdir(join(folder, "logs"));
    // Opening it waits for somebody who reads, as a disk that hangs would.
    execFileSync("mkfifo", [path]);
    const log = openProgramLog({ path, mostBytes: 1000, files: 2, clock, elsewhere });
    log.write("một");
    await new Promise((resolve) => setImmediate(resolve));
    log.write("hai");
    const closed = log.close();
    clock.advance(3_000);
    await closed;
    expect(lost).to.deep.equal(["một", "hai"]);
    (await fs.open(path, "r+")).close();
  });
});
