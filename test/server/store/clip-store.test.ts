import { createHash } from "node:crypto";
import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Fault } from "../../../src/base/errors.js";
import { silentLog } from "../../../src/base/log.js";
import { type Sha256, sha256 } from "../../../src/domain/ids.js";
import { openClipStore } from "../../../src/server/store/clip-store.js";
import { type Files, machineFiles } from "../../../src/server/store/disk.js";
import { FakeClock } from "../../support/fake-clock.js";

describe("clip store", () => {
  let folder: string;
  let clock: FakeClock;
  beforeEach(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), "loa-"));
    clock = new FakeClock(Date.now());
  });
  afterEach(() => fs.rm(folder, { recursive: true }));

  const open = (files: Files = machineFiles) =>
    openClipStore({ folder: join(folder, "clips"), clock, log: silentLog, files });
  async function made(content: string, name = content) {
    const file = join(folder, "made.opus");
    const bytes = Buffer.from(content.repeat(1000));
    await fs.writeFile(file, bytes);
    const hash = sha256(createHash("sha256").update(name.repeat(1000)).digest("hex"));
    const clip = { sha256: hash, durationMs: 1000, bytes: bytes.length, loudnessLufs: -16, truePeakDb: -2 };
    return { file, hash, facts: { clip, peaks: [0, 128, 255] } };
  }
  const refusal = async (work: Promise<unknown>) => {
    const thrown = await work.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(thrown).to.be.instanceOf(Fault);
    return thrown as Fault;
  };

  it("gives back after reopening what it kept before", async () => {
    const { file, hash, facts } = await made("a");
    await (await open()).keep(file, facts);
    const clips = await open();
    expect(clips.has(hash)).to.equal(true);
    expect(await clips.clip(hash)).to.deep.equal(facts.clip);
    expect(await clips.peaks(hash)).to.deep.equal([0, 128, 255]);
    expect(await fs.readFile(clips.pathOf(hash), "utf8")).to.equal("a".repeat(1000));
    expect(clips.size()).to.deep.equal({ clips: 1, bytes: 1000 });
  });

  it("refuses bytes that are not those of the name, and keeps nothing", async () => {
    const { file, hash, facts } = await made("b", "a");
    const clips = await open();
    expect((await refusal(clips.keep(file, facts))).reason).to.equal("wrong-hash");
    expect(clips.has(hash)).to.equal(false);
    expect(await fs.readdir(join(folder, "clips"))).to.deep.equal([]);
  });

  it("keeps nothing when the disk is full", async () => {
    const { file, hash, facts } = await made("a");
    const clips = await open({
      ...machineFiles,
      async open(path, ...rest) {
        const handle = await machineFiles.open(path, ...rest);
        if (String(path).includes(".opus."))
          handle.writeFile = () => Promise.reject(Object.assign(new Error("full"), { code: "ENOSPC" }));
        return handle;
      },
    });
    expect((await refusal(clips.keep(file, facts))).reason).to.equal("disk-full");
    expect(clips.has(hash)).to.equal(false);
    expect((await open()).has(hash)).to.equal(false);
  });

  it("keeps the same clip once", async () => {
    const { file, hash, facts } = await made("a");
    const clips = await open();
    await clips.keep(file, facts);
    const again = await clips.keep(file, { ...facts, clip: { ...facts.clip, loudnessLufs: -15 } });
    expect(again.loudnessLufs).to.equal(-16);
    expect(clips.size().clips).to.equal(1);
    expect(await clips.clip(hash)).to.deep.equal(again);
  });

  it("collects what is unused, but nothing younger than an hour", async () => {
    const clips = await open();
    const [a, b] = [await made("a"), undefined];
    await clips.keep(a.file, a.facts);
    const other = b ?? (await made("b"));
    await clips.keep(other.file, other.facts);
    clock.advance(3_599_000);
    expect(await clips.collect(new Set())).to.deep.equal([]);
    clock.advance(1000);
    expect(await clips.collect(new Set([a.hash]))).to.deep.equal([other.hash]);
    expect(clips.has(a.hash)).to.equal(true);
    expect(await fs.readdir(join(folder, "clips"))).to.have.length(2);
  });

  it("takes a clip for young that was handed in again", async () => {
    const { file, facts } = await made("a");
    const clips = await open();
    await clips.keep(file, facts);
    clock.advance(3_600_000);
    await clips.keep(file, facts);
    expect(await clips.collect(new Set())).to.deep.equal([]);
  });

  it("does not collect what it just made when somebody sets the clock", async () => {
    const { file, facts } = await made("a");
    const clips = await open();
    await clips.keep(file, facts);
    clock.step(86_400_000);
    expect(await clips.collect(new Set())).to.deep.equal([]);
  });

  it("judges by the file's age what an earlier process made", async () => {
    const { file, hash, facts } = await made("a");
    await (await open()).keep(file, facts);
    const clips = await open();
    expect(await clips.collect(new Set())).to.deep.equal([]);
    const old = new Date(clock.date() - 3_700_000);
    await fs.utimes(clips.pathOf(hash), old, old);
    expect(await clips.collect(new Set())).to.deep.equal([hash]);
  });

  it("finds clips whose bytes have changed", async () => {
    const { file, hash, facts } = await made("a");
    const clips = await open();
    await clips.keep(file, facts);
    expect(await clips.damaged()).to.deep.equal([]);
    await fs.appendFile(clips.pathOf(hash), "x");
    expect(await clips.damaged()).to.deep.equal([hash]);
  });

  it("knows no clip whose facts were not written any more", async () => {
    const { file, hash, facts } = await made("a");
    await (await open()).keep(file, facts);
    await fs.rm(join(folder, "clips", `${hash}.json`));
    const clips = await open();
    expect(clips.has(hash)).to.equal(false);
    await clips.keep(file, facts);
    expect(clips.has(hash)).to.equal(true);
  });

  it("leaves its folder for no name", async () => {
    const clips = await open();
    expect(() => clips.pathOf("../../config/token" as Sha256)).to.throw();
  });
});
