import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { systemClock } from "../../src/base/clock.js";
import { wavOfClip } from "../../src/cli/wav-of-clip.js";
import { parseOggOpus } from "../../src/protocol/ogg-opus.js";
import { run } from "./run.js";

describe("loa render", () => {
  it("makes a clip and its WAV of a text, without a station, a server or a network", async () => {
    const cwd = await mkdtemp(join(tmpdir(), "loa-render-"));
    const noNetwork = async () => {
      throw new TypeError("no network");
    };

    const ran = await run(["render", "-", "-o", "ra.opus"], {
      ...{ clock: systemClock, cwd, fetch: noNetwork, input: "Xin chào bà con phường Xuân Hương." },
    });

    expect(ran.code, ran.error).to.equal(0);
    expect(ran.out).to.match(/^ra\.opus: \d+\.\d giây .* -1[567]\.\d LUFS, giọng espeak:/);
    const clip = await readFile(join(cwd, "ra.opus"));
    const { playableSamples } = parseOggOpus(clip);
    expect(playableSamples).to.be.greaterThan(48_000);
    const wav = Buffer.from(await wavOfClip(clip));
    expect(wav.toString("latin1", 0, 4)).to.equal("RIFF");
    expect(wav.readUInt32LE(24)).to.equal(48_000);
    expect(wav.readUInt32LE(40)).to.equal(playableSamples * 2);
    expect(wav.length).to.equal(44 + playableSamples * 2);
    const samples = Array.from({ length: playableSamples }, (_, i) => wav.readInt16LE(44 + i * 2));
    expect(Math.max(...samples.filter((_, i) => i % 10 === 0))).to.be.greaterThan(3000);
    await rm(cwd, { recursive: true });
  });

  it("ends with 2 and names the voices there are when asked for another", async () => {
    const { code, error } = await run(["render", "-", "-o", "ra.wav", "--voice", "espeak:klingon"], {
      input: "Xin chào",
    });

    expect(code).to.equal(2);
    expect(error).to.contain("espeak:vi-vn-x-south");
  });

  it("says so when the file cannot be written, and is no fault of the program", async () => {
    const cwd = await mkdtemp(join(tmpdir(), "loa-render-"));

    const { code, error } = await run(["render", "-", "-o", "missing/ra.opus"], {
      ...{ clock: systemClock, cwd, input: "Xin chào." },
    });

    expect(code).to.equal(1);
    expect(error).to.contain("Không ghi được missing/ra.opus").and.to.not.contain("    at ");
    await rm(cwd, { recursive: true });
  });

  it("ends with 1 when there is nothing to say", async () => {
    const { code, error } = await run(["render", "-", "-o", "ra.wav"], { input: "  \n" });

    expect(code).to.equal(1);
    expect(error).to.contain("Không có chữ nào");
  });
});
