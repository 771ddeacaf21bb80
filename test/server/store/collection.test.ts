import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { z } from "zod";
import { Fault } from "../../../src/base/errors.js";
import { silentLog } from "../../../src/base/log.js";
import { type CollectionOptions, openCollection } from "../../../src/server/store/collection.js";
import { type Files, machineFiles } from "../../../src/server/store/disk.js";
import { FakeClock } from "../../support/fake-clock.js";

interface Thing {
  id: string;
  text: string;
}
const schema = z.strictObject({ id: z.string(), text: z.string() });

describe("collection", () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), "loa-"));
    path = join(folder, "things.json");
  });
  afterEach(() => fs.rm(folder, { recursive: true }));

  function heardLog() {
    const events: string[] = [];
    const hear = (event: string) => void events.push(event);
    return { events, log: { ...silentLog, info: hear, warn: hear, error: hear } };
  }
  const open = (more: Partial<CollectionOptions<string, Thing>> = {}) =>
    openCollection<string, Thing>({
      path,
      schema,
      idOf: ({ id }) => id,
      atMost: 1000,
      files: machineFiles,
      clock: new FakeClock(),
      log: silentLog,
      ...more,
    });
  const refusal = async (work: Promise<unknown>): Promise<Fault> => {
    const thrown = await work.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(thrown).to.be.instanceOf(Fault);
    return thrown as Fault;
  };

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

  describe("when files are damaged", () => {
    async function filled() {
      const things = await open();
      for (let round = 0; round < 4; round++) {
        await things.commit(
          Array.from({ length: 120 }, (_, i) => ({ put: { id: `t${i}`, text: `${"chữ ".repeat(25)}${round}` } })),
        );
      }
      return fs.readFile(path);
    }
    const roundOf = (things: Awaited<ReturnType<typeof open>>) => things.get("t0")?.text.slice(-1);

    for (const [name, damage] of [
      ["truncated", (good: Buffer, at: number) => good.subarray(0, at)],
      ["zeroed", (good: Buffer, at: number) => Buffer.concat([good.subarray(0, at), Buffer.alloc(good.length - at)])],
      [
        "holed",
        (good: Buffer, at: number) =>
          Buffer.concat([good.subarray(0, at), Buffer.alloc(64), good.subarray(Math.min(good.length, at + 64))]),
      ],
    ] as const) {
      it(`falls back to the generation before when the newest is ${name} at any 4 kB`, async () => {
        const good = await filled();
        for (let at = 0; at < good.length; at += 4096) {
          await fs.writeFile(path, damage(good, at));
          const { events, log } = heardLog();
          const things = await open({ log });
          expect(roundOf(things), `at ${at}`).to.equal("2");
          expect(events).to.include("store.fell-back");
        }
        const kept = (await fs.readdir(folder)).filter((file) => file.includes(".bad-"));
        expect(kept).to.have.length.greaterThan(0);
      });
    }

    it("falls back two generations, and writes on from there", async () => {
      await filled();
      await fs.writeFile(path, "");
      await fs.writeFile(`${path}.1`, "\0\0\0\0");
      const things = await open();
      expect(roundOf(things)).to.equal("1");
      await things.put({ id: "neu", text: "mới" });
      const again = await open();
      expect(again.get("neu")?.text).to.equal("mới");
      expect(roundOf(again)).to.equal("1");
    });

    it("refuses to open, and touches nothing, when every generation is bad", async () => {
      await filled();
      for (const file of [path, `${path}.1`, `${path}.2`]) await fs.writeFile(file, "{");
      const before = await fs.readdir(folder);
      const fault = await refusal(open());
      expect(fault.reason).to.equal("state-damaged");
      expect(await fs.readdir(folder)).to.deep.equal(before);
    });

    it("takes the generation before when a write was interrupted between two renames", async () => {
      await filled();
      await fs.rename(path, `${path}.1`);
      const { events, log } = heardLog();
      expect(roundOf(await open({ log }))).to.equal("3");
      expect(events).to.deep.equal(["store.interrupted-write"]);
    });

    it("accepts a file edited by hand, and says so", async () => {
      await filled();
      await fs.writeFile(path, (await fs.readFile(path, "utf8")).replaceAll("chữ ", "sửa "));
      const { events, log } = heardLog();
      expect((await open({ log })).get("t0")?.text).to.match(/^sửa /);
      expect(events).to.deep.equal(["store.edited-by-hand"]);
    });
  });

  describe("when the format changes", () => {
    const newer = z.strictObject({ id: z.string(), title: z.string() });
    const openNewer = () =>
      openCollection<string, z.infer<typeof newer>>({
        path,
        schema: newer,
        idOf: ({ id }) => id,
        version: 2,
        migrations: {
          1: (items) =>
            items.map((item) => {
              const { value, ...rest } = item as { value: Thing };
              return { ...rest, value: { id: value.id, title: value.text } };
            }),
        },
        atMost: 10,
        files: machineFiles,
        clock: new FakeClock(),
        log: silentLog,
      });

    it("migrates forward, and keeps the file as it was before", async () => {
      await (await open()).put({ id: "a", text: "một" });
      const before = await fs.readFile(path, "utf8");
      const things = await openNewer();
      expect(things.get("a")).to.deep.equal({ id: "a", title: "một" });
      expect(await fs.readFile(`${path}.v1`, "utf8")).to.equal(before);
      await things.put({ id: "b", title: "hai" });
      expect((await openNewer()).size).to.equal(2);
    });

    it("refuses a file of a newer program instead of falling back behind it", async () => {
      const things = await openNewer();
      await things.put({ id: "a", title: "một" });
      await things.put({ id: "a", title: "hai" });
      const fault = await refusal(open());
      expect(fault.reason).to.equal("newer-version");
      expect(fault.words.vi).to.include("phiên bản mới hơn");
    });

    it("refuses an undamaged file that it does not understand", async () => {
      const odd = await openCollection<string, { id: string }>({
        path,
        schema: z.strictObject({ id: z.string() }),
        idOf: ({ id }) => id,
        atMost: 10,
        files: machineFiles,
        clock: new FakeClock(),
        log: silentLog,
      });
      await odd.put({ id: "a" });
      expect((await refusal(open())).reason).to.equal("unreadable-state");
    });
  });
});
