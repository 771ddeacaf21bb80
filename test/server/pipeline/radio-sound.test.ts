import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { expect } from "chai";
import { OpusDecoder } from "opus-decoder";
import { systemClock } from "../../../src/base/clock.js";
import { opusSamples } from "../../../src/protocol/ogg-opus.js";
import { relayRadio } from "../../../src/server/pipeline/radio-sound.js";
import { eventually } from "../../support/whole-house.js";
import { type Bench, openBench } from "./bench.js";
import { encode, joined, silence, sine, voice, wav } from "./sounds.js";

describe("another station's programme", () => {
  let bench: Bench;
  before(async () => {
    bench = await openBench();
  });
  after(() => bench.close());

  /** What comes out of a stream of these bytes, in pieces of odd sizes as a network gives them. */
  async function relayed(bytes: Buffer, { isInPieces = false, signal = new AbortController().signal } = {}) {
    const packets: Uint8Array[] = [];
    const silences: boolean[] = [];
    const pieces = function* () {
      for (let at = 0; at < bytes.length; at += 7_001) yield bytes.subarray(at, at + 7_001);
    };
    const listener = {
      onPacket: (packet: Uint8Array) => packets.push(packet),
      onSilence: (isSilent: boolean) => silences.push(isSilent),
    };
    await bench.pipeline.relayRadio({ bytes: Readable.from(pieces()), isInPieces }, listener, signal);
    return { packets, silences };
  }
  async function decoded(packets: readonly Uint8Array[]) {
    const decoder = new OpusDecoder({ channels: 1, preSkip: 312 });
    await decoder.ready;
    const { channelData } = decoder.decodeFrames([...packets]);
    decoder.free();
    return channelData[0] ?? new Float32Array();
  }
  const level = (samples: Float32Array) =>
    10 * Math.log10(samples.reduce((sum, one) => sum + one * one, 0) / samples.length);

  for (const [name, options] of [
    ["a.mp3", ["-b:a", "64k"]],
    ["a.aac", ["-c:a", "aac"]],
    ["a.ogg", ["-c:a", "libvorbis"]],
    ["a.opus", ["-c:a", "libopus"]],
    ["a.mp4", ["-c:a", "aac", "-movflags", "frag_keyframe+empty_moov+default_base_moof"]],
    ["a.ts", ["-c:a", "aac", "-f", "mpegts"]],
  ] as const)
    it(`becomes packets of 20 ms from a stream of ${name.slice(2)}`, async () => {
      const file = await encode(voice(6), join(bench.folder, name), options);
      const { packets } = await relayed(await readFile(file));
      expect(packets.length).to.be.within(295, 315);
      expect(new Set(packets.map(opusSamples))).to.deep.equal(new Set([960]));
    });

  it("is as loud as the station's own sound, whether it comes loud or low", async () => {
    for (const from of [0.02, 0.2, 0.9]) {
      const { packets } = await relayed(wav(sine(12, from, 1000), 0x7fffffff));
      const samples = await decoded(packets);
      // A tone at 1 kHz of −16 LUFS has a level of about −16 dB below full scale.
      expect(level(samples.subarray(samples.length / 2)), `from ${from}`).to.be.within(-18, -14);
    }
  });

  it("comes at the pace of its sound when the station sends it in pieces of seconds", async () => {
    const begun = performance.now();
    const { packets } = await relayed(wav(sine(6), 0x7fffffff), { isInPieces: true });
    expect(packets.length).to.be.within(295, 310);
    expect(performance.now() - begun, "never faster than it sounds, ms").to.be.above(4_500);
  });

  it("tells when it falls silent, and when it is heard again", async () => {
    const { silences } = await relayed(wav(joined(sine(3), silence(5), sine(3)), 0x7fffffff));
    expect(silences).to.deep.equal([true, false]);
  });

  it("ends with its stream, leaves nothing behind, and nothing comes of what is no sound", async () => {
    const { packets } = await relayed(Buffer.from("<html>not found</html>".repeat(2_000)));
    expect(packets).to.deep.equal([]);
    expect(await bench.leftOver()).to.deep.equal([]);
  });

  it("ends at once when nobody listens any more", async () => {
    const stop = new AbortController();
    const endless = Readable.from(
      (async function* () {
        yield wav(sine(8), 0x7fffffff);
        await new Promise((resolve) => stop.signal.addEventListener("abort", resolve));
      })(),
    );
    const listener = { onPacket: () => stop.abort(new Error("enough")), onSilence: () => {} };
    const outcome = await bench.pipeline
      .relayRadio({ bytes: endless, isInPieces: false }, listener, stop.signal)
      .catch((thrown: Error) => thrown.message);
    expect(outcome).to.equal("enough");
  });

  it("leaves no program waiting for more when its stream breaks off, though that ignores the word to end", async () => {
    const programs = () => process.getActiveResourcesInfo().filter((kind) => kind === "ProcessWrap").length;
    const before = programs();
    const ffmpeg = join(bench.folder, "heedless");
    await writeFile(ffmpeg, "#!/bin/sh\ntrap '' TERM\nexec cat > taken\n", { mode: 0o700 });
    const bytes = new PassThrough();
    bytes.write("sound");
    const outcome = relayRadio(
      { bytes, isInPieces: false },
      { ffmpeg, folder: bench.folder, clock: systemClock, signal: new AbortController().signal, bitrate: 32 },
      { onPacket: () => {}, onSilence: () => {} },
    ).catch((thrown: Error) => thrown);
    const taken = () => readFile(join(bench.folder, "taken"), "utf8").catch(() => "");
    await eventually("the program to wait for more", 10_000, async () => (await taken()) === "sound");
    expect(programs()).to.equal(before + 1);
    bytes.destroy(new Error("lost"));
    expect(await outcome).to.be.instanceOf(Error);
    await eventually("the program to be gone", 5_000, () => programs() === before);
  });
});
