import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { silentLog } from "../../../src/base/log.js";
import { putByReserve, withReserve } from "../../../src/server/store/reserve.js";
import { heardLog } from "./things.js";

describe("reserve for a full disk", () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), "loa-"));
    path = join(folder, "reserve");
  });
  afterEach(() => fs.rm(folder, { recursive: true }));
  const full = () => Object.assign(new Error("full"), { code: "SQLITE_FULL" });

  it("holds real space", async () => {
    putByReserve(path, 2_500_000, silentLog);
    const { size, blocks } = await fs.stat(path);
    expect(size).to.equal(2_500_000);
    expect(blocks * 512).to.be.at.least(2_500_000);
  });

  it("is given free when the disk is full, and the work done then", async () => {
    const { events, log } = heardLog();
    const reserve = putByReserve(path, 1000, log);
    let tries = 0;
    const done = withReserve(reserve, () => {
      tries += 1;
      if (tries === 1) throw full();
      return "done";
    });
    expect(done).to.equal("done");
    expect(await fs.readdir(folder)).to.deep.equal([]);
    expect(events).to.deep.equal(["disk.full"]);
  });

  it("is used once; after that the error is told", () => {
    const reserve = putByReserve(path, 1000, silentLog);
    let tries = 0;
    const work = () => {
      tries += 1;
      throw full();
    };
    expect(() => withReserve(reserve, work)).to.throw("full");
    expect(() => withReserve(reserve, work)).to.throw("full");
    expect(tries).to.equal(3);
  });

  it("is not touched for other errors", async () => {
    const reserve = putByReserve(path, 1000, silentLog);
    const work = () => {
      throw Object.assign(new Error("EIO"), { code: "SQLITE_IOERR_FSYNC" });
    };
    expect(() => withReserve(reserve, work)).to.throw("EIO");
    expect(await fs.readdir(folder)).to.deep.equal(["reserve"]);
  });

  it("is left out when it was not asked for", async () => {
    putByReserve(path, 0, silentLog);
    expect(await fs.readdir(folder)).to.deep.equal([]);
  });
});
