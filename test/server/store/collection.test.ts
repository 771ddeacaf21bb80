import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { type Files, machineFiles } from "../../../src/server/store/disk.js";
import { openThings, refusal } from "./things.js";

describe("collection", () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), "loa-"));
    path = join(folder, "things.json");
  });
  afterEach(() => fs.rm(folder, { recursive: true }));

  const open = (more: Parameters<typeof openThings>[1] = {}) => openThings(path, more);

  it("gives back after reopening what was put before", async () => {
    const things = await open();
    await things.put({ id: "a", text: "một" });
    await things.put({ id: "b", text: "hai" });
    await things.delete("a");
    const again = await open();
    expect(again.all()).to.deep.equal([{ id: "b", text: "hai" }]);
    expect(again.kept("b")?.updatedAt).to.equal(Date.UTC(2026, 10, 23));
  });

  it("keeps the file for its owner alone", async () => {
    const things = await open();
    await things.put({ id: "a", text: "" });
    expect((await fs.stat(path)).mode & 0o777).to.equal(0o600);
  });

  it("resolves each of many simultaneous puts only when the file holds its value", async () => {
    const things = await open();
    const puts = Array.from({ length: 50 }, async (_, i) => {
      await things.put({ id: `t${i}`, text: `${i}` });
      expect(await fs.readFile(path, "utf8")).to.include(`"id":"t${i}"`);
    });
    await Promise.all(puts);
  });

  it("brings simultaneous puts to disk in few writes", async () => {
    let renames = 0;
    const files: Files = {
      ...machineFiles,
      rename: (from, to) => {
        if (to === path) renames += 1;
        return machineFiles.rename(from, to);
      },
    };
    const things = await open({ files });
    await Promise.all(Array.from({ length: 100 }, (_, i) => things.put({ id: `t${i}`, text: "" })));
    expect(renames).to.be.at.most(2);
  });

  it("refuses a save from an older version and keeps the newer one", async () => {
    const things = await open();
    const version = await things.put({ id: "a", text: "một" });
    await things.put({ id: "a", text: "hai" }, version);
    const fault = await refusal(things.put({ id: "a", text: "ba" }, version));
    expect(fault.code).to.equal("conflict");
    expect(fault.reason).to.equal("stale");
    expect(things.get("a")?.text).to.equal("hai");
  });

  it("refuses a save from before a removal even though the thing has been made anew", async () => {
    const things = await open();
    const version = await things.put({ id: "a", text: "một" });
    await things.delete("a");
    await things.put({ id: "a", text: "mới" });
    expect((await refusal(things.put({ id: "a", text: "cũ" }, version))).code).to.equal("conflict");
  });

  it("takes version 0 to mean that there must be none yet", async () => {
    const things = await open();
    await things.put({ id: "a", text: "một" }, 0);
    expect((await refusal(things.put({ id: "a", text: "hai" }, 0))).code).to.equal("conflict");
  });

  it("does all steps of a change or none", async () => {
    const things = await open();
    await things.put({ id: "a", text: "một" });
    const steps = [{ delete: "a" }, { put: { id: "b", text: "hai" }, ifVersion: 99 }];
    await refusal(things.commit(steps));
    expect(things.all()).to.deep.equal([{ id: "a", text: "một" }]);
  });

  it("refuses more things than its limit", async () => {
    const things = await open({ atMost: 1 });
    await things.put({ id: "a", text: "" });
    expect((await refusal(things.put({ id: "b", text: "" }))).code).to.equal("too-large");
    await things.put({ id: "a", text: "đổi" });
  });

  describe("when the disk refuses", () => {
    function failing(method: "sync" | "writeFile", code: string, on: (path: string) => boolean) {
      const state = { broken: false };
      const files: Files = {
        ...machineFiles,
        async open(file, ...rest) {
          const handle = await machineFiles.open(file, ...rest);
          if (state.broken && on(String(file)))
            handle[method] = () => Promise.reject(Object.assign(new Error(`${code}: injected`), { code }));
          return handle;
        },
      };
      return { files, state };
    }
    const isTemporary = (file: string) => file.endsWith(".unfinished");

    for (const [method, code, reason] of [
      ["sync", "EIO", "disk-failed"],
      ["writeFile", "ENOSPC", "disk-full"],
    ] as const) {
      it(`refuses the write on ${code}, keeps what was there, and works again later`, async () => {
        const { files, state } = failing(method, code, isTemporary);
        const things = await open({ files });
        await things.put({ id: "a", text: "một" });
        const before = await fs.readFile(path, "utf8");
        state.broken = true;
        const fault = await refusal(things.put({ id: "a", text: "hai" }));
        expect(fault.code).to.equal("unavailable");
        expect(fault.reason).to.equal(reason);
        expect(await fs.readFile(path, "utf8")).to.equal(before);
        expect(things.get("a")?.text).to.equal("một");
        state.broken = false;
        await things.put({ id: "a", text: "ba" });
        expect((await open()).get("a")?.text).to.equal("ba");
        expect((await fs.readdir(folder)).filter(isTemporary)).to.deep.equal([]);
      });
    }

    it("syncs a refused file once only: a second fsync would succeed without anything being on disk", async () => {
      let syncs = 0;
      const files: Files = {
        ...machineFiles,
        async open(file, ...rest) {
          const handle = await machineFiles.open(file, ...rest);
          if (isTemporary(String(file)))
            handle.sync = () => {
              syncs += 1;
              return Promise.reject(Object.assign(new Error("EIO"), { code: "EIO" }));
            };
          return handle;
        },
      };
      await refusal((await open({ files })).put({ id: "a", text: "" }));
      expect(syncs).to.equal(1);
    });

    it("puts the former content back when only the folder's sync fails", async () => {
      const { files, state } = failing("sync", "EIO", (file) => file === folder);
      const things = await open({ files });
      await things.put({ id: "a", text: "một" });
      await things.put({ id: "a", text: "hai" });
      state.broken = true;
      await refusal(things.put({ id: "a", text: "ba" }));
      expect(things.get("a")?.text).to.equal("hai");
      expect((await open()).get("a")?.text).to.equal("hai");
    });

    it("refuses changes that were built on a refused one", async () => {
      const { files, state } = failing("sync", "EIO", isTemporary);
      const things = await open({ files });
      await things.put({ id: "a", text: "một" });
      state.broken = true;
      const first = refusal(things.put({ id: "a", text: "hai" }));
      const second = refusal(things.put({ id: "b", text: "ba" }));
      await Promise.all([first, second]);
      expect(things.all()).to.deep.equal([{ id: "a", text: "một" }]);
    });
  });
});
