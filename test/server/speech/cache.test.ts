import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { silentLog } from "../../../src/base/log.js";
import { createSpeechCache, speechName } from "../../../src/server/speech/cache.js";
import { FakeClock } from "../../support/fake-clock.js";

describe("the cache of speech", () => {
  let folder: string;
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), "loa-cache-")), "speech");
  });
  afterEach(() => rm(join(folder, ".."), { recursive: true }));

  function start(mostBytes = 1000) {
    const clock = new FakeClock();
    const cache = createSpeechCache({ folder, clock, log: silentLog, mostBytes });
    const make = (name: string, size = 300) => cache.obtain(name, (file) => writeFile(file, Buffer.alloc(size, 1)));
    return { clock, cache, make };
  }

  it("names speech by all that decides how it sounds", () => {
    const name = speechName(["xin chào", "espeak", "1", "vi", 1], "wav");
    expect(name).to.match(/^[0-9a-f]{64}\.wav$/);
    expect(speechName(["xin chào", "espeak", "1", "vi", 1.1], "wav")).to.not.equal(name);
    expect(speechName(["xin chàoe", "speak", "1", "vi", 1], "wav")).to.not.equal(name);
  });

  it("forgets what was used least lately when it grows too large, never what it has just made", async () => {
    const { clock, cache, make } = start();
    for (const name of ["a", "b", "c"]) {
      await make(name);
      // File times may be kept in whole seconds.
      await cache.find(name);
      clock.advance(2000);
    }
    await cache.find("a");
    await make("d");
    expect((await readdir(folder)).sort()).to.deep.equal(["a", "c", "d"]);
    await make("huge", 5000);
    expect(await readdir(folder)).to.deep.equal(["huge"]);
  });

  it("removes at its start what a killed server had begun", async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "making-1-1-x.wav"), "half");
    await writeFile(join(folder, "whole.wav"), "whole");
    const { cache } = start();
    expect(await cache.find("whole.wav")).to.equal(join(folder, "whole.wav"));
    expect(await readdir(folder)).to.deep.equal(["whole.wav"]);
  });

  it("takes an empty file for none, and makes it anew", async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "a.wav"), "");
    const { cache, make } = start();
    expect(await cache.find("a.wav")).to.equal(undefined);
    await make("a.wav");
    expect(await cache.find("a.wav")).to.equal(join(folder, "a.wav"));
  });

  it("leaves nothing behind when making fails", async () => {
    const { cache } = start();
    const failing = cache.obtain("a.wav", async (file) => {
      await writeFile(file, "half");
      throw new Error("no");
    });
    expect(await failing.catch((thrown: Error) => thrown.message)).to.equal("no");
    expect(await readdir(folder)).to.deep.equal([]);
  });
});
