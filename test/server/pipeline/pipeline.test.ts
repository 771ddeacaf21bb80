import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { parseOggOpus } from "../../../src/protocol/ogg-opus.js";
import { type Bench, openBench } from "./bench.js";
import { chime, encode, joined, meter, silence, sine, voice, wav } from "./sounds.js";

describe("the pipeline", () => {
  let bench: Bench;
  before(async () => {
    bench = await openBench();
  });
  after(() => bench.close());
  const at = (name: string) => join(bench.folder, name);
  const last = () => {
    const entry = bench.kept.at(-1);
    if (entry === undefined) throw new Error("nothing was kept");
    return entry;
  };

  for (const [name, options] of [
    ["a.mp3", ["-b:a", "64k"]],
    ["a.m4a", ["-c:a", "aac"]],
    ["a.aac", ["-c:a", "aac"]],
    ["a.wav", ["-ar", "96000", "-ac", "2", "-c:a", "pcm_s24le"]],
    ["a.flac", ["-ar", "44100"]],
    ["a.opus", ["-c:a", "libopus"]],
    ["a.ogg", ["-c:a", "libvorbis"]],
    ["a.webm", ["-c:a", "libopus"]],
  ] as const) {
    it(`makes a clip in the house format of ${name.slice(2)}, heard at −16 LUFS ± 1 and at most −1.5 dBTP`, async () => {
      const clip = await bench.make(await encode(voice(3), at(name), options));
      const { file, peaks } = last();
      const { lufs, peakDb } = await meter(file);
      expect(lufs).to.be.within(-17, -15);
      expect(peakDb).to.be.at.most(-1.5);
      expect(clip).to.include({ loudnessLufs: lufs, truePeakDb: peakDb });
      const opus = parseOggOpus(await readFile(file));
      expect(opus.preSkip).to.equal(312);
      expect(new Set(opus.samplesPerPacket)).to.deep.equal(new Set([960]));
      expect(clip.durationMs)
        .to.equal(opus.playableSamples / 48)
        .and.to.be.within(2_950, 3_150);
      expect(peaks.length).to.be.within(148, 158);
      expect(await bench.leftOver()).to.deep.equal([]);
    });
  }

  it("brings quiet and loud sources to the same loudness", async () => {
    for (const level of [0.02, 0.2, 1]) {
      await writeFile(at("level.wav"), wav(voice(3, level)));
      const { loudnessLufs } = await bench.make(at("level.wav"));
      expect(loudnessLufs, `from level ${level}`).to.be.within(-17, -15);
    }
  });

  it("makes the same bytes of the same sound", async () => {
    const file = await encode(voice(2), at("same.mp3"));
    const first = await bench.make(file);
    const second = await bench.make(file, { name: "tên khác.mp3" });
    expect(second).to.deep.equal(first);
  });

  it("measures a chime shorter than one block of the meter as if it were repeated", async () => {
    await writeFile(at("chime.wav"), wav(chime(0.25)));
    const clip = await bench.make(at("chime.wav"));
    expect(clip.durationMs).to.equal(250);
    expect(clip.loudnessLufs).to.be.within(-17, -15);
    expect(clip.truePeakDb).to.be.at.most(-1.5);
  });

  it("takes a bell whose tail dies away into silence", async () => {
    await writeFile(at("bell.wav"), wav(chime(6)));
    expect((await bench.make(at("bell.wav"))).durationMs).to.equal(6_000);
  });

  it("leaves the shape of the sound to be seen in its waveform", async () => {
    await writeFile(at("shape.wav"), wav(joined(silence(1), sine(1), silence(0.9))));
    await bench.make(at("shape.wav"), { trusted: true });
    const { peaks } = last();
    expect(peaks).to.have.length(145);
    expect(Math.max(...peaks.slice(0, 45))).to.be.below(10);
    expect(Math.min(...peaks.slice(55, 95))).to.be.above(30);
  });

  it("takes speech that was joined from parts, when it comes from our own voices", async () => {
    const part = await readFile(await encode(voice(2), at("part.mp3")));
    await writeFile(at("joined.mp3"), Buffer.concat([part, part, part]));
    const clip = await bench.make(at("joined.mp3"), { trusted: true });
    expect(clip.durationMs).to.be.within(5_800, 6_300);
  });

  it("keeps to the bitrate it was given", async () => {
    const wide = await openBench({ bitrate: 64 });
    try {
      const file = await encode(voice(4), at("rate.flac"));
      const [usual, more] = [await bench.make(file), await wide.make(file)];
      expect((usual.bytes * 8) / usual.durationMs).to.be.within(24, 38);
      expect((more.bytes * 8) / more.durationMs).to.be.within(50, 72);
    } finally {
      await wide.close();
    }
  });

  it("stops at once when nobody wants the clip any more, and leaves nothing", async () => {
    await writeFile(at("long.wav"), wav(voice(60)));
    const abort = new AbortController();
    const before = bench.kept.length;
    const making = bench.make(at("long.wav"), { signal: abort.signal }).catch((thrown: unknown) => thrown);
    setImmediate(() => abort.abort(new Error("nobody listens")));
    expect(await making)
      .to.be.an("error")
      .with.property("message", "nobody listens");
    expect(await bench.leftOver()).to.deep.equal([]);
    expect(bench.kept).to.have.length(before);
  });
});
