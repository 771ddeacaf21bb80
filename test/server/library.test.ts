import { copyFile, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { silentLog } from "../../src/base/log.js";
import { readLibrary } from "../../src/server/library.js";
import { aClip } from "../support/a-station.js";
import { tone } from "../support/tones.js";

describe("the library of recordings", () => {
  it("knows what comes with the program by its bits, whatever it is called", async () => {
    const folder = await mkdtemp(join(tmpdir(), "loa-library-"));
    const shipped = (await readdir("audio/library")).filter((name) => name.endsWith(".wav"));
    for (const name of shipped) await copyFile(join("audio/library", name), join(folder, `our-${name}`));
    await writeFile(join(folder, "chime-open.wav"), tone(1, 440));
    const pipeline = { makeClip: async () => aClip(4) };
    const clips = { has: () => false };

    const found = await readLibrary({ folder, cache: join(folder, "cache"), pipeline, clips, log: silentLog });

    const isShipped = Object.fromEntries([...found.chimes].map(([name, one]) => [name, one.isShipped]));
    expect(isShipped).to.deep.equal({
      ...Object.fromEntries(shipped.map((name) => [`our-${name}`, true])),
      "chime-open.wav": false,
    });
    expect(shipped).to.have.length(4);
    await rm(folder, { recursive: true });
  });

  it("takes what is handed in under a name of its own, once, and finds it again", async () => {
    const folder = await mkdtemp(join(tmpdir(), "loa-library-"));
    const handedIn = join(folder, "x.part");
    await writeFile(handedIn, tone(1, 440));
    const pipeline = { makeClip: async () => aClip(4) };
    const parts = { folder, cache: join(folder, "cache"), pipeline, clips: { has: () => false }, log: silentLog };
    const library = await readLibrary(parts);

    const kept = await library.keep("chuong.wav", handedIn);

    expect(library.chimes.get("chuong.wav")).to.equal(kept);
    expect(kept.isShipped).to.equal(false);
    const reasonOf = (name: string) =>
      library.keep(name, handedIn).catch((thrown: { reason: string }) => thrown.reason);
    expect([await reasonOf("chuong.wav"), await reasonOf("khac.wav")]).to.deep.equal(["name-taken", "same-file"]);
    await writeFile(join(folder, "chep-tay.wav"), tone(2, 330));
    await writeFile(handedIn, tone(1, 330));
    expect(await reasonOf("chep-tay.wav")).to.equal("name-taken");
    const again = await readLibrary(parts);
    expect([...again.chimes.keys()]).to.deep.equal(["chep-tay.wav", "chuong.wav"]);
    expect(again.chimes.get("chuong.wav")?.file).to.equal(kept.file);
    await rm(folder, { recursive: true });
  });
});
