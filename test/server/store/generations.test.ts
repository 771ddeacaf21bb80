import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { z } from "zod";
import { silentLog } from "../../../src/base/log.js";
import { openCollection } from "../../../src/server/store/collection.js";
import { machineFiles } from "../../../src/server/store/disk.js";
import { FakeClock } from "../../support/fake-clock.js";
import { heardLog, openThings, refusal, type Thing } from "./things.js";

describe("generations", () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), "loa-"));
    path = join(folder, "things.json");
  });
  afterEach(() => fs.rm(folder, { recursive: true }));
  const open = (more: Parameters<typeof openThings>[1] = {}) => openThings(path, more);

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

    it("has itself to fall back to when it was written once only", async () => {
      const things = await open();
      await things.commit([{ put: { id: "t0", text: "một lần" } }]);
      for (const bad of ["", "\0".repeat(99)]) {
        await fs.writeFile(path, bad);
        const { events, log } = heardLog();
        expect((await open({ log })).get("t0")?.text).to.equal("một lần");
        expect(events).to.include("store.fell-back");
      }
    });

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
