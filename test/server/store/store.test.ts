import { spawnSync } from "node:child_process";
import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { Fault } from "../../../src/base/errors.js";
import { silentLog } from "../../../src/base/log.js";
import { announcementId } from "../../../src/domain/ids.js";
import { lockHolder } from "../../../src/server/store/lock.js";
import { openStore, stateFolder } from "../../../src/server/store/store.js";
import { FakeClock } from "../../support/fake-clock.js";

const writer = fileURLToPath(new URL(`./writer${extname(import.meta.url)}`, import.meta.url));

describe("store", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), "loa-"));
  });
  afterEach(() => fs.rm(folder, { recursive: true }));
  const clock = new FakeClock();
  const open = () => openStore({ folder, clock, log: silentLog });
  const announcement = (id: string) => ({
    id: announcementId(id),
    title: "Thử",
    class: "ordinary" as const,
    topic: "khac",
  });

  it("keeps each kind in its own file", async () => {
    const store = await open();
    await store.announcements.put(announcement("a"));
    await store.close();
    const again = await open();
    expect(again.announcements.get(announcementId("a"))?.title).to.equal("Thử");
    expect(await fs.readdir(stateFolder(folder))).to.include.members(["announcements.json", "meta.json"]);
    await again.close();
  });

  it("lets nobody else in while it is open, and anybody after", async () => {
    const store = await open();
    const thrown = await open().catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(Fault).with.property("reason", "locked");
    expect(lockHolder(stateFolder(folder))).to.equal(`pid ${process.pid}`);
    await store.close();
    expect(lockHolder(stateFolder(folder))).to.equal(undefined);
    await (await open()).close();
  });

  it("removes what interrupted writes left behind", async () => {
    await (await open()).close();
    await fs.writeFile(join(stateFolder(folder), "meta.json.99-1.unfinished"), "{");
    await (await open()).close();
    expect((await fs.readdir(stateFolder(folder))).join(" ")).not.to.include("unfinished");
  });

  it("never gives an order number twice, whatever was running before", async () => {
    let highest = 0;
    for (let start = 0; start < 3; start++) {
      const store = await open();
      for (let i = 0; i < 10; i++) {
        const number = store.orderNumbers.next();
        expect(number).to.be.greaterThan(highest);
        highest = number;
      }
      await store.close();
    }
  });

  it("gives epochs above those that it forgot with a restored backup", async () => {
    const store = await open();
    const before = await store.orderNumbers.raiseEpoch();
    await store.close();
    const saved = await fs.readFile(join(stateFolder(folder), "meta.json"), "utf8");
    const later = await open();
    for (let start = 0; start < 5; start++) {
      clock.advance(1000);
      await later.orderNumbers.raiseEpoch();
    }
    const forgotten = later.orderNumbers.epoch();
    await later.close();
    await fs.writeFile(join(stateFolder(folder), "meta.json"), saved);
    clock.advance(1000);
    const restored = await open();
    expect(await restored.orderNumbers.raiseEpoch())
      .to.be.above(forgotten)
      .and.above(before)
      .and.below(2 ** 32);
    await restored.close();
  });

  it("remembers the epoch", async () => {
    const store = await open();
    const raised = await store.orderNumbers.raiseEpoch();
    await store.close();
    const again = await open();
    expect(again.orderNumbers.epoch()).to.equal(raised);
    await again.close();
  });

  it("refuses a second process", async () => {
    const store = await open();
    const { status, stdout } = spawnSync(process.execPath, [...process.execArgv, writer, folder], { encoding: "utf8" });
    expect(stdout).to.equal("locked\n");
    expect(status).to.equal(3);
    await store.close();
  });
});
